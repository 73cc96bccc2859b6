use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::{clock::after, sequence::Sequence};

/// Rule (documented): a token of the PingOne API lives for an hour.
pub(super) const LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// The tokens that have been issued, each with the time at which it expires.
pub(crate) struct Tokens {
    issued: HashMap<String, Timestamp>,
    names: Sequence,
}

impl Tokens {
    pub(crate) fn new() -> Self {
        Self { issued: HashMap::new(), names: Sequence::new(*b"a-tokens") }
    }

    pub(super) fn issue(&mut self, now: Timestamp) -> String {
        let token = format!("emulator.{}", self.names.id());
        self.issued.insert(token.clone(), after(now, LIFETIME));
        token
    }

    pub(crate) fn accepts(&self, token: &str, now: Timestamp) -> bool {
        self.issued.get(token).is_some_and(|&expires_at| now < expires_at)
    }

    pub(crate) fn revoke_all(&mut self) {
        self.issued.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_accepted_until_it_expires_or_is_revoked() {
        let mut tokens = Tokens::new();
        let now = Timestamp::UNIX_EPOCH;
        let (first, second) = (tokens.issue(now), tokens.issue(now));
        assert_ne!(first, second);
        assert!(tokens.accepts(&first, after(now, LIFETIME - SignedDuration::from_secs(1))));
        assert!(!tokens.accepts(&first, after(now, LIFETIME)));
        assert!(!tokens.accepts("emulator.of-somebody-else", now));
        tokens.revoke_all();
        assert!(!tokens.accepts(&second, now));
    }
}
