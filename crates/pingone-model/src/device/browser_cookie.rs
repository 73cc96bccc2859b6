use std::fmt;

use http::{HeaderMap, header};

/// The cookie by which PingOne recognizes a browser.
///
/// It comes when the browser [is remembered](crate::user_device::RememberBrowser). Keep it for that browser, and give
/// it back when you ask [whether it is remembered](crate::CheckRememberedDevice). Whoever has it has a second factor:
/// `Debug` does not show it.
///
/// ```
/// use pingone_model::{BrowserCookie, CheckRememberedDevice};
///
/// // From where you kept it.
/// let cookie = BrowserCookie::from("P1RM=abc");
/// let check = CheckRememberedDevice::new("u-1", "p-1", &cookie, "output of the Signals SDK");
/// # assert_eq!(cookie.as_str(), "P1RM=abc");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BrowserCookie(Box<str>);

impl BrowserCookie {
    /// The cookie as a request carries it: `name=value`, with several separated by `; `.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The cookies that the `set-cookie` headers of a response set. Which of several counts is not documented, so all
    /// are kept.
    pub(crate) fn set_by(headers: &HeaderMap) -> Option<Self> {
        let lines = headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
        let pairs = lines.map(|line| line.split(';').next().unwrap_or_default().trim());
        let pairs: Vec<_> = pairs.filter(|pair| pair.contains('=')).collect();
        (!pairs.is_empty()).then(|| Self(pairs.join("; ").into()))
    }
}

/// `name=value`, from where it was kept.
impl From<&str> for BrowserCookie {
    fn from(cookie: &str) -> Self {
        Self(cookie.into())
    }
}

impl From<String> for BrowserCookie {
    fn from(cookie: String) -> Self {
        Self(cookie.into())
    }
}

impl From<&Self> for BrowserCookie {
    fn from(cookie: &Self) -> Self {
        cookie.clone()
    }
}

impl fmt::Debug for BrowserCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserCookie(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_by(lines: &[&str]) -> Option<BrowserCookie> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::SET_COOKIE, line.parse().unwrap());
        }
        BrowserCookie::set_by(&headers)
    }

    #[test]
    fn names_and_values_are_kept_without_attributes() {
        let cookie = set_by(&["P1RM=a=b; Path=/; Secure; HttpOnly", "ST=c;Max-Age=1"]).unwrap();
        assert_eq!(cookie.as_str(), "P1RM=a=b; ST=c");
        assert_eq!(format!("{cookie:?}"), "BrowserCookie(..)");
        assert!(set_by(&[]).is_none() && set_by(&["; Path=/", "nothing"]).is_none());
    }
}
