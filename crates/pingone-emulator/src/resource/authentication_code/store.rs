use jiff::Timestamp;

use super::code::AuthenticationCode;
use crate::{
    collection::Collection,
    retention::Retention,
    sequence::{DIGITS_AND_CAPITALS, Sequence},
};

/// Every code that is remembered.
#[derive(Clone)]
pub(crate) struct AuthenticationCodes {
    all: Collection<AuthenticationCode>,
    ids: Sequence,
    codes: Sequence,
    retention: Retention,
}

impl AuthenticationCodes {
    pub(crate) fn new(retention: Retention) -> Self {
        let (ids, codes) = (Sequence::new(*b"qrcodeid"), Sequence::new(*b"qr-codes"));
        Self { all: Collection::new(), ids, codes, retention }
    }

    /// The id and the text of a new code.
    pub(super) fn next(&mut self) -> (String, String) {
        let mut number = self.codes.number();
        let mut sign = || {
            let sign = DIGITS_AND_CAPITALS[(number % 36) as usize];
            number /= 36;
            char::from(sign)
        };
        let code = (0..8).map(|_| sign()).collect();
        (self.ids.id(), code)
    }

    pub(super) fn get(&self, id: &str) -> Option<&AuthenticationCode> {
        self.all.get(id)
    }

    /// Keeps a new code, or one that has changed. The oldest ones are forgotten by age and by number.
    pub(super) fn put(&mut self, code: AuthenticationCode, now: Timestamp) {
        let id = code.id.clone();
        if self.all.get(&id).is_none() {
            while let Some((oldest, known)) = self.all.oldest() {
                let is_past = self.retention.is_past(known.expires_at(), now);
                if !is_past && self.all.len() < self.retention.number {
                    break;
                }
                self.all.remove_at(oldest);
            }
        }
        self.all.put(&id, code);
    }

    pub(super) fn remove(&mut self, id: &str) {
        self.all.remove(id);
    }

    /// The user is gone, and so are the codes that their apps have claimed.
    pub(crate) fn forget_user(&mut self, user_id: &str) {
        self.all.retain(|_, code| code.claimant().is_none_or(|claimant| claimant.user_id != user_id));
    }

    /// The oldest first.
    pub(super) fn in_order(&self) -> impl DoubleEndedIterator<Item = &AuthenticationCode> {
        self.all.iter()
    }
}
