//! How a wait for a pairing key ends. What it shares with a wait for a push is tried there.

use std::time::{Duration, SystemTime};

use pingone_client_core::{KeyWait, KeyWaitError};
use pingone_model::{
    Document,
    pairing_key::{ClaimedKey, PairingKey, PairingStep},
};

use crate::script::{Script, TOKEN, answer};

const UNCLAIMED: &str = r#"{"id":"k-1","status":"UNCLAIMED","code":"hunter2"}"#;

fn wait(within: Duration) -> KeyWait {
    let key = Document::<PairingKey>::from_json(UNCLAIMED).unwrap();
    let PairingStep::Unclaimed(key) = PairingStep::of("u-1", key) else { panic!("no key") };
    KeyWait::new(&key, within, SystemTime::UNIX_EPOCH)
}

fn after_unclaimed(status: u16, reply: &str) -> (Result<ClaimedKey, KeyWaitError>, Script) {
    let mut script = Script::new([answer(200, TOKEN), answer(200, UNCLAIMED), answer(status, reply)]);
    (script.wait(wait(Duration::from_secs(60))), script)
}

#[test]
fn a_claimed_key_is_success() {
    let (end, script) = after_unclaimed(200, r#"{"id":"K-1","status":"CLAIMED"}"#);
    assert_eq!(end.unwrap().user_id(), &"u-1");
    assert!(script.journal.last().unwrap().ends_with("/users/u-1/pairingKeys/k-1"), "{:?}", script.journal);
}

#[test]
fn a_key_that_nobody_can_take_any_more_ends_the_wait() {
    let (end, _) = after_unclaimed(200, r#"{"id":"k-1","status":"FAILED","error":{"code":"X"}}"#);
    assert!(matches!(end, Err(KeyWaitError::Failed(_))), "{end:?}");
    let (end, _) = after_unclaimed(404, r#"{"code":"NOT_FOUND"}"#);
    let end = end.unwrap_err();
    assert_eq!((end.as_str(), end.wait().is_none()), ("gone", true));
}

#[test]
fn what_is_not_known_of_this_key_is_no_success() {
    let (end, _) = after_unclaimed(200, r#"{"id":"k-1","status":"claimed"}"#);
    assert!(matches!(end, Err(KeyWaitError::Unknown(_))), "{end:?}");
    let (end, _) = after_unclaimed(200, r#"{"id":"k-2","status":"CLAIMED"}"#);
    assert!(matches!(end, Err(KeyWaitError::ReadFailed { .. })), "{end:?}");
    let (end, _) = after_unclaimed(403, r#"{"code":"ACCESS_FAILED"}"#);
    assert!(matches!(end, Err(KeyWaitError::ReadFailed { .. })), "{end:?}");
}

#[test]
fn its_time_ends_with_the_key_and_shows_no_code() {
    let mut script = Script::new([answer(200, TOKEN), answer(200, UNCLAIMED), answer(200, UNCLAIMED)]);
    let end = script.wait(wait(Duration::from_secs(6))).unwrap_err();
    let KeyWaitError::Expired { key: Some(key), wait, .. } = &end else { panic!("{end:?}") };
    assert_eq!((key.code(), wait.reads()), (Some("hunter2"), 2));
    assert!(!format!("{end:?} {end} {wait}").contains("hunter2"));
    let stopped = wait.clone().stopped();
    assert_eq!(stopped.wait().unwrap().to_string(), wait.to_string());
}
