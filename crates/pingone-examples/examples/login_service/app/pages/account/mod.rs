//! The account pages.

mod add;
mod confirm;
mod list;

pub(in super::super) use self::{
    add::{add, enter_code, make_passkey, pair, scan},
    confirm::{confirm, log_in_again, log_in_with_device},
    list::account,
};
