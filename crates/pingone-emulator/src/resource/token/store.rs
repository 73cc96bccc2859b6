use std::time::Duration;

use jiff::Timestamp;

use serde_json::{Value, json};

use super::{Client, SigningKey};
use crate::{
    clock::{after, signed},
    collection::Collection,
    retention::Retention,
    sequence::Sequence,
};

/// What a token is valid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenKind {
    /// A worker's: valid for every operation.
    Worker,
    /// A signed-in user's: valid for none.
    User,
    /// A worker's, of another environment.
    OtherEnvironment,
}

/// The tokens that have been issued, and the clients that get them.
#[derive(Clone)]
pub(crate) struct Tokens {
    pub(super) clients: Vec<Client>,
    issued: Collection<(TokenKind, Timestamp)>,
    pub(super) signing_key: Option<SigningKey>,
    retention: Retention,
    names: Sequence,
    pub(crate) lifetime: Duration,
    pub(crate) counters: TokenCounters,
}

/// Who issues a token, and to whom.
pub(crate) struct Issuer<'a> {
    pub(crate) address: &'a str,
    pub(crate) environment_id: &'a str,
    pub(crate) client_id: &'a str,
}

/// The organization of every environment here.
const ORGANIZATION: &str = "0e6c1b1a-5f5e-4d5a-9d0b-6f1f3c0a7e42";
const OTHER_ENVIRONMENT: &str = "7f3d2c10-8f0e-4a53-b1d9-2a6d5c9e4b71";

/// How often the token endpoint was called, since the start or the last reset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenCounters {
    /// Requests that got a token.
    pub issued: u64,
    /// Requests that got none.
    pub refused: u64,
}

impl Tokens {
    pub(crate) fn new(
        clients: Vec<Client>,
        lifetime: Duration,
        retention: Retention,
        signing_key: Option<SigningKey>,
    ) -> Self {
        let (issued, counters) = (Collection::new(), TokenCounters::default());
        Self { clients, issued, signing_key, retention, names: Sequence::new(*b"a-tokens"), lifetime, counters }
    }

    pub(crate) fn clients(&self) -> &[Client] {
        &self.clients
    }

    pub(crate) fn issue(&mut self, kind: TokenKind, issuer: &Issuer<'_>, now: Timestamp) -> String {
        let id = self.names.id();
        let claims = self.claims(kind, issuer, &id, now);
        // Without randomness nothing is signed; the token is still known here.
        let token = self.signing_key.as_ref().and_then(|key| key.sign(&claims)).unwrap_or(id);
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

    /// Rule: TOKENS_ARE_JWTS.
    fn claims(&self, kind: TokenKind, issuer: &Issuer<'_>, id: &str, now: Timestamp) -> Value {
        let (iat, exp) = (now.as_second(), after(now, signed(self.lifetime)).as_second());
        let environment = if kind == TokenKind::OtherEnvironment { OTHER_ENVIRONMENT } else { issuer.environment_id };
        let mut claims = json!({
            "client_id": issuer.client_id,
            "iss": issuer.address.replace(issuer.environment_id, environment),
            "jti": id,
            "iat": iat,
            "exp": exp,
            "aud": ["https://api.pingone.com"],
            "env": environment,
            "org": ORGANIZATION,
            "p1.rid": id,
        });
        if kind == TokenKind::User {
            claims["sub"] = "emulator-user".into();
            claims["scope"] = "openid".into();
        }
        claims
    }

    /// Whether it is a currently valid token of this environment.
    pub(super) fn is_active(&self, token: &str, now: Timestamp) -> bool {
        self.kind(token, now).is_some_and(|kind| kind != TokenKind::OtherEnvironment)
    }

    /// What the token is valid for, while it is.
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
        let mut tokens = Tokens::new(Vec::new(), Duration::from_secs(60), Retention::default(), SigningKey::built_in());
        let issuer = Issuer { address: "http://e/as", environment_id: "e", client_id: "c" };
        let now = Timestamp::UNIX_EPOCH;
        let [first, second] = [(); 2].map(|()| tokens.issue(TokenKind::Worker, &issuer, now));
        assert_ne!(first, second);
        assert_eq!(tokens.kind(&first, after(now, SignedDuration::from_secs(59))), Some(TokenKind::Worker));
        assert_eq!(tokens.kind(&first, after(now, SignedDuration::from_secs(60))), None);
        assert_eq!(tokens.kind("emulator.of-somebody-else", now), None);
        tokens.revoke_all();
        assert_eq!(tokens.kind(&second, now), None);
    }
}
