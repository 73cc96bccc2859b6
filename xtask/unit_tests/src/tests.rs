use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use pingone_blocking::{
    AccessToken, CheckOtp, Client, Configuration, Credentials, Device, DeviceAuthentication, Document, Environment,
    FnTransport, NextStep, PendingPush, ReadDeviceAuthentication, Region, Stop, TransportError, UserId, WaitError,
    http, user::FindUser, user_device::ActivateUserDevice,
};

use super::*;

const MINUTE: Duration = Duration::from_secs(60);
const PENDING: &str = r#"{"id": "a-1", "status": "PUSH_CONFIRMATION_REQUIRED", "selectedDevice": {"id": "phone"}}"#;
const COMPLETED: &str = r#"{"id": "a-1", "status": "COMPLETED", "user": {"id": "ada"}}"#;
const FAILED: &str = r#"{"id": "a-1", "status": "FAILED"}"#;
const OTP: &str = r#"{"id": "a-1", "status": "OTP_REQUIRED"}"#;
const CANCELLED: &str = r#"{"id": "a-1", "status": "DEVICE_SELECTION_REQUIRED",
    "_embedded": {"devices": [{"id": "phone"}, {"id": "mail"}]}}"#;
const TIMED_OUT: &str = r#"{"id": "a-1", "status": "PUSH_CONFIRMATION_TIMED_OUT",
    "_embedded": {"devices": [{"id": "phone"}, {"id": "mail"}]}}"#;
const REFUSED: &str = r#"{"code": "INVALID_REQUEST"}"#;

fn configuration() -> Configuration {
    let environment = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
    Configuration::new(environment, Credentials::access_token(AccessToken::new("token").unwrap()))
}

fn client(transport: FnTransport) -> Client {
    Client::builder(configuration()).transport(transport).build().unwrap()
}

fn push() -> PendingPush {
    let begun = Document::<DeviceAuthentication>::from_json(PENDING).unwrap();
    let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
    push
}

#[test]
fn what_takes_a_client_sends_what_it_should() {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let journal = Arc::clone(&sent);
    let transport = FnTransport::new(move |request| {
        journal.lock().unwrap().push(format!("{} {}", request.method(), String::from_utf8_lossy(request.body())));
        http::Response::builder().status(201).body(PENDING.into()).unwrap()
    });
    let push = begin(&client(transport), &UserId::from("ada")).unwrap().unwrap();
    assert_eq!(push.id().as_str(), "a-1");
    assert_eq!(*sent.lock().unwrap(), [r#"POST {"user":{"id":"ada"}}"#]);
    assert!(begin(&client(FnTransport::replies([(201, OTP)])), &UserId::from("ada")).unwrap().is_none());
}

#[test]
fn what_takes_an_error_tells_them_apart() {
    let refused = |status, body: &'static str| {
        client(FnTransport::replies([(status, body)])).send(CheckOtp::new("a-1", "000000")).unwrap_err()
    };
    let wrong = r#"{"code": "INVALID_DATA", "details": [{"code": "INVALID_OTP"}]}"#;
    assert_eq!(notice(&refused(400, wrong)), "wrong code");
    assert_eq!(notice(&refused(500, "{}")), "try later");
    let lost = FnTransport::fallible(|_| Err(TransportError::maybe_sent("reset")));
    assert_eq!(notice(&client(lost).send(CheckOtp::new("a-1", "000000")).unwrap_err()), "it may have been sent");
    let busy = FnTransport::new(|_| http::Response::builder().status(429).body("{}".into()).unwrap());
    let transport = busy.clone();
    assert_eq!(notice(&client(transport).send(ReadDeviceAuthentication::new("a-1")).unwrap_err()), "too often");
    assert!(busy.elapsed() > Duration::ZERO, "it was sent again, and nobody waited");
}

#[test]
fn what_takes_a_change_of_device_goes_where_it_should() {
    let ada = UserId::from("ada");
    let page = |replies: &[(u16, &'static str)], user: &UserId| {
        next_page(client(FnTransport::replies(replies.to_vec())).change_device(push()), user)
    };
    assert_eq!(page(&[(200, CANCELLED)], &ada), "/device/mail ");
    assert_eq!(page(&[(400, REFUSED), (200, TIMED_OUT)], &ada), "/device/mail ");
    assert_eq!(page(&[(400, REFUSED), (200, COMPLETED)], &ada), "/in");
    assert_eq!(page(&[(400, REFUSED), (200, COMPLETED)], &UserId::from("eve")), "/again");
    assert_eq!(page(&[(400, REFUSED), (200, FAILED)], &ada), "/denied");
    assert_eq!(page(&[(500, "{}"), (200, PENDING)], &ada), "/push?lost=true");
    assert_eq!(page(&[(400, REFUSED), (200, OTP)], &ada), "/again");
    assert_eq!(page(&[(500, "{}"), (404, "{}")], &ada), "/push/a-1");
    assert_eq!(page(&[], &ada), "/push/a-1");
}

#[test]
fn what_takes_the_end_of_a_wait_has_a_label_for_each() {
    let end = |reply: &'static str| {
        client(FnTransport::replies([(200, PENDING), (200, reply)])).wait(&push(), MINUTE).unwrap_err()
    };
    for (reply, expected) in [
        (FAILED, "denied"),
        (TIMED_OUT, "timed_out"),
        (CANCELLED, "cancelled"),
        (OTP, "changed"),
        (r#"{"id": "a-1", "status": "NEW"}"#, "unknown"),
        (r#"{"id": "a-2", "status": "COMPLETED"}"#, "read_failed"),
    ] {
        assert_eq!(label(&end(reply)), expected);
    }
    let nobody = FnTransport::new(|_| http::Response::new(PENDING.into()));
    let expired = client(nobody.clone()).wait(&push(), MINUTE).unwrap_err();
    assert_eq!((label(&expired), expired.wait().is_some_and(|wait| wait.reads() > 10)), ("expired", true));
    assert!(nobody.elapsed() >= MINUTE - Duration::from_secs(1), "{:?}", nobody.elapsed());
    let stop = Stop::new();
    stop.stop();
    let stopped: WaitError = client(nobody).wait_until(&push(), MINUTE, &stop).unwrap_err();
    assert_eq!(label(&stopped), "stopped");
}

#[test]
fn what_takes_a_found_user_goes_where_it_should() {
    let page = |status, body: &'static str| {
        first_page(client(FnTransport::replies([(status, body)])).send(FindUser::by_username("ada")))
    };
    assert_eq!(page(200, r#"{"_embedded": {"users": [{"id": "u-1", "username": "ada"}]}}"#), "/password/u-1");
    assert_eq!(page(200, r#"{"_embedded": {"users": []}}"#), "/password");
    assert_eq!(page(200, r#"{"_embedded": {"users": [{"id": "u-2", "username": "eve"}]}}"#), "/later");
    assert_eq!(page(403, r#"{"code": "INSUFFICIENT_PERMISSIONS"}"#), "/role");
}

#[test]
fn what_takes_a_step_of_an_enrolment_has_an_instruction_for_each() {
    let shown =
        |device: &'static str| instruction(&EnrolmentStep::of("ada", Document::<Device>::from_json(device).unwrap()));
    for (device, expected) in [
        (r#"{"id": "d-1", "type": "EMAIL", "status": "ACTIVATION_REQUIRED"}"#, "the code that was sent, not for tests"),
        (
            r#"{"id": "d-1", "type": "SMS", "status": "ACTIVATION_REQUIRED", "test": {"otp": "012345"}}"#,
            "the code that was sent, 012345",
        ),
        (r#"{"id": "d-1", "type": "OATH_TOKEN", "status": "ACTIVATION_REQUIRED"}"#, "the code that the token shows"),
        (
            r#"{"id": "d-1", "type": "TOTP", "status": "ACTIVATION_REQUIRED", "keyUri": "otpauth://totp/a"}"#,
            "otpauth://totp/a",
        ),
        (r#"{"id": "d-1", "type": "FIDO2", "status": "ACTIVATION_REQUIRED"}"#, "no options"),
        (r#"{"id": "d-1", "type": "EMAIL", "status": "ACTIVE"}"#, "d-1 is ready"),
        (r#"{"id": "d-1", "type": "EMAIL", "status": "NEW"}"#, "later"),
    ] {
        assert_eq!(shown(device), expected);
    }
    let passkey = r#"{"id": "d-1", "type": "FIDO2", "status": "ACTIVATION_REQUIRED", "publicKeyCredentialCreationOptions":
        "{\"rp\": {\"id\": \"localhost\"}, \"user\": {\"id\": [1], \"name\": \"ada\"}, \"challenge\": [-1]}"}"#;
    assert!(shown(passkey).contains(r#""challenge":"_w""#), "{}", shown(passkey));
    let again = r#"{"code": "INVALID_DATA", "details": [{"code": "EXTRA_OTP_REQUIRED", "target": "otp"}]}"#;
    let step =
        client(FnTransport::replies([(400, again)])).send(ActivateUserDevice::oath_token("ada", "d-1", "012345"));
    assert_eq!(instruction(&step.unwrap()), "the next code of d-1");
}

#[test]
fn what_takes_events_writes_lines() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&lines);
    let configuration = configuration().observer(move |event: &CallEvent<'_>| log.lock().unwrap().extend(line(event)));
    let transport = FnTransport::replies([(503, "{}"), (200, PENDING)]);
    let client = Client::builder(configuration).transport(transport).build().unwrap();
    client.send(ReadDeviceAuthentication::new("a-1")).unwrap();
    let read = "device_authentication.read";
    let expected = [format!("{read} #1: 503 Service Unavailable"), "waits".to_owned(), format!("{read} #2: 200 OK")];
    assert_eq!(*lines.lock().unwrap(), expected);
}
