//! The rules of users' devices.

pub(crate) mod creation;
pub(crate) mod management;
pub(crate) mod registration;

pub(super) use self::{creation::*, management::*};
