//! What is read can be stored, and is read again: also what Rust has no value for.

use pingone_model::{DeviceAuthentication, Document, Glance, PlatformError, ResponseError};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::unknown::unknown;

type Authentication = Document<DeviceAuthentication>;

/// JSON by its grammar, RFC 8259, that no `serde_json::Value` can hold.
fn odd_values() -> Vec<String> {
    vec![
        "1e999".into(),
        "-1e999".into(),
        "9".repeat(400),
        r#""\ud83d""#.into(),
        r#""cut \ud83d off""#.into(),
        r#""\ude00\ud83d""#.into(),
        r#"{"\ud83d":1}"#.into(),
        r#"[1,{"a":[1e999]}]"#.into(),
        format!("{}{}", "[".repeat(128), "]".repeat(128)),
        format!("{}1{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000)),
    ]
}

#[test]
fn json_goes_out_verbatim() {
    for odd in odd_values() {
        let json = format!(r#"{{"status":"NEW","z":1.50,"new":{odd},"a" : 12345678901234567890123}}"#);
        let reply = Authentication::from_json(json.clone()).unwrap();
        assert_eq!(serde_json::to_string(&reply).unwrap(), json);
        assert_eq!(serde_json::to_vec(&[&reply]).unwrap(), format!("[{json}]").as_bytes());
        let again: Authentication = serde_json::from_str(&json).unwrap();
        assert_eq!(again.as_json(), json);
    }
}

#[test]
fn a_binary_format_gets_the_same_text() {
    for odd in odd_values() {
        let json = format!(r#"{{"status":"NEW","new":{odd}}}"#);
        let reply = Authentication::from_json(json.clone()).unwrap();
        let stored = rmp_serde::to_vec(&reply).unwrap();
        assert_eq!(rmp_serde::from_slice::<Authentication>(&stored).unwrap().as_json(), json);
    }
}

/// serde reads these into something of its own first.
#[test]
fn a_session_may_be_of_any_form() {
    #[derive(Serialize, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Begun { reply: Authentication },
    }

    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Begun(Authentication),
    }

    #[derive(Serialize, Deserialize)]
    struct Flat {
        user: String,
        #[serde(flatten)]
        reply: Authentication,
    }

    let json = r#"{"status":"NEW","new":[1.5,{"a":null}]}"#;
    let reply = Authentication::from_json(json).unwrap();

    let stored = serde_json::to_string(&Tagged::Begun { reply: reply.clone() }).unwrap();
    assert_eq!(stored, format!(r#"{{"kind":"Begun","reply":{json}}}"#));
    let Tagged::Begun { reply: again } = serde_json::from_str(&stored).unwrap();
    assert_same(&again, json);

    let Untagged::Begun(again) = serde_json::from_str(&serde_json::to_string(&reply).unwrap()).unwrap();
    assert_same(&again, json);

    let stored = serde_json::to_string(&Flat { user: "u-1".into(), reply: reply.clone() }).unwrap();
    assert_same(&serde_json::from_str::<Flat>(&stored).unwrap().reply, json);

    assert_same(&serde_json::from_value(serde_json::to_value(&reply).unwrap()).unwrap(), json);
}

fn assert_same(reply: &Authentication, json: &str) {
    let value = |json| serde_json::from_str::<serde_json::Value>(json).unwrap();
    assert_eq!(value(reply.as_json()), value(json));
}

#[test]
fn a_known_member_that_cannot_be_read_is_absent_and_its_siblings_are_not() {
    for odd in odd_values() {
        let json = format!(
            r#"{{"status":"NEW","createdAt":{odd},"id":"a-1","bypassAllowed":{odd},
                "_embedded":{{"devices":[{odd},{{"nickname":{odd},"id":"d-1","pushFails":[1,{odd},2],"os":{{"type":{odd},"version":"7"}}}}]}},
                "_links":{{"self":{odd},"next":{{"href":{odd}}}}}}}"#
        );
        let reply = Authentication::from_json(json).unwrap();
        assert_eq!((reply.created_at(), reply.bypass_allowed()), (None, None), "{odd}");
        assert_eq!(reply.id().unwrap().as_str(), "a-1");
        let device = reply.devices().last().unwrap();
        assert_eq!((device.id().unwrap().as_str(), device.nickname()), ("d-1", None));
        assert_eq!(device.push_fails(), [1, 2]);
        assert_eq!((device.os().unwrap().kind(), device.os().unwrap().version()), (None, Some("7")));
        assert!(reply.links().unwrap().get("next").unwrap().href().is_none());
        let told = unknown(|tell| reply.for_each_unknown(tell));
        for pointer in ["/createdAt", "/bypassAllowed", "/_embedded/devices/1/pushFails/1", "/_links/next/href"] {
            assert!(told.iter().any(|told| told == pointer), "{pointer} of {told:?} for {odd}");
        }
    }
}

#[test]
fn a_name_may_be_cut_as_well() {
    let json = r#"{"\ud83d":1,"status":"NEW","_links":{"\ude00":{"href":"h"}},"user":{"\ud83d":1,"id":"u-1"}}"#;
    let reply = Authentication::from_json(json).unwrap();
    assert_eq!(reply.user().unwrap().id().unwrap().as_str(), "u-1");
    let told = unknown(|tell| reply.for_each_unknown(tell));
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("/\u{fffd}") && told[1].starts_with("/user/\u{fffd}"), "{told:?}");
}

#[test]
fn json_of_the_caller_s_own_is_kept_as_it_is() {
    for odd in odd_values() {
        let reply = Authentication::from_json(format!(r#"{{"status":"NEW","notification":{odd}}}"#)).unwrap();
        assert_eq!(reply.notification().map(RawValue::get), Some(&*odd));
        assert!(!format!("{reply:?}").contains("cut"));
    }
    let reply = Authentication::from_json(r#"{"status":"NEW","notification":null}"#).unwrap();
    assert!(reply.notification().is_none());
}

#[test]
fn an_error_and_a_glance_are_read_in_the_same_way() {
    for odd in odd_values() {
        let json = format!(
            r#"{{"code":"INVALID_DATA","message":{odd},"details":[{{"code":"INVALID_OTP","innerError":{{"quotaLimit":{odd},"attemptsRemaining":2}}}}]}}"#
        );
        let error = ResponseError::refused(http::Response::new(json.clone().into()));
        let platform: &Document<PlatformError> = error.platform().unwrap();
        assert_eq!(platform.message(), None);
        assert_eq!(platform.details()[0].inner_error().unwrap().attempts_remaining(), Some(2));

        let json = format!(r#"{{"status":"FAILED","selectedDevice":{odd},"new":{odd}}}"#);
        let glance = Glance::from_json(json.as_bytes()).unwrap();
        assert_eq!(glance.status().as_str(), "FAILED");
    }
}

/// A member that must be there cannot be absent, and what is broken further on is found.
#[test]
fn broken_json_stays_an_error() {
    for odd in odd_values() {
        for bad in [
            format!(r#"{{"status":{odd}}}"#),
            format!(r#"{{"status":"NEW","new":{odd}"#),
            format!(r#"{{"status":"NEW","new":{odd}}} x"#),
            format!(r#"{{"status":"NEW","new":{odd},}}"#),
            format!(r#"{{"id":{odd},"status":"NEW","new":tru}}"#),
            format!(r#"{{"id":{odd},"status":"NEW","user":{{"id":01}}}}"#),
            format!(r#"{{"id":{odd},"status":"NEW","_embedded":{{"devices":[{{"nickname":"\ud83d\x"}}]}}}}"#),
            format!(r#"{{"id":{odd},"status":"NEW","user":{{"id":"a}}}}"#),
            format!("{{\"id\":{odd},\"status\":\"NEW\",\"a\u{0}\":1}}"),
        ] {
            assert!(Authentication::from_json(bad.clone()).is_err(), "{bad}");
        }
    }
}
