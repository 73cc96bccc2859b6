//! The HTML. maud escapes everything that is inserted; every form except those for passkeys works without scripts.

mod account;
mod code;
mod devices;
mod end;
mod layout;
mod log_in;
mod passkey;
mod push;

pub(super) use self::{
    account::{account, add, confirm, enter_code, log_in_again, log_in_with_device, make_passkey, pair, scan},
    code::code,
    devices::devices,
    end::{done, over, unknown},
    log_in::log_in,
    passkey::{desktop, passkey},
    push::{no_answer, push},
};
