use std::{fmt, time::Duration};

use http::HeaderValue;
use pingone_model::RequestError;

/// What a request is authorized with. Opaque, and not shown.
#[derive(Clone)]
pub struct AccessToken {
    bearer: HeaderValue,
    lifetime: Duration,
    /// Which fetch it came from: two fetches may bring the same text.
    generation: u64,
}

/// If nobody says how long a token lives.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);

impl AccessToken {
    /// A token of your own, which lives for 5 minutes unless you [say otherwise](Self::expires_in).
    ///
    /// # Errors
    ///
    /// The token is empty, or cannot stand in a header.
    pub fn new(token: &str) -> Result<Self, RequestError> {
        if token.is_empty() {
            return Err(RequestError::new("access_token", "is empty: pass the token as the service gave it"));
        }
        let mut bearer = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| {
            RequestError::new("access_token", "cannot stand in a header: pass it as the service gave it")
        })?;
        bearer.set_sensitive(true);
        Ok(Self { bearer, lifetime: DEFAULT_LIFETIME, generation: 0 })
    }

    /// Sets how long it still lives. A client replaces it before that.
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
