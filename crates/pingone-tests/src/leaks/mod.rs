//! Secrets and personal data are planted in everything that holds some, and then looked for in everything that is shown.

mod devices;
mod log;
mod users;
mod values;

pub use self::{devices::*, log::*, users::*, values::*};
use pingone_transport_kit::CANARY;
use serde_json::json;

/// A test of each look, with one client.
#[macro_export]
macro_rules! leaks {
    ($kind:expr) => {
        #[test]
        fn no_operation_shows_what_it_carries() {
            $crate::leaks::no_operation_shows_what_it_carries();
        }

        #[test]
        fn no_reply_shows_what_is_personal() {
            $crate::leaks::no_reply_shows_what_is_personal();
        }

        #[test]
        fn no_wait_shows_what_is_personal() {
            $crate::leaks::no_wait_shows_what_is_personal();
        }

        #[test]
        fn nothing_of_a_call_shows_its_secrets() {
            $crate::leaks::nothing_of_a_call_shows_its_secrets();
        }

        #[test]
        fn no_error_shows_what_the_service_wrote() {
            $crate::leaks::no_error_shows_what_the_service_wrote($kind);
        }

        #[test]
        fn no_log_shows_what_went_over_the_wire() {
            $crate::leaks::no_log_shows_what_went_over_the_wire($kind);
        }

        #[test]
        fn nothing_shows_what_a_list_is_filtered_by() {
            $crate::leaks::nothing_shows_what_a_list_is_filtered_by($kind);
        }

        #[test]
        fn no_log_shows_what_a_list_is_filtered_by() {
            $crate::leaks::no_log_shows_what_a_list_is_filtered_by($kind);
        }

        #[test]
        fn nothing_shows_who_a_user_is() {
            $crate::leaks::nothing_shows_who_a_user_is();
        }

        #[test]
        fn no_log_shows_who_a_user_is() {
            $crate::leaks::no_log_shows_who_a_user_is($kind);
        }

        #[test]
        fn nothing_shows_what_a_device_is_enrolled_with() {
            $crate::leaks::nothing_shows_what_a_device_is_enrolled_with();
        }

        #[test]
        fn no_log_shows_what_a_device_is_enrolled_with() {
            $crate::leaks::no_log_shows_what_a_device_is_enrolled_with($kind);
        }

        #[test]
        fn no_log_shows_what_went_through_tls() {
            $crate::leaks::no_log_shows_what_went_through_tls($kind);
        }
    };
}

/// A reply with a canary wherever a person or a secret can be.
fn personal_reply() -> String {
    let device = json!({
        "id": "d-1", "type": "SMS", "nickname": CANARY, "phone": CANARY, "email": CANARY, "future": CANARY,
    });
    json!({
        "id": "a-1", "status": "ASSERTION_REQUIRED",
        "selectedDevice": { "oneTime": device },
        "_embedded": { "devices": [device], "blockedDevices": [device], "accessingDevices": [device] },
        "publicKeyCredentialRequestOptions": CANARY,
        "pingIdDesktopCredentialRequestOptions": CANARY,
        "test": { "otp": CANARY }, "numberMatching": { "number": CANARY },
        "payload": { "type": "BROWSER", "value": CANARY }, "mobilePayload": CANARY,
        "notification": { "clientContext": CANARY },
        "error": { "code": "X", "message": CANARY }, "future": CANARY,
    })
    .to_string()
}
