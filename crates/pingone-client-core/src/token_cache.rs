//! The cache that a client's calls share.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use pingone_model::{Document, RequestError, ResponseError, TokenReply};
use serde::de::Error as _;

use crate::{
    AccessToken, Credentials, Error, Now, Session, TransportError, error::Cause, headers, random::Random,
    retry::Verdict,
};

/// The token of one session, shared by all its calls.
///
/// A driver keeps it behind a lock and holds the lock from [`Call::authorize`](crate::Call::authorize) to
/// [`Call::token_received`](crate::Call::token_received): so one fetch serves every call that waits, its failure too,
/// and a token that the service rejects is replaced once, however many calls report it.
///
/// A token is replaced before it expires, at a moment that differs between clients. If that fails, the old one is
/// used for as long as it lives. A call of another session, thus with other credentials or another environment, gets
/// nothing that was fetched before.
pub struct TokenCache {
    session: Session,
    held: Option<Held>,
    failed: Option<Failed>,
    generation: u64,
    random: Random,
}

#[derive(Debug)]
struct Held {
    token: AccessToken,
    refresh_at: Duration,
    usable_until: Duration,
}

impl Held {
    fn is(&self, rejected: Option<&AccessToken>) -> bool {
        rejected.is_some_and(|rejected| rejected.is_of_generation_of(&self.token))
    }
}

/// The last fetch, if it failed.
struct Failed {
    at: Duration,
    error: Error,
    verdict: Verdict,
}

/// A token is replaced at least this long before it expires, and at most twice as long.
const MARGIN: Duration = Duration::from_secs(60);

/// A token is not used in the last moments of its life, so that it does not expire on the way.
const RESERVE: Duration = Duration::from_secs(5);

/// After a failed early fetch, the next one is this much later.
const PAUSE: Duration = Duration::from_secs(10);

impl Session {
    /// An empty cache for the token of all calls.
    #[must_use]
    pub fn tokens(&self) -> TokenCache {
        TokenCache::new(self.clone(), self.seeded())
    }
}

impl TokenCache {
    fn new(session: Session, random: Random) -> Self {
        Self { session, held: None, failed: None, generation: 0, random }
    }

    /// Forgets everything that belongs to another session.
    pub(crate) fn serve(&mut self, session: &Session) {
        if !self.session.is(session) {
            *self = Self::new(session.clone(), self.random.clone());
        }
    }

    /// The token, unless it is time for another one or it is the one that was rejected.
    pub(crate) fn get(&self, now: Now, rejected: Option<&AccessToken>) -> Option<AccessToken> {
        if let Some(token) = self.session.configuration().credentials.fixed_token() {
            return Some(token.clone());
        }
        let held = self.held.as_ref().filter(|held| now.monotonic < held.refresh_at && !held.is(rejected))?;
        Some(held.token.clone())
    }

    /// Whether there is a token to fall back on.
    pub(crate) fn has_reserve(&self, now: Now, rejected: Option<&AccessToken>) -> bool {
        self.held.as_ref().is_some_and(|held| now.monotonic < held.usable_until && !held.is(rejected))
    }

    /// The error of the fetch that a call has waited for since `asked_at`, if it failed.
    pub(crate) fn failure_since(&self, asked_at: Duration) -> Option<(Error, Verdict)> {
        let failed = self.failed.as_ref().filter(|failed| asked_at < failed.at)?;
        Some((failed.error.clone(), failed.verdict))
    }

    pub(crate) fn failed(&mut self, now: Now, error: Error, verdict: Verdict) {
        self.failed = Some(Failed { at: now.monotonic, error, verdict });
    }

    /// The request for a token; `None` if the token does not come from the service.
    pub(crate) fn request(&self, now: Now) -> Result<Option<Request<Bytes>>, RequestError> {
        let configuration = self.session.configuration();
        let request = configuration.credentials.token_request(&configuration.environment, now.wall)?;
        Ok(request.map(|mut request| {
            headers::dress(request.headers_mut(), self.session.user_agent());
            request
        }))
    }

    /// Takes the token in the response; without one, the old one while it is valid.
    pub(crate) fn received(
        &mut self,
        now: Now,
        rejected: Option<&AccessToken>,
        response: Result<Response<Bytes>, TransportError>,
    ) -> Result<AccessToken, Cause> {
        self.obtained(now, rejected, response.map_err(Cause::Transport).and_then(read))
    }

    /// Takes a token; without one, the old one while it is valid.
    pub(crate) fn obtained(
        &mut self,
        now: Now,
        rejected: Option<&AccessToken>,
        token: Result<AccessToken, Cause>,
    ) -> Result<AccessToken, Cause> {
        match (token, &mut self.held) {
            (Ok(token), _) => Ok(self.hold(now, token)),
            (Err(_), Some(held)) if now.monotonic < held.usable_until && !held.is(rejected) => {
                held.refresh_at = now.monotonic + PAUSE;
                Ok(held.token.clone())
            }
            (Err(cause), _) => Err(cause),
        }
    }

    fn hold(&mut self, now: Now, token: AccessToken) -> AccessToken {
        self.generation += 1;
        self.failed = None;
        let token = token.of_generation(self.generation);
        let lifetime = token.lifetime();
        let margin = MARGIN.min(lifetime / 10);
        let end = now.monotonic.saturating_add(lifetime);
        self.held = Some(Held {
            token: token.clone(),
            refresh_at: end - margin - self.random.up_to(margin),
            usable_until: end - RESERVE.min(lifetime / 20),
        });
        token
    }
}

fn read(response: Response<Bytes>) -> Result<AccessToken, Cause> {
    if !response.status().is_success() {
        return Err(Cause::Response(ResponseError::refused(response).of(Credentials::TOKEN_REQUEST)));
    }
    token(response.body())
        .map_err(|error| Cause::Response(ResponseError::unreadable(response, error).of(Credentials::TOKEN_REQUEST)))
}

fn token(body: &Bytes) -> Result<AccessToken, serde_json::Error> {
    let reply = Document::<TokenReply>::from_json(body.clone())?;
    if reply.token_type().is_some_and(|kind| !kind.eq_ignore_ascii_case("Bearer")) {
        return Err(serde_json::Error::custom("the token is of another type than `Bearer`"));
    }
    let token = reply.access_token().ok_or_else(|| serde_json::Error::missing_field("access_token"))?;
    let token = AccessToken::new(token).map_err(serde_json::Error::custom)?;
    Ok(match reply.expires_in() {
        Some(seconds) => token.expires_in(Duration::from_secs(seconds)),
        None => token,
    })
}

/// The session contains the secret, and does not show it.
impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenCache")
            .field("environment", &self.session.configuration().environment)
            .field("held", &self.held)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use pingone_model::{Environment, Region};

    use super::*;
    use crate::{Configuration, Credentials, Session};

    fn at(seconds: u64) -> Now {
        Now::new(Duration::from_secs(seconds), SystemTime::UNIX_EPOCH)
    }

    fn cache() -> TokenCache {
        let credentials = Credentials::client_secret_basic("id", "hunter2");
        let configuration = Configuration::new(Environment::new(Region::Europe, "e-1"), credentials);
        Session::new(configuration, 7).unwrap().tokens()
    }

    fn reply(body: &'static str) -> Result<Response<Bytes>, TransportError> {
        Ok(Response::new(Bytes::from_static(body.as_bytes())))
    }

    #[test]
    fn a_token_is_replaced_before_its_end_by_each_client_at_another_moment() {
        let refreshes: std::collections::BTreeSet<_> = (0..100)
            .map(|seed| {
                let mut cache = cache();
                cache.random = Random::new(seed);
                let body = r#"{"access_token":"t","token_type":"bearer","expires_in":3600}"#;
                assert_eq!(cache.received(at(100), None, reply(body)).unwrap().bearer(), "Bearer t");
                (100..3_700).find(|second| cache.get(at(*second), None).is_none()).unwrap()
            })
            .collect();
        assert!(refreshes.iter().all(|second| (3_580..=3_640).contains(second)), "{refreshes:?}");
        assert!(refreshes.len() > 20, "{refreshes:?}");
    }

    #[test]
    fn a_short_life_is_not_eaten_by_the_margin() {
        let mut cache = cache();
        cache.received(at(0), None, reply(r#"{"access_token":"t","expires_in":10}"#)).unwrap();
        assert!(cache.get(at(7), None).is_some() && cache.get(at(9), None).is_none());
    }

    #[test]
    fn an_early_fetch_that_fails_keeps_the_old_token_while_it_lives() {
        let mut cache = cache();
        let failure = || Err(TransportError::maybe_sent("reset"));
        let first = cache.received(at(0), None, reply(r#"{"access_token":"t","expires_in":3600}"#)).unwrap();
        assert!(cache.get(at(3_550), None).is_none(), "time for another one");
        assert!(cache.received(at(3_550), None, failure()).unwrap().is_of_generation_of(&first));
        assert!(cache.get(at(3_551), None).is_some(), "and it is not asked for at every call");
        assert!(cache.get(at(3_561), None).is_none());
        assert!(cache.received(at(3_596), None, failure()).is_err(), "too old");

        let mut rejected = self::cache();
        let first = rejected.received(at(0), None, reply(r#"{"access_token":"t","expires_in":3600}"#)).unwrap();
        assert!(rejected.received(at(1), Some(&first), failure()).is_err(), "it is of no use");
    }

    #[test]
    fn an_odd_lifetime_is_survived() {
        for (body, lives) in [
            (r#"{"access_token":"t"}"#, 239),
            (r#"{"access_token":"t","expires_in":"soon"}"#, 239),
            (r#"{"access_token":"t","expires_in":18446744073709551615}"#, 1_000_000),
        ] {
            let mut cache = cache();
            cache.received(at(0), None, reply(body)).unwrap();
            assert!(cache.get(at(lives), None).is_some(), "{body}");
        }
        let mut dead = cache();
        dead.received(at(0), None, reply(r#"{"access_token":"t","expires_in":0}"#)).unwrap();
        assert!(dead.get(at(0), None).is_none());
    }

    #[test]
    fn a_rejected_token_is_replaced_once_however_many_report_it() {
        let mut cache = cache();
        let body = r#"{"access_token":"same","expires_in":3600}"#;
        let first = cache.received(at(0), None, reply(body)).unwrap();
        assert!(cache.get(at(1), Some(&first)).is_none());
        cache.received(at(1), None, reply(body)).unwrap();
        assert!(cache.get(at(2), Some(&first)).is_some(), "the second report finds the new token");
    }

    #[test]
    fn what_is_no_token_is_an_error_that_keeps_the_answer() {
        for body in [
            "",
            "<html>",
            "{}",
            r#"{"access_token":7}"#,
            r#"{"access_token":""}"#,
            r#"{"access_token":"a\nb"}"#,
            r#"{"access_token":"t","token_type":"mac"}"#,
        ] {
            let mut cache = cache();
            let Cause::Response(error) = cache.received(at(0), None, reply(body)).unwrap_err() else {
                panic!("{body}")
            };
            assert_eq!((error.status().as_u16(), error.body().as_ref()), (200, body.as_bytes()));
            assert!(cache.get(at(0), None).is_none());
        }
    }

    #[test]
    fn nothing_secret_is_shown() {
        let mut cache = cache();
        let token = cache.received(at(0), None, reply(r#"{"access_token":"hunter3"}"#)).unwrap();
        let shown = format!("{cache:?} {token:?}");
        assert!(!shown.contains("hunter") && !shown.contains("aWQ6"), "{shown}");
    }
}
