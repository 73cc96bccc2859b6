use std::{fmt, time::Duration};

use http::HeaderValue;
use pingone_model::RequestError;

/// An access token, which authorizes a request. It is opaque, and `Debug` does not show it.
#[derive(Clone)]
pub struct AccessToken {
    bearer: HeaderValue,
    lifetime: Duration,
    /// Which fetch it came from: two fetches may return the same text.
    generation: u64,
}

/// If the lifetime of a token is not known.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);

/// The service accepts headers of 6 KB in total; a gateway in front of it may accept more.
const MAX_LENGTH: usize = 16 * 1024;

impl AccessToken {
    /// A token of your own, valid for 5 minutes unless you [say otherwise](Self::expires_in).
    ///
    /// # Errors
    ///
    /// The token is empty, has a character other than visible ASCII, or is longer than 16 KiB: no header of that kind
    /// would arrive.
    pub fn new(token: &str) -> Result<Self, RequestError> {
        let problem = match token {
            "" => "is empty: pass the token as the service gave it",
            _ if token.len() > MAX_LENGTH => "is longer than 16 KiB, too long for a header: pass only the token",
            _ if !token.bytes().all(|byte| byte.is_ascii_graphic()) => {
                "has a character other than visible ASCII: pass it as the service gave it"
            }
            _ => {
                let bearer = HeaderValue::try_from(format!("Bearer {token}"));
                if let Ok(mut bearer) = bearer {
                    bearer.set_sensitive(true);
                    return Ok(Self { bearer, lifetime: DEFAULT_LIFETIME, generation: 0 });
                }
                "cannot be sent in a header: pass it as the service gave it"
            }
        };
        Err(RequestError::new("access_token", problem))
    }

    /// Sets how long it is still valid. A client replaces it before then.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    pub(crate) fn of_generation(mut self, generation: u64) -> Self {
        self.generation = generation;
        self
    }

    pub(crate) fn is_of_generation_of(&self, other: &Self) -> bool {
        self.generation == other.generation
    }

    pub(crate) fn bearer(&self) -> HeaderValue {
        self.bearer.clone()
    }

    pub(crate) fn lifetime(&self) -> Duration {
        self.lifetime
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_header_can_carry_is_not_a_token() {
        let (longest, too_long) = ("a".repeat(16 * 1024), "a".repeat(16 * 1024 + 1));
        for good in ["eyJhbGciOiJSUzI1NiJ9.e30.c2ln", "a~+/=", &longest] {
            assert_eq!(AccessToken::new(good).unwrap().bearer(), format!("Bearer {good}"));
        }
        for bad in ["", " ", "a b", "a\n", "\u{e9}", "a\u{7f}", &too_long] {
            assert_eq!(AccessToken::new(bad).unwrap_err().argument(), "access_token");
        }
    }
}
