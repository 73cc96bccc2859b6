//! What goes with the browser, so that the service keeps next to nothing.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use pingone_async::{DeviceAuthenticationId, DeviceId, PushWait};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};

use super::{people::Who, session::Session};

/// Who has the page before them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Visit {
    /// Somebody who is logging in.
    LogIn(LogIn),
    /// Somebody who has.
    Session(Session),
}

impl Visit {
    pub(crate) fn id(&self) -> &VisitId {
        match self {
            Self::LogIn(log_in) => &log_in.attempt.id,
            Self::Session(session) => &session.id,
        }
    }
}

/// A log-in and where it stands. None of it is secret; the signature keeps it from being changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LogIn {
    pub(crate) attempt: Attempt,
    pub(crate) at: At,
}

/// A log-in, from its beginning to its end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub(crate) id: VisitId,
    /// For whom it began. Nobody else is let in. Only a passkey may say later who it is.
    pub(crate) who: Option<Who>,
}

impl Attempt {
    /// `None` if the system has no randomness to give.
    pub(crate) fn new(who: Option<Who>) -> Option<Self> {
        Some(Self { id: VisitId::random()?, who })
    }
}

/// Where a log-in stands, as far as that is not PingOne's to say.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum At {
    /// A push is pending.
    Push(PushWait),
    /// Something else is to be done, with anything but the device whose push was taken back.
    Step {
        id: DeviceAuthenticationId,
        abandoned: Option<DeviceId>,
        /// Whether the user has asked for the code once more.
        sent_again: bool,
    },
}

impl At {
    pub(crate) fn step(id: &DeviceAuthenticationId) -> Self {
        Self::Step { id: id.clone(), abandoned: None, sent_again: false }
    }

    pub(crate) fn id(&self) -> &DeviceAuthenticationId {
        match self {
            Self::Push(wait) => wait.id(),
            Self::Step { id, .. } => id,
        }
    }

    /// The device whose push was taken back, or not answered.
    pub(crate) fn abandoned(&self) -> Option<&DeviceId> {
        match self {
            Self::Push(wait) => wait.device_id(),
            Self::Step { abandoned, .. } => abandoned.as_ref(),
        }
    }
}

/// Names a log-in or a session, so that it can be told to be over. It is never used twice, nor for both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VisitId(String);

impl VisitId {
    /// `None` if the system has no randomness to give.
    pub(crate) fn random() -> Option<Self> {
        let mut bytes = [0; 16];
        SystemRandom::new().fill(&mut bytes).ok()?;
        Some(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
