mod error;

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use pingone_model::{
    Document, PairingKeyId, Problem, UserId,
    pairing_key::{ClaimedKey, PairingKey, PairingKeyStatus, PairingStep, ReadPairingKey, UnclaimedKey},
};

pub use self::error::KeyWaitError;
use super::{Awaited, Sealed, Unfinished, Wait};

/// A wait until an app has claimed a pairing key.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use pingone_client_core::KeyWait;
/// use pingone_model::{Document, pairing_key::{PairingKey, PairingStep}};
///
/// let reply = r#"{"id": "k-1", "status": "UNCLAIMED", "code": "01882778807215"}"#;
/// let PairingStep::Unclaimed(key) = PairingStep::of("u-1", Document::<PairingKey>::from_json(reply)?) else { panic!("no key") };
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_764_100_000);
/// let wait = KeyWait::new(&key, Duration::from_secs(600), now);
/// assert_eq!(wait.to_string(), "key-1:1764100600000:u-1:k-1");
/// let resumed: KeyWait = wait.to_string().parse()?;
/// assert_eq!(resumed.id(), key.id());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub type KeyWait = Wait<AwaitedKey>;

/// The pairing key of a [`KeyWait`].
#[derive(Clone, Debug)]
pub struct AwaitedKey {
    user: UserId,
    id: PairingKeyId,
}

impl KeyWait {
    /// A wait for `key` that ends after `within`, which is two days at most. `now` is the time of day, which is
    /// `SystemTime::now()` but in a test with [its own clock](crate::FnTransport::starting_at).
    ///
    /// A key is valid for 10 minutes unless a policy says otherwise: see [`expires_at`](PairingKey::expires_at).
    #[must_use]
    pub fn new(key: &UnclaimedKey, within: Duration, now: SystemTime) -> Self {
        Self::begun(AwaitedKey { user: key.user_id().clone(), id: key.id().clone() }, within, now)
    }

    /// The key.
    #[must_use]
    pub fn id(&self) -> &PairingKeyId {
        &self.awaited.id
    }

    /// Whose phone to pair.
    #[must_use]
    pub fn user_id(&self) -> &UserId {
        &self.awaited.user
    }

    /// Reads the key.
    #[must_use]
    pub fn read(&self) -> ReadPairingKey {
        self.awaited.read()
    }
}

impl Sealed for AwaitedKey {}

/// It is a success only if the service says that this key is `CLAIMED`.
impl Awaited for AwaitedKey {
    type Success = ClaimedKey;
    type Error = KeyWaitError;
    type Read = ReadPairingKey;

    const PREFIX: &'static str = "key-";
    /// Two days: no pairing key is valid for longer.
    const LONGEST: u32 = 2 * 24 * 60 * 60 * 1_000;

    fn read(&self) -> ReadPairingKey {
        ReadPairingKey::new(&self.user, &self.id)
    }

    fn is_pending(&self, body: &Bytes) -> Option<bool> {
        let key = Document::<PairingKey>::from_json(body.clone()).ok()?;
        let is_ours = key.id().is_some_and(|id| id.as_str().eq_ignore_ascii_case(self.id.as_str()));
        Some(is_ours && key.status() == Some(&PairingKeyStatus::Unclaimed))
    }

    fn end(wait: &KeyWait, reply: PairingStep) -> Result<ClaimedKey, KeyWaitError> {
        match reply {
            PairingStep::Claimed(claimed) => Ok(claimed),
            PairingStep::Unclaimed(key) => Err(KeyWaitError::expired(wait, Some(key))),
            PairingStep::Failed(failed) => Err(KeyWaitError::Failed(failed)),
            other => Err(KeyWaitError::Unknown(other.key().clone())),
        }
    }

    fn unfinished(wait: &KeyWait, why: Unfinished) -> KeyWaitError {
        match why {
            Unfinished::Expired => KeyWaitError::expired(wait, None),
            Unfinished::ReadFailed(error) if error.problem() == Problem::Gone => KeyWaitError::Gone(error),
            Unfinished::ReadFailed(error) => KeyWaitError::ReadFailed { error, wait: wait.clone() },
            Unfinished::Stopped => KeyWaitError::Stopped(wait.clone()),
        }
    }

    /// `{user}:{id}`
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.user.as_str(), self.id.as_str())
    }

    fn parse(text: &str) -> Option<Self> {
        let (user, id) = text.split_once(':')?;
        let (user, id) = (UserId::from(user), PairingKeyId::from(id));
        user.checked().and(id.checked()).ok()?;
        Some(Self { user, id })
    }
}
