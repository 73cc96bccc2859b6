//! What goes with the browser, so that the service keeps nothing.

use std::time::{Duration, SystemTime};

use axum::http::{HeaderMap, header::COOKIE};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use pingone_async::{DeviceAuthenticationId, DeviceId, PushWait, UserId};
use ring::{hmac, rand::SystemRandom};
use serde::{Deserialize, Serialize};

const NAME: &str = "log_in";

/// How long a cookie is good. Nobody can take one back, so it is short.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// A log-in. None of it is secret; the signature keeps it from being changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct LogIn {
    pub(crate) who: Who,
    pub(crate) at: At,
}

/// For whom it began. Nobody else is let in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Who {
    /// As the user wrote it.
    pub(crate) name: String,
    pub(crate) user: UserId,
}

/// Where it stands, as far as that is not PingOne's to say.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum At {
    /// A push is pending.
    Push(PushWait),
    /// Something else is to be done, with anything but the device whose push was taken back.
    Step { id: DeviceAuthenticationId, abandoned: Option<DeviceId> },
    /// The user is logged in. This is only a demonstration: a session of yours can be ended by the service.
    Done,
}

impl At {
    pub(crate) fn id(&self) -> Option<&DeviceAuthenticationId> {
        match self {
            Self::Push(wait) => Some(wait.id()),
            Self::Step { id, .. } => Some(id),
            Self::Done => None,
        }
    }

    /// The device whose push was taken back, or not answered.
    pub(crate) fn abandoned(&self) -> Option<&DeviceId> {
        match self {
            Self::Push(wait) => wait.device_id(),
            Self::Step { abandoned, .. } => abandoned.as_ref(),
            Self::Done => None,
        }
    }
}

/// The log-in with the end of its time, in seconds since 1970.
#[derive(Serialize, Deserialize)]
struct Sealed {
    until: u64,
    log_in: LogIn,
}

/// Signs what goes with the browser. All replicas have the same.
pub(crate) struct Key(hmac::Key);

impl Key {
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// `None` if the system has no randomness to give.
    pub(crate) fn random() -> Option<Self> {
        hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new()).ok().map(Self)
    }

    /// The header that has the browser keep this log-in.
    pub(crate) fn cookie(&self, log_in: LogIn) -> Result<String, serde_json::Error> {
        let until = (now() + LIFETIME).as_secs();
        let text = serde_json::to_string(&Sealed { until, log_in })?;
        let tag = hmac::sign(&self.0, text.as_bytes());
        let (text, tag) = (URL_SAFE_NO_PAD.encode(text), URL_SAFE_NO_PAD.encode(tag));
        Ok(cookie(&format!("{text}.{tag}"), LIFETIME))
    }

    /// The log-in that the browser brings: `Ok(None)` is none, and an error is one that is forged or too old.
    pub(crate) fn read(&self, headers: &HeaderMap) -> Result<Option<LogIn>, Forged> {
        let cookies = headers.get_all(COOKIE).into_iter().filter_map(|header| header.to_str().ok());
        let mut pairs = cookies.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let Some((_, value)) = pairs.find(|(name, _)| *name == NAME) else { return Ok(None) };
        self.open(value, now()).map(Some).ok_or(Forged)
    }

    fn open(&self, value: &str, now: Duration) -> Option<LogIn> {
        let (text, tag) = value.split_once('.')?;
        let (text, tag) = (URL_SAFE_NO_PAD.decode(text).ok()?, URL_SAFE_NO_PAD.decode(tag).ok()?);
        hmac::verify(&self.0, &text, &tag).ok()?;
        let sealed: Sealed = serde_json::from_slice(&text).ok()?;
        (now.as_secs() < sealed.until).then_some(sealed.log_in)
    }
}

/// A cookie that no replica has signed, or whose time is over.
#[derive(Debug)]
pub(crate) struct Forged;

/// The header that has the browser forget the log-in.
pub(crate) fn no_cookie() -> String {
    cookie("", Duration::ZERO)
}

/// Behind TLS, add `Secure` and call it `__Host-log_in`.
fn cookie(value: &str, lifetime: Duration) -> String {
    format!("{NAME}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict", lifetime.as_secs())
}

/// Since 1970.
pub(crate) fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_good_for_a_quarter_of_an_hour() {
        let key = Key::new(b"key");
        let who = Who { name: "ada".to_owned(), user: "u-1".into() };
        let header = key.cookie(LogIn { who, at: At::Done }).unwrap();
        let value = header.split_once('=').unwrap().1.split_once(';').unwrap().0;
        let after = |minutes: u64| now() + Duration::from_secs(60 * minutes);
        assert!(matches!(key.open(value, after(14)), Some(LogIn { at: At::Done, .. })));
        assert!(key.open(value, after(15)).is_none());
        assert!(Key::new(b"another").open(value, now()).is_none());
        assert!(Key::random().unwrap().open(value, now()).is_none());
    }
}
