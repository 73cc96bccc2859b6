//! The access token, and the cache that a client's calls share.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use pingone_model::{Environment, Idempotency, OperationInfo, RequestError, ResponseError};
use serde::de::Error as _;
use serde_json::Value;

use crate::{Credentials, Now, TransportError, error::Cause, random::Random};

/// What a request is authorized with. Opaque, and not shown.
#[derive(Clone)]
pub struct AccessToken {
    bearer: HeaderValue,
    /// Which fetch it came from: two fetches may bring the same text.
    generation: u64,
}

impl AccessToken {
    /// A token of your own, for [`Call::authorized`](crate::Call::authorized).
    ///
    /// # Errors
    ///
    /// The token is empty, or cannot stand in a header.
    pub fn new(token: &str) -> Result<Self, RequestError> {
        Self::of_generation(token, 0)
    }

    fn of_generation(token: &str, generation: u64) -> Result<Self, RequestError> {
        if token.is_empty() {
            return Err(RequestError::new("access_token", "is empty: pass the token as the service gave it"));
        }
        let mut bearer = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| {
            RequestError::new("access_token", "cannot stand in a header: pass it as the service gave it")
        })?;
        bearer.set_sensitive(true);
        Ok(Self { bearer, generation })
    }

    pub(crate) fn bearer(&self) -> HeaderValue {
        self.bearer.clone()
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(..)")
    }
}

/// The token of one environment and one application, shared by all calls of a client.
///
/// A driver keeps it behind a lock and holds the lock from [`Call::authorize`](crate::Call::authorize) to
/// [`Call::token_received`](crate::Call::token_received): so one fetch serves every call that waits, and a token that
/// the service rejects is replaced once, however many calls report it.
///
/// A token is replaced before its end, at a moment that differs from client to client. If that fails, the old one is
/// used for as long as it lives.
#[derive(Debug)]
pub struct TokenCache {
    request: TokenRequest,
    held: Option<Held>,
    generation: u64,
    random: Random,
}

/// Built once and proved by that; it has the secret in it.
struct TokenRequest(Request<Bytes>);

impl fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "POST {}", self.0.uri())
    }
}

#[derive(Debug)]
struct Held {
    token: AccessToken,
    refresh_at: Duration,
    usable_until: Duration,
}

impl Held {
    fn is(&self, rejected: Option<&AccessToken>) -> bool {
        rejected.is_some_and(|rejected| rejected.generation == self.token.generation)
    }
}

/// If the service does not say how long a token lives.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);

/// A token is replaced this long before its end at least, and up to twice as long.
const MARGIN: Duration = Duration::from_secs(60);

/// A token is not used for so long before its end, so that it does not die on the way.
const RESERVE: Duration = Duration::from_secs(5);

/// After an early fetch that failed, the next one is so much later.
const PAUSE: Duration = Duration::from_secs(10);

impl TokenCache {
    /// A POST, but one that may be repeated: a token more does no harm.
    pub(crate) const INFO: OperationInfo = {
        let form = "application/x-www-form-urlencoded";
        let mut info = OperationInfo::post("token", "/{envID}/as/token", form, &[]);
        info.idempotency = Idempotency::Idempotent;
        info
    };

    pub(crate) fn new(
        environment: &Environment,
        credentials: &Credentials,
        random: Random,
    ) -> Result<Self, RequestError> {
        let request = TokenRequest(credentials.token_request(environment)?);
        Ok(Self { request, held: None, generation: 0, random })
    }

    /// The token, unless it is time for another one or it is the one that was rejected.
    pub(crate) fn get(&self, now: Now, rejected: Option<&AccessToken>) -> Option<AccessToken> {
        let held = self.held.as_ref().filter(|held| now.monotonic < held.refresh_at && !held.is(rejected))?;
        Some(held.token.clone())
    }

    pub(crate) fn request(&self) -> Request<Bytes> {
        self.request.0.clone()
    }

    /// Takes the token of the response; if there is none, the old one, while it lives.
    pub(crate) fn received(
        &mut self,
        now: Now,
        rejected: Option<&AccessToken>,
        response: Result<Response<Bytes>, TransportError>,
    ) -> Result<AccessToken, Cause> {
        let fetched = self.fetched(now, response);
        match (fetched, &mut self.held) {
            (Err(_), Some(held)) if now.monotonic < held.usable_until && !held.is(rejected) => {
                held.refresh_at = now.monotonic + PAUSE;
                Ok(held.token.clone())
            }
            (fetched, _) => fetched,
        }
    }

    fn fetched(&mut self, now: Now, response: Result<Response<Bytes>, TransportError>) -> Result<AccessToken, Cause> {
        let response = response.map_err(Cause::Transport)?;
        if !response.status().is_success() {
            return Err(Cause::Response(ResponseError::refused(response)));
        }
        let generation = self.generation + 1;
        let (token, lifetime) = read(response.body(), generation)
            .map_err(|error| Cause::Response(ResponseError::unreadable(response, error)))?;
        let margin = MARGIN.min(lifetime / 10);
        let end = now.monotonic + lifetime;
        self.generation = generation;
        self.held = Some(Held {
            token: token.clone(),
            refresh_at: end - margin - self.random.up_to(margin),
            usable_until: end - RESERVE.min(lifetime / 20),
        });
        Ok(token)
    }
}

fn read(body: &Bytes, generation: u64) -> Result<(AccessToken, Duration), serde_json::Error> {
    let reply: Value = serde_json::from_slice(body)?;
    if reply["token_type"].as_str().is_some_and(|kind| !kind.eq_ignore_ascii_case("Bearer")) {
        return Err(serde_json::Error::custom("the token is of another type than `Bearer`"));
    }
    let token = reply["access_token"].as_str().ok_or_else(|| serde_json::Error::missing_field("access_token"))?;
    let token = AccessToken::of_generation(token, generation).map_err(serde_json::Error::custom)?;
    // A lifetime of centuries must not overflow the clock.
    let lifetime = reply["expires_in"].as_u64().map(|seconds| Duration::from_secs(seconds.min(u32::MAX.into())));
    Ok((token, lifetime.unwrap_or(DEFAULT_LIFETIME)))
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use pingone_model::Region;

    use super::*;

    fn at(seconds: u64) -> Now {
        Now::new(Duration::from_secs(seconds), SystemTime::UNIX_EPOCH)
    }

    fn cache() -> TokenCache {
        let credentials = Credentials::client_secret_basic("id", "hunter2");
        TokenCache::new(&Environment::new(Region::Europe, "e-1"), &credentials, Random::new(7)).unwrap()
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
        assert_eq!(cache.received(at(3_550), None, failure()).unwrap().generation, first.generation);
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
        let body = r#"{"access_token":"same text","expires_in":3600}"#;
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
