//! What is left to chance: the network, and the user.

use std::time::Duration;

use fastrand::Rng;
use pingone_emulator::{Fault, FaultKind, RetryAfter};

/// What the user does with a push.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Approve,
    Deny,
    Nothing,
    /// Asks for another device, in another window.
    ChangeDevice,
}

/// What a user is like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    pub(super) answer: Answer,
    /// How long they take for it.
    pub(super) takes: Duration,
    /// How often they mistype a code.
    pub(super) mistypes: u8,
    /// How long the application waits for them.
    pub(super) within: Duration,
}

impl Person {
    pub(super) fn any(random: &mut Rng) -> Self {
        let answers = [Answer::Approve, Answer::Approve, Answer::Deny, Answer::Nothing, Answer::ChangeDevice];
        Self {
            answer: answers[random.usize(..answers.len())],
            takes: Duration::from_millis(random.u64(500..50_000)),
            mistypes: [0, 0, 0, 1, 2, 5][random.usize(..6)],
            within: Duration::from_millis(random.u64(2_000..90_000)),
        }
    }
}

/// A failure, for any request but those that the application does not make.
pub(super) fn fault(random: &mut Rng) -> Fault {
    let second = Duration::from_secs(1);
    let kinds = [
        FaultKind::Delay(second * random.u32(1..20)),
        FaultKind::Drip(second / 100),
        FaultKind::TooManyRequests(RetryAfter::Absent),
        FaultKind::TooManyRequests(RetryAfter::Seconds(random.u64(0..100))),
        FaultKind::Unavailable(RetryAfter::Absent),
        FaultKind::Unavailable(RetryAfter::Seconds(random.u64(0..10))),
        FaultKind::Status(500),
        FaultKind::Html(504),
        FaultKind::Empty,
        FaultKind::ResetBefore,
        FaultKind::ResetAfter,
        FaultKind::Truncated,
        FaultKind::ResetInBody,
        FaultKind::Redirect { status: 307, host: "evil.example".to_owned() },
        FaultKind::UnknownStatus,
        FaultKind::UnknownType,
        FaultKind::UnknownMember,
        FaultKind::Nulls,
    ];
    let operations = [
        "token.request",
        "device_authentication.initialize",
        "device_authentication.read",
        "device_authentication.read",
        "device_authentication.select_device",
        "device_authentication.check_otp",
        "device_authentication.cancel",
    ];
    Fault::new(kinds[random.usize(..kinds.len())].clone())
        .operation(operations[random.usize(..operations.len())])
        .unwrap()
        .call(random.u64(1..4))
        .times(random.u64(1..8))
}
