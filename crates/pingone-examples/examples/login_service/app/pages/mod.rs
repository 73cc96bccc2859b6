//! What is seen. maud escapes whatever is put in; every form but those for passkeys works without scripts.

mod code;
mod devices;
mod end;
mod layout;
mod log_in;
mod passkey;
mod push;

pub(super) use self::{
    code::code,
    devices::devices,
    end::{done, over, unknown},
    log_in::log_in,
    passkey::{desktop, passkey},
    push::{no_answer, push},
};
