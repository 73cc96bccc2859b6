//! The rules of device authentications.

pub(crate) mod beginning;
pub(crate) mod step;
pub(crate) mod verification;

pub(super) use self::{beginning::*, step::*, verification::*};
