use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    collection::Collection,
    resource::{device_authentication_policy::Policy, mfa_settings::MfaSettings},
    retention::Retention,
    sequence::{DIGITS_AND_CAPITALS, Sequence},
};

/// What lets a phone be paired, once and for a while.
#[derive(Clone)]
pub(super) struct PairingKey {
    pub(super) id: String,
    pub(super) code: String,
    pub(super) user_id: String,
    /// The applications that can claim it.
    pub(super) applications: Vec<String>,
    /// As the request names it.
    pub(super) policy_id: Option<String>,
    pub(super) policy: Arc<Policy>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) expires_at: Timestamp,
    pub(super) status: Status,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Status {
    Unclaimed,
    Claimed,
    /// Why pairing failed.
    Failed {
        code: &'static str,
        message: &'static str,
    },
}

impl Status {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Unclaimed => "UNCLAIMED",
            Self::Claimed => "CLAIMED",
            Self::Failed { .. } => "FAILED",
        }
    }
}

impl PairingKey {
    /// Whether nobody has claimed it in time.
    pub(super) fn is_expired(&self, now: Timestamp) -> bool {
        self.status == Status::Unclaimed && now >= self.expires_at
    }

    pub(super) fn is_valid(&self, now: Timestamp) -> bool {
        self.status == Status::Unclaimed && now < self.expires_at
    }
}

/// Every pairing key, by its id.
#[derive(Clone)]
pub(crate) struct PairingKeys {
    all: Collection<PairingKey>,
    ids: Sequence,
    codes: Sequence,
    retention: Retention,
}

impl PairingKeys {
    pub(crate) fn new(retention: Retention) -> Self {
        let [ids, codes] = [*b"pairkeys", *b"keycodes"].map(Sequence::new);
        Self { all: Collection::new(), ids, codes, retention }
    }

    pub(super) fn next_id(&mut self) -> String {
        self.ids.id()
    }

    /// Rule: PAIRING_KEY_FORMAT.
    pub(super) fn next_code(&mut self, settings: &MfaSettings) -> String {
        let (length, characters) = if settings.has_alphanumeric_keys() { (16, 36) } else { (12, 10) };
        let mut next = || DIGITS_AND_CAPITALS[(self.codes.number() % characters) as usize];
        (0..length).map(|_| char::from(next())).collect()
    }

    pub(super) fn get(&self, id: &str) -> Option<&PairingKey> {
        self.all.get(id)
    }

    /// The key of this code, if it can be claimed.
    pub(super) fn valid(&self, code: &str, now: Timestamp) -> Option<&PairingKey> {
        self.all.iter().find(|key| key.code == code && key.is_valid(now))
    }

    /// How many keys of the user can be claimed.
    pub(super) fn count_valid(&self, user_id: &str, now: Timestamp) -> usize {
        self.all.iter().filter(|key| key.user_id == user_id && key.is_valid(now)).count()
    }

    /// Keeps a key that is new or has changed, and forgets what is over for too long.
    pub(super) fn put(&mut self, key: PairingKey, now: Timestamp) {
        let id = key.id.clone();
        self.all.put(&id, key);
        while let Some((number, oldest)) = self.all.oldest() {
            if self.all.len() <= self.retention.number && !self.retention.is_past(oldest.expires_at, now) {
                return;
            }
            self.all.remove_at(number);
        }
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.all.remove(id);
    }

    /// The user is gone, and nobody can pair a phone for them.
    pub(crate) fn forget_user(&mut self, user_id: &str) {
        self.all.retain(|_, key| key.user_id != user_id);
    }
}
