//! The access token, and the cache that a client's calls share.

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderValue, Request, Response};
use pingone_model::{Environment, Idempotency, OperationInfo, RequestError, ResponseError};
use serde::de::Error as _;
use serde_json::Value;

use crate::{Credentials, Now, TransportError, error::Cause};

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
#[derive(Debug)]
pub struct TokenCache {
    request: TokenRequest,
    held: Option<Held>,
    generation: u64,
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
    usable_until: Duration,
}

/// If the service does not say how long a token lives.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);

/// A token is replaced this long before its end, so that it does not die on the way.
const MARGIN: Duration = Duration::from_secs(60);

impl TokenCache {
    /// A POST, but one that may be repeated: a token more does no harm.
    pub(crate) const INFO: OperationInfo = {
        let form = "application/x-www-form-urlencoded";
        let mut info = OperationInfo::post("token", "/{envID}/as/token", form, &[]);
        info.idempotency = Idempotency::Idempotent;
        info
    };

    pub(crate) fn new(environment: &Environment, credentials: &Credentials) -> Result<Self, RequestError> {
        let request = TokenRequest(credentials.token_request(environment)?);
        Ok(Self { request, held: None, generation: 0 })
    }

    /// The token, unless it is too old or is the one that was rejected.
    pub(crate) fn get(&self, now: Now, rejected: Option<&AccessToken>) -> Option<AccessToken> {
        let held = self.held.as_ref().filter(|held| now.monotonic < held.usable_until)?;
        let is_rejected = rejected.is_some_and(|rejected| rejected.generation == held.token.generation);
        (!is_rejected).then(|| held.token.clone())
    }

    pub(crate) fn request(&self) -> Request<Bytes> {
        self.request.0.clone()
    }

    pub(crate) fn received(
        &mut self,
        now: Now,
        response: Result<Response<Bytes>, TransportError>,
    ) -> Result<AccessToken, Cause> {
        let response = response.map_err(Cause::Transport)?;
        if !response.status().is_success() {
            return Err(Cause::Response(ResponseError::refused(response)));
        }
        let generation = self.generation + 1;
        let (token, lifetime) = read(response.body(), generation)
            .map_err(|error| Cause::Response(ResponseError::unreadable(response, error)))?;
        let usable_until = now.monotonic + lifetime - MARGIN.min(lifetime / 10);
        self.generation = generation;
        self.held = Some(Held { token: token.clone(), usable_until });
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
        TokenCache::new(&Environment::new(Region::Europe, "e-1"), &credentials).unwrap()
    }

    fn reply(body: &'static str) -> Result<Response<Bytes>, TransportError> {
        Ok(Response::new(Bytes::from_static(body.as_bytes())))
    }

    #[test]
    fn a_token_is_used_until_shortly_before_its_end() {
        let mut cache = cache();
        assert!(cache.get(at(0), None).is_none());
        cache.received(at(100), reply(r#"{"access_token":"t","token_type":"bearer","expires_in":3600}"#)).unwrap();
        assert_eq!(cache.get(at(3_639), None).unwrap().bearer(), "Bearer t");
        assert!(cache.get(at(3_640), None).is_none());
    }

    #[test]
    fn a_short_life_is_not_eaten_by_the_margin() {
        let mut cache = cache();
        cache.received(at(0), reply(r#"{"access_token":"t","expires_in":10}"#)).unwrap();
        assert!(cache.get(at(8), None).is_some() && cache.get(at(9), None).is_none());
    }

    #[test]
    fn an_odd_lifetime_is_survived() {
        for (body, lives) in [
            (r#"{"access_token":"t"}"#, 269),
            (r#"{"access_token":"t","expires_in":"soon"}"#, 269),
            (r#"{"access_token":"t","expires_in":18446744073709551615}"#, 1_000_000),
        ] {
            let mut cache = cache();
            cache.received(at(0), reply(body)).unwrap();
            assert!(cache.get(at(lives), None).is_some(), "{body}");
        }
        let mut dead = cache();
        dead.received(at(0), reply(r#"{"access_token":"t","expires_in":0}"#)).unwrap();
        assert!(dead.get(at(0), None).is_none());
    }

    #[test]
    fn a_rejected_token_is_replaced_once_however_many_report_it() {
        let mut cache = cache();
        let body = r#"{"access_token":"same text","expires_in":3600}"#;
        let first = cache.received(at(0), reply(body)).unwrap();
        assert!(cache.get(at(1), Some(&first)).is_none());
        cache.received(at(1), reply(body)).unwrap();
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
            let Cause::Response(error) = cache.received(at(0), reply(body)).unwrap_err() else { panic!("{body}") };
            assert_eq!((error.status().as_u16(), error.body().as_ref()), (200, body.as_bytes()));
            assert!(cache.get(at(0), None).is_none());
        }
    }

    #[test]
    fn nothing_secret_is_shown() {
        let mut cache = cache();
        let token = cache.received(at(0), reply(r#"{"access_token":"hunter3"}"#)).unwrap();
        let shown = format!("{cache:?} {token:?}");
        assert!(!shown.contains("hunter") && !shown.contains("aWQ6"), "{shown}");
    }
}
