use std::time::Duration;

use jiff::Timestamp;

use super::Client;
use crate::{
    clock::{after, signed},
    collection::Collection,
    retention::Retention,
    sequence::Sequence,
};

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenKind {
    /// A worker's: good for every operation.
    Worker,
    /// A signed-in user's: good for none.
    User,
    /// A worker's, of another environment.
    OtherEnvironment,
}

/// The tokens that have been issued, and the clients that get them.
#[derive(Clone)]
pub(crate) struct Tokens {
    pub(super) clients: Vec<Client>,
    issued: Collection<(TokenKind, Timestamp)>,
    retention: Retention,
    names: Sequence,
    pub(crate) lifetime: Duration,
    pub(crate) counters: TokenCounters,
}

/// How often the token endpoint was asked, since the start or the last reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenCounters {
    /// Requests that got a token.
    pub issued: u64,
    /// Requests that got none.
    pub refused: u64,
}

impl Tokens {
    pub(crate) fn new(clients: Vec<Client>, lifetime: Duration, retention: Retention) -> Self {
        let (issued, counters) = (Collection::new(), TokenCounters::default());
        Self { clients, issued, retention, names: Sequence::new(*b"a-tokens"), lifetime, counters }
    }

    pub(crate) fn clients(&self) -> &[Client] {
        &self.clients
    }

    pub(crate) fn issue(&mut self, kind: TokenKind, now: Timestamp) -> String {
        let token = format!("emulator.{}", self.names.id());
        let is_due = |number: usize, expires_at: Timestamp| number >= self.retention.number || expires_at <= now;
        while let Some((oldest, (_, expires_at))) = self.issued.oldest() {
            if !is_due(self.issued.len(), *expires_at) {
                break;
            }
            self.issued.remove_at(oldest);
        }
        self.issued.put(&token, (kind, after(now, signed(self.lifetime))));
        token
    }

    /// What the token is good for, as long as it is good.
    pub(crate) fn kind(&self, token: &str, now: Timestamp) -> Option<TokenKind> {
        self.issued.get(token).filter(|(_, expires_at)| now < *expires_at).map(|(kind, _)| *kind)
    }

    pub(crate) fn revoke_all(&mut self) {
        self.issued = Collection::new();
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn a_token_is_accepted_until_it_expires_or_is_revoked() {
        let mut tokens = Tokens::new(Vec::new(), Duration::from_secs(60), Retention::default());
        let now = Timestamp::UNIX_EPOCH;
        let [first, second] = [(); 2].map(|()| tokens.issue(TokenKind::Worker, now));
        assert_ne!(first, second);
        assert_eq!(tokens.kind(&first, after(now, SignedDuration::from_secs(59))), Some(TokenKind::Worker));
        assert_eq!(tokens.kind(&first, after(now, SignedDuration::from_secs(60))), None);
        assert_eq!(tokens.kind("emulator.of-somebody-else", now), None);
        tokens.revoke_all();
        assert_eq!(tokens.kind(&second, now), None);
    }
}
