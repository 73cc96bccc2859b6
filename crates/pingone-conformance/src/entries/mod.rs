//! The list, one file for each area.

mod accounts;
mod activation;
mod assertion;
mod authentication_code;
mod cancel;
mod device_choice;
mod device_creation;
mod device_management;
mod http;
mod initialize;
mod lockout;
mod one_time;
mod otp;
mod pairing_key;
mod push;
mod read;
mod registration;
mod remembered;
mod select;
mod tokens;
mod user_list;
mod users;

use super::entry::Entry;

const AREAS: &[&[Entry]] = &[
    http::ENTRIES,
    tokens::ENTRIES,
    initialize::ENTRIES,
    device_choice::ENTRIES,
    accounts::ENTRIES,
    one_time::ENTRIES,
    remembered::ENTRIES,
    read::ENTRIES,
    select::ENTRIES,
    cancel::ENTRIES,
    push::ENTRIES,
    otp::ENTRIES,
    assertion::ENTRIES,
    device_creation::ENTRIES,
    activation::ENTRIES,
    registration::ENTRIES,
    device_management::ENTRIES,
    pairing_key::ENTRIES,
    users::ENTRIES,
    lockout::ENTRIES,
    user_list::ENTRIES,
    authentication_code::ENTRIES,
];

/// Every entry, in the order in which they are tried.
pub(super) fn all() -> impl Iterator<Item = &'static Entry> {
    AREAS.iter().copied().flatten()
}
