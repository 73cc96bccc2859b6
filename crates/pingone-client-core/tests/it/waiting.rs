//! What a wait makes of replies that no well-behaved service gives, and of clocks that jump.

use std::time::{Duration, SystemTime};

use pingone_client_core::{ErrorKind, Now, PushWait, WaitAction, WaitError};
use pingone_model::{DeviceAuthentication, Document, NextStep, PendingPush};

use crate::script::{PENDING, Script, TOKEN, answer};

const MINUTE: Duration = Duration::from_secs(60);

fn push(json: &str) -> PendingPush {
    let begun = Document::<DeviceAuthentication>::from_json(json.to_owned()).unwrap();
    let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
    push
}

fn wait() -> PushWait {
    let begun = r#"{"id":"a-1","status":"PUSH_CONFIRMATION_REQUIRED","selectedDevice":{"id":"d-1"}}"#;
    PushWait::new(&push(begun), MINUTE, SystemTime::UNIX_EPOCH)
}

fn after_pending(reply: &str) -> Result<(), WaitError> {
    let mut script = Script::new([answer(200, TOKEN), answer(200, PENDING), answer(200, reply)]);
    script.wait(wait()).map(drop)
}

#[test]
fn completed_is_success_for_this_authentication_and_this_device() {
    for reply in [
        r#"{"id":"a-1","status":"COMPLETED","selectedDevice":{"id":"d-1"}}"#,
        r#"{"id":"a-1","status":"COMPLETED"}"#,
        r#"{"status":"COMPLETED","selectedDevice":{"id":7}}"#,
    ] {
        assert!(after_pending(reply).is_ok(), "{reply}");
    }
}

#[test]
fn completed_for_another_authentication_or_device_does_not_count() {
    for another in [r#""a-2""#, "7", "{}"] {
        for status in ["COMPLETED", "PUSH_CONFIRMATION_REQUIRED"] {
            let reply = format!(r#"{{"id":{another},"status":"{status}","selectedDevice":{{"id":"d-1"}}}}"#);
            let end = after_pending(&reply).unwrap_err();
            assert!(matches!(end, WaitError::ReadFailed { .. }), "{end:?}");
        }
    }
    let end = after_pending(r#"{"id":"a-1","status":"COMPLETED","selectedDevice":{"id":"d-2"}}"#).unwrap_err();
    assert!(matches!(end, WaitError::Changed(NextStep::Completed(_))), "{end:?}");
    let end = after_pending(r#"{"id":"a-1","status":"PUSH_CONFIRMATION_REQUIRED","selectedDevice":{"id":"d-2"}}"#);
    assert!(matches!(end, Err(WaitError::Changed(NextStep::Push(_)))), "{end:?}");
}

#[test]
fn a_success_that_cannot_be_read_may_pass() {
    let completed = r#"{"id":"a-1","status":"COMPLETED"}"#;
    let unreadable = ["<html>", "", "[]", r#"{"id":"a-1"}"#, r#"{"id":"a-1","status":7}"#];
    for reply in unreadable {
        let mut script = Script::new([answer(200, TOKEN), answer(200, reply), answer(200, completed)]);
        assert!(script.wait(wait()).is_ok(), "{reply}");
    }
    let answers = [answer(200, TOKEN)].into_iter().chain((0..6).map(|_| answer(200, "<html>")));
    let end = Script::new(answers).wait(wait()).unwrap_err();
    let WaitError::ReadFailed { error, .. } = &end else { panic!("{end:?}") };
    assert_eq!(error.kind(), ErrorKind::Response);
}

#[test]
fn what_does_not_pass_by_itself_ends_the_wait_at_once() {
    for (status, body) in [(404, "{}"), (403, "{}"), (400, "{}"), (429, r#"{"code":"QUOTA_EXCEEDED"}"#)] {
        let mut script = Script::new([answer(200, TOKEN), answer(status, body)]);
        let end = script.wait(wait()).unwrap_err();
        assert!(matches!(end, WaitError::ReadFailed { .. }), "{status} {end:?}");
        assert_eq!(end.wait().unwrap().id().as_str(), "a-1");
    }
}

#[test]
fn a_wall_clock_that_jumps_does_not_move_the_end() {
    let script = Script::new([]);
    for jumped in [Duration::ZERO, MINUTE * 60 * 24 * 365] {
        let mut wait = wait();
        let start = Now::new(MINUTE, SystemTime::UNIX_EPOCH);
        assert!(matches!(wait.next(&script.session, start), WaitAction::Sleep(_)));
        let at = |elapsed| Now::new(MINUTE + elapsed, SystemTime::UNIX_EPOCH + jumped);
        let just_before = MINUTE - Duration::from_millis(1);
        assert!(matches!(wait.next(&script.session, at(just_before)), WaitAction::Read(_)));
        let WaitAction::Done(end) = wait.next(&script.session, at(MINUTE)) else { panic!("goes on") };
        assert!(matches!(end, WaitError::Expired { push: None, .. }), "{end:?}");
    }
}

#[test]
fn a_clock_far_off_makes_no_endless_wait() {
    let script = Script::new([]);
    let mut wait: PushWait = format!("1:{}:a-1:d-1", u64::MAX).parse().unwrap();
    assert!(matches!(wait.next(&script.session, Now::new(MINUTE, SystemTime::UNIX_EPOCH)), WaitAction::Read(_)));
    let a_day = Duration::from_secs(24 * 60 * 60);
    let end = wait.next(&script.session, Now::new(MINUTE + a_day, SystemTime::UNIX_EPOCH));
    assert!(matches!(end, WaitAction::Done(WaitError::Expired { .. })), "{end:?}");
    // A clock that stands before 1970, and one at the end of time.
    let mut wait = PushWait::new(&push(PENDING), Duration::MAX, SystemTime::UNIX_EPOCH - MINUTE);
    let _ = wait.next(&script.session, Now::new(Duration::MAX, SystemTime::UNIX_EPOCH - MINUTE));
}

#[test]
fn a_wait_tells_its_progress() {
    let script = Script::new([]);
    let mut wait = wait();
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    assert_eq!((wait.reads(), wait.time_left(at(0))), (0, MINUTE));
    let mut now = Duration::ZERO;
    while wait.reads() < 3 {
        match wait.next(&script.session, Now::new(now, SystemTime::UNIX_EPOCH + now)) {
            WaitAction::Sleep(time) => now += time,
            WaitAction::Read(_) => {
                // Nobody reports, so it goes on to read.
                now += Duration::from_secs(1);
            }
            WaitAction::Done(end) => panic!("{end:?}"),
        }
    }
    assert_eq!(wait.time_left(at(20)), Duration::from_secs(40));
    assert_eq!(wait.time_left(at(61)), Duration::ZERO);
    let resumed: PushWait = wait.to_string().parse().unwrap();
    assert_eq!((resumed.reads(), resumed.time_left(at(20))), (0, Duration::from_secs(40)), "its reads are its own");
}
