//! What both clients promise on a network that fails, over real sockets and with the emulator's faults.
//!
//! Each scenario runs unchanged against either client and returns what was put on the wire and how the calls ended. So
//! it is held twice: by what it asserts itself, in the tests of each client; and by a comparison of the two, here.

mod connection;
mod each_kind;
mod reply;
mod service;
mod token;
mod world;

pub use self::{connection::*, each_kind::*, reply::*, service::*, token::*};

/// Writes the list of scenarios once: as a table, and as a macro that makes a test of each.
macro_rules! list {
    ($d:tt $($(#[$doc:meta])* $name:ident)*) => {
        /// Every scenario, by its name.
        pub const SCENARIOS: &[(&str, fn(crate::Kind) -> String)] = &[$((stringify!($name), $name)),*];

        /// A test for each scenario, with one client.
        #[macro_export]
        macro_rules! scenarios {
            ($d kind:expr) => {$(
                #[test]
                fn $name() {
                    let _ = $crate::scenarios::$name($d kind);
                }
            )*};
        }
    };
}

list! { $
    a_refused_connection
    a_name_that_is_not_found
    a_time_out_before_the_request_is_read
    a_time_out_after_the_request_is_read
    an_untrusted_certificate
    a_trusted_certificate
    an_end_in_the_handshake
    a_reset_before_the_effect
    a_reset_after_the_effect
    a_reset_in_the_body
    a_truncated_body
    an_oversized_body
    a_slow_drip
    a_redirect_to_another_host
    a_gateways_page
    a_list_whose_page_is_lost
    an_update_whose_reply_is_lost
    a_change_whose_reply_is_lost
    a_creation_whose_reply_is_lost
    an_action_whose_reply_is_lost
    a_deletion_whose_reply_is_lost
    throttled_without_a_time
    throttled_for_seconds
    throttled_until_a_date
    throttled_until_a_date_that_is_past
    throttled_for_two_days
    unavailable_with_a_time
    unavailable_without_a_time
    a_fault_on_read
    a_fault_on_cancel
    unauthorized_once
    unauthorized_for_ever
    a_user_s_token
}
