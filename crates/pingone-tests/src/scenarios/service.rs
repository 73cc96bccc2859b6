//! A service that puts the caller off, or fails.

use std::time::Duration;

use pingone_emulator::{FaultKind, RetryAfter};

use super::world::World;
use crate::Kind;

/// *initialize* is put off once, and sent again after that time at the earliest.
fn put_off(kind: Kind, fault: FaultKind, at_least: Duration) -> String {
    let world = World::with(kind, fault, "device_authentication.initialize");
    let start = std::time::Instant::now();
    let initialize = world.initialize();
    assert!(initialize.is_ok(), "{initialize:?}");
    assert!(start.elapsed() >= at_least, "{:?}", start.elapsed());
    assert_eq!(world.count("device_authentication.initialize"), 2);
    assert_eq!(world.emulator.service().pending_pushes().len(), 1, "one push");
    world.report([initialize])
}

/// 429 without `Retry-After`.
pub fn throttled_without_a_time(kind: Kind) -> String {
    put_off(kind, FaultKind::TooManyRequests(RetryAfter::Absent), Duration::ZERO)
}

/// 429 with seconds.
pub fn throttled_for_seconds(kind: Kind) -> String {
    put_off(kind, FaultKind::TooManyRequests(RetryAfter::Seconds(1)), Duration::from_secs(1))
}

/// 429 with a date. It names a whole second, so up to one less than asked is left of it.
pub fn throttled_until_a_date(kind: Kind) -> String {
    put_off(kind, FaultKind::TooManyRequests(RetryAfter::Date(1)), Duration::ZERO)
}

/// 429 with a date that is past.
pub fn throttled_until_a_date_that_is_past(kind: Kind) -> String {
    put_off(kind, FaultKind::TooManyRequests(RetryAfter::Date(-60)), Duration::ZERO)
}

/// 429 with a wait that nobody makes: the caller is told it.
pub fn throttled_for_two_days(kind: Kind) -> String {
    let two_days = Duration::from_secs(172_800);
    let fault = FaultKind::TooManyRequests(RetryAfter::Seconds(two_days.as_secs()));
    let world = World::with(kind, fault, "device_authentication.initialize");
    let initialize = world.initialize();
    let error = initialize.as_ref().unwrap_err();
    assert_eq!((error.retry_after(), error.attempts(), error.maybe_applied()), (Some(two_days), 1, false));
    world.report([initialize])
}

/// 503 with `Retry-After`: the service knows that it did nothing.
pub fn unavailable_with_a_time(kind: Kind) -> String {
    put_off(kind, FaultKind::Unavailable(RetryAfter::Seconds(1)), Duration::from_secs(1))
}

/// 503 without: nobody knows.
pub fn unavailable_without_a_time(kind: Kind) -> String {
    failed(kind, &FaultKind::Unavailable(RetryAfter::Absent))
}

/// 500 on *read*: it is sent again.
pub fn a_fault_on_read(kind: Kind) -> String {
    let world = World::with(kind, FaultKind::Status(500), "device_authentication.read");
    let push = world.push();
    let read = world.read(push.id());
    assert_eq!((read.is_ok(), world.count("device_authentication.read")), (true, 2));
    world.report([read])
}

/// 500 on *cancel*: it is not, and the *read* that tells is at hand.
pub fn a_fault_on_cancel(kind: Kind) -> String {
    failed(kind, &FaultKind::Status(500))
}

fn failed(kind: Kind, fault: &FaultKind) -> String {
    let world = World::with(kind, fault.clone(), "device_authentication.cancel");
    let push = world.push();
    let operation = push.cancel();
    let cancel = world.client.send(&operation);
    let error = cancel.as_ref().unwrap_err();
    assert_eq!(
        (error.maybe_applied(), error.attempts(), world.count("device_authentication.cancel")),
        (true, 1, 1),
        "{error}"
    );
    let read = world.client.send(error.follow_up(&operation).unwrap());
    assert_eq!(read.as_ref().unwrap().status().as_str(), "PUSH_CONFIRMATION_REQUIRED", "nothing has happened");
    world.report([cancel, read])
}
