//! The resource *pairing key*: a code by which a user's phone, with a company's app on it, becomes their device.
//!
//! The app takes the code, typed or scanned. To learn when it has, [read](ReadPairingKey) the key now and then, as `wait_for_key`
//! of the clients does.
//!
//! ```
//! use pingone_model::{Operation, pairing_key::{CreatePairingKey, PairingStep}};
//!
//! let create = CreatePairingKey::new("u-1").application("app-1");
//! let reply = r#"{"id": "k-1", "code": "01882778807215", "status": "UNCLAIMED"}"#;
//! let PairingStep::Unclaimed(key) = create.read(http::Response::new(reply.into()))? else { panic!("no key") };
//! assert_eq!(key.code(), Some("01882778807215"));
//! # Ok::<_, pingone_model::ResponseError>(())
//! ```

mod create;
mod delete;
mod read;
mod reply;

use std::error::Error;

use bytes::Bytes;
use http::Response;

pub use create::CreatePairingKey;
pub use delete::DeletePairingKey;
pub use read::ReadPairingKey;
pub use reply::{PairingError, PairingKey, PairingKeyStatus};

use crate::{Document, Operation, OperationInfo, PairingKeyId, Path, Problem, ResponseError, UserId, reply::identity};

/// The paths of all operations here, with the documentation's placeholders.
const ALL: Path = Path::api("/environments/{envID}/users/{userID}/pairingKeys");
const ONE: Path = Path::api("/environments/{envID}/users/{userID}/pairingKeys/{pairingKeyID}");

pub(crate) const OPERATIONS: &[&OperationInfo] =
    &[CreatePairingKey::INFO, ReadPairingKey::INFO, DeletePairingKey::INFO];

/// For operations on one key: a key is forgotten once it has expired (*inferred*).
fn problem_of_one(_: &ResponseError, general: Problem) -> Problem {
    if general == Problem::NotFound { Problem::Gone } else { general }
}

/// What comes next with a pairing key.
///
/// A step owns the reply and borrows nothing. Only a key that the service calls `CLAIMED` is
/// [`Claimed`](Self::Claimed).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PairingStep {
    /// No app has claimed it yet: show its code, and wait.
    Unclaimed(UnclaimedKey),
    /// An app has claimed it: the phone is now a device of the user.
    Claimed(ClaimedKey),
    /// An app tried to take it, and failed.
    Failed(FailedKey),
    /// A status that this version does not know, or a reply without the key's id.
    Unknown(Document<PairingKey>),
}

impl PairingStep {
    /// What comes next with this key of `user`.
    #[must_use]
    pub fn of(user: impl Into<UserId>, key: Document<PairingKey>) -> Self {
        let Some(id) = key.id().cloned() else {
            return Self::Unknown(key);
        };
        let user = user.into();
        match key.status() {
            Some(PairingKeyStatus::Unclaimed) => Self::Unclaimed(UnclaimedKey { user, id, key }),
            Some(PairingKeyStatus::Claimed) => Self::Claimed(ClaimedKey { user, id, key }),
            Some(PairingKeyStatus::Failed) => Self::Failed(FailedKey { user, id, key }),
            _ => Self::Unknown(key),
        }
    }

    /// The key in the reply.
    #[must_use]
    pub fn key(&self) -> &Document<PairingKey> {
        match self {
            Self::Unclaimed(step) => &step.key,
            Self::Claimed(step) => &step.key,
            Self::Failed(step) => &step.key,
            Self::Unknown(key) => key,
        }
    }

    fn read(user: &UserId, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Ok(Self::of(user, Document::from_json(response.body().clone())?))
    }

    fn is_about(&self, id: &str) -> bool {
        identity::is(self.key(), id)
    }
}

macro_rules! steps {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name {
            user: UserId,
            id: PairingKeyId,
            key: Document<PairingKey>,
        }

        impl $name {
            /// The key's id.
            #[must_use]
            pub fn id(&self) -> &PairingKeyId {
                &self.id
            }

            /// The user whose phone is to be paired: the one who was named in the request.
            #[must_use]
            pub fn user_id(&self) -> &UserId {
                &self.user
            }

            /// The key in the reply.
            #[must_use]
            pub fn key(&self) -> &Document<PairingKey> {
                &self.key
            }
        }
    )*};
}

steps! {
    /// A key that no app has claimed yet.
    UnclaimedKey
    /// The proof that an app has taken a key: the service said `CLAIMED`, and nothing else makes one. The phone is a device of
    /// the user now.
    ClaimedKey
    /// A key that no app can claim any more.
    FailedKey
}

impl UnclaimedKey {
    /// The code: show it to the user, as text and as a QR code. Whoever has it can make their own phone the user's
    /// device; `Debug` does not show it. It is text, because leading zeros count.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.key.code()
    }

    /// Reads the key as it is now.
    #[must_use]
    pub fn read(&self) -> ReadPairingKey {
        ReadPairingKey::new(&self.user, &self.id)
    }

    /// Deletes the key, so that no app can claim it.
    #[must_use]
    pub fn delete(&self) -> DeletePairingKey {
        DeletePairingKey::new(&self.user, &self.id)
    }
}

impl FailedKey {
    /// Why pairing failed, as the service says. The codes are not documented.
    #[must_use]
    pub fn error(&self) -> Option<&PairingError> {
        self.key.error()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(key: &str) -> PairingStep {
        PairingStep::of("u-1", Document::from_json(key.to_owned()).unwrap())
    }

    #[test]
    fn each_status_has_its_step_and_nothing_but_claimed_is_success() {
        assert!(matches!(step(r#"{"id":"k","status":"UNCLAIMED"}"#), PairingStep::Unclaimed(_)));
        assert!(matches!(step(r#"{"id":"k","status":"CLAIMED"}"#), PairingStep::Claimed(_)));
        for other in [r#""claimed""#, r#""""#, "null", "7", r#""EXPIRED""#] {
            let json = format!(r#"{{"id":"k","status":{other}}}"#);
            assert!(matches!(step(&json), PairingStep::Unknown(_)), "{other}");
        }
        assert!(matches!(step(r#"{"status":"CLAIMED"}"#), PairingStep::Unknown(_)));
    }

    #[test]
    fn a_failure_says_why() {
        let key = r#"{"id":"k","status":"FAILED","error":{"code":"DEVICE_LIMIT","message":"m"}}"#;
        let PairingStep::Failed(failed) = step(key) else { panic!("no failure") };
        assert_eq!(failed.error().and_then(PairingError::code), Some("DEVICE_LIMIT"));
    }

    #[test]
    fn debug_shows_no_code() {
        let shown = format!("{:?}", step(r#"{"id":"k","status":"UNCLAIMED","code":"01882778807215"}"#));
        assert!(shown.contains("Unclaimed") && !shown.contains("0188"), "{shown}");
    }
}
