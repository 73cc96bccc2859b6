//! What a user can do. Each handler answers one request.

pub(super) mod account;
mod begin;
mod code;
mod device;
mod passkey;
mod push;
mod session;

pub(super) use self::{
    begin::begin,
    code::check,
    device::{devices, select},
    passkey::{begin_nameless, check_passkey},
    push::{change, wait},
    session::{leave, show},
};
