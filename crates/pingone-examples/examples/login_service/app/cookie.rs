//! Cookies: signed, and kept from other sites.
//!
//! Nobody can alter one, and over TLS no sibling domain can plant one (`__Host-`). But somebody who copies one out of
//! the browser can do what its owner can, until it is over.

use std::time::{Duration, SystemTime};

use axum::http::{HeaderMap, header::COOKIE};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{hmac, rand::SystemRandom};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::origin::Origin;

/// A cookie's name, and how long it is valid.
#[derive(Clone, Copy)]
pub(crate) struct Cookie {
    name: &'static str,
    lifetime: Duration,
}

/// The log-in or the session.
pub(crate) const VISIT: Cookie = Cookie { name: "visit", lifetime: Duration::from_secs(15 * 60) };
/// Identifies a remembered browser to PingOne.
pub(crate) const REMEMBERED: Cookie = Cookie { name: "remembered", lifetime: Duration::from_secs(90 * 24 * 60 * 60) };
/// The device this browser last logged in with.
pub(crate) const LAST_DEVICE: Cookie =
    Cookie { name: "last_device", lifetime: Duration::from_secs(400 * 24 * 60 * 60) };

/// What a cookie contains. `until` is in seconds since 1970; `name` keeps one cookie from being used as another.
#[derive(Serialize, Deserialize)]
struct Sealed<T> {
    name: String,
    until: u64,
    value: T,
}

/// A cookie that was not signed with our key, or has expired.
#[derive(Debug)]
pub(crate) struct Forged;

impl Cookie {
    pub(crate) fn lifetime(self) -> Duration {
        self.lifetime
    }

    /// The header that sets it.
    pub(crate) fn set<T: Serialize>(self, value: T, key: &Key, origin: &Origin) -> Result<String, serde_json::Error> {
        let until = (now() + self.lifetime).as_secs();
        let text = serde_json::to_string(&Sealed { name: self.name.to_owned(), until, value })?;
        Ok(self.header(&key.seal(&text), self.lifetime, origin))
    }

    /// The header that deletes it.
    pub(crate) fn clear(self, origin: &Origin) -> String {
        self.header("", Duration::ZERO, origin)
    }

    /// The value that the browser sent; `Ok(None)` if it sent none.
    pub(crate) fn get<T: DeserializeOwned>(
        self,
        headers: &HeaderMap,
        key: &Key,
        origin: &Origin,
    ) -> Result<Option<T>, Forged> {
        let cookies = headers.get_all(COOKIE).into_iter().filter_map(|header| header.to_str().ok());
        let mut pairs = cookies.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let name = self.full_name(origin);
        let Some((_, value)) = pairs.find(|(other, _)| *other == name) else { return Ok(None) };
        self.open(value, key, now()).map(Some).ok_or(Forged)
    }

    fn open<T: DeserializeOwned>(self, value: &str, key: &Key, now: Duration) -> Option<T> {
        let sealed: Sealed<T> = serde_json::from_slice(&key.open(value)?).ok()?;
        (sealed.name == self.name && now.as_secs() < sealed.until).then_some(sealed.value)
    }

    fn header(self, value: &str, lifetime: Duration, origin: &Origin) -> String {
        let (name, seconds) = (self.full_name(origin), lifetime.as_secs());
        let secure = if origin.is_plain_loopback() { "" } else { "; Secure" };
        format!("{name}={value}; Path=/; Max-Age={seconds}{secure}; HttpOnly; SameSite=Strict")
    }

    /// Browsers refuse the prefix without TLS.
    fn full_name(self, origin: &Origin) -> String {
        format!("{}{}", if origin.is_plain_loopback() { "" } else { "__Host-" }, self.name)
    }
}

/// Signs the cookies. All replicas have the same key.
pub(crate) struct Key(hmac::Key);

impl Key {
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// `None` if the system's random number generator fails.
    pub(crate) fn random() -> Option<Self> {
        hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new()).ok().map(Self)
    }

    /// A stand-in for a text that must not be stored itself. It cannot be turned into a cookie.
    pub(crate) fn digest(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.0, format!("digest\0{text}").as_bytes()))
    }

    fn seal(&self, text: &str) -> String {
        format!("{}.{}", URL_SAFE_NO_PAD.encode(text), URL_SAFE_NO_PAD.encode(hmac::sign(&self.0, text.as_bytes())))
    }

    fn open(&self, sealed: &str) -> Option<Vec<u8>> {
        let (text, tag) = sealed.split_once('.')?;
        let (text, tag) = (URL_SAFE_NO_PAD.decode(text).ok()?, URL_SAFE_NO_PAD.decode(tag).ok()?);
        hmac::verify(&self.0, &text, &tag).ok()?;
        Some(text)
    }
}

/// The time since 1970.
pub(crate) fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://login.example.com";

    fn origin() -> Origin {
        Origin::new(HERE).unwrap()
    }

    fn value(header: &str) -> &str {
        header.split_once('=').unwrap().1.split_once(';').unwrap().0
    }

    #[test]
    fn a_visit_is_good_for_a_quarter_of_an_hour() {
        let key = Key::new(b"key");
        let header = VISIT.set("ada", &key, &origin()).unwrap();
        let open = |key: &Key, minutes: u64| {
            VISIT.open::<String>(value(&header), key, now() + Duration::from_secs(60 * minutes))
        };
        assert_eq!(open(&key, 14).as_deref(), Some("ada"));
        assert_eq!(open(&key, 15), None);
        assert_eq!(open(&Key::new(b"another"), 0), None);
        assert_eq!(open(&Key::random().unwrap(), 0), None);
        assert_eq!(LAST_DEVICE.open::<String>(value(&header), &key, now()), None, "one cookie is not another");
    }

    #[test]
    fn a_cookie_is_the_host_s_alone_wherever_there_is_tls() {
        let key = Key::new(b"key");
        let header = VISIT.set("ada", &key, &origin()).unwrap();
        assert!(header.starts_with("__Host-visit="), "{header}");
        assert!(header.ends_with("; Path=/; Max-Age=900; Secure; HttpOnly; SameSite=Strict"), "{header}");
        let plain = VISIT.set("ada", &key, &Origin::new("http://localhost:8080").unwrap()).unwrap();
        assert!(plain.starts_with("visit=") && !plain.contains("Secure"), "{plain}");
        let brought = |name: &str| {
            let cookie = format!("a=b; {name}={}; c=d", value(&header));
            let headers = HeaderMap::from_iter([(COOKIE, cookie.parse().unwrap())]);
            VISIT.get::<String>(&headers, &key, &origin()).unwrap()
        };
        assert_eq!(brought("__Host-visit").as_deref(), Some("ada"));
        assert_eq!(brought("visit"), None, "one that a sibling domain has planted");
    }
}
