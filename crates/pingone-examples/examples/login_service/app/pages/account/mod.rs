//! The pages of who is logged in.

mod add;
mod list;

pub(in super::super) use self::{
    add::{Enrolment, add, confirm, enter_code, log_in_again, log_in_with_device, make_passkey, pair, scan},
    list::account,
};
