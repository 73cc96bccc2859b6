//! What the cookie carries, so that the service keeps next to nothing.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use pingone_async::{DeviceAuthenticationId, DeviceId, PushWait};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};

use super::{people::Who, session::Session};

/// What the browser is at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Visit {
    /// Somebody is logging in.
    LogIn(LogIn),
    /// Somebody is logged in.
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

/// A log-in, and where it stands. Nothing in it is secret; the signature prevents changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LogIn {
    pub(crate) attempt: Attempt,
    pub(crate) at: At,
}

/// A log-in from beginning to end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub(crate) id: VisitId,
    /// Who it began for; nobody else gets in. `None` if a passkey is to say who it is.
    pub(crate) who: Option<Who>,
}

impl Attempt {
    /// `None` if the system's random number generator fails.
    pub(crate) fn new(who: Option<Who>) -> Option<Self> {
        Some(Self { id: VisitId::random()?, who })
    }
}

/// Where a log-in stands, as far as PingOne does not know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum At {
    /// A push is waiting.
    Push(PushWait),
    /// Another step, with any device but the one whose push was cancelled.
    Step {
        id: DeviceAuthenticationId,
        abandoned: Option<DeviceId>,
        /// Whether the user had the code sent again.
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

    /// The device whose push was cancelled or not answered.
    pub(crate) fn abandoned(&self) -> Option<&DeviceId> {
        match self {
            Self::Push(wait) => wait.device_id(),
            Self::Step { abandoned, .. } => abandoned.as_ref(),
        }
    }
}

/// Identifies a log-in or a session, so that it can be marked as over. Used only once, and never for both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct VisitId(String);

impl VisitId {
    /// `None` if the system's random number generator fails.
    pub(crate) fn random() -> Option<Self> {
        let mut bytes = [0; 16];
        SystemRandom::new().fill(&mut bytes).ok()?;
        Some(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
