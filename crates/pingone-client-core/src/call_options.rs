use std::{fmt, time::Duration};

use http::{HeaderMap, HeaderName, HeaderValue};
use pingone_model::RequestError;

use crate::{RetryPolicy, time_limit};

/// Options of one call.
///
/// ```
/// use std::time::Duration;
///
/// use pingone_client_core::CallOptions;
///
/// let options = CallOptions::new().timeout(Duration::from_secs(5)).transaction_id("order-4711");
/// ```
///
/// The two ids come back in PingOne's audit events, as `externalCorrelation`. They have from 1 to 100 characters:
/// letters and digits of ASCII and `. _ - / @ = # +`; the service would cut or change any other. Use nothing that is
/// secret or personal: whoever reads the audit log reads them.
///
/// <https://developer.pingidentity.com/pingone-api/platform/reference/external-transaction-and-session-ids.html>
#[derive(Clone, Default)]
pub struct CallOptions {
    timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    transaction_id: Option<Box<str>>,
    session_id: Option<Box<str>>,
}

/// The spelling of the last letters varies between the pages; header names ignore case.
const TRANSACTION_ID: HeaderName = HeaderName::from_static("x-ping-external-transaction-id");
const SESSION_ID: HeaderName = HeaderName::from_static("x-ping-external-session-id");

impl CallOptions {
    /// No options.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the call may take, instead of [`Configuration::timeout`](crate::Configuration::timeout). Zero is refused.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// When the call is retried, instead of [`Configuration::retry`](crate::Configuration::retry).
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Your own id of the transaction that this call is part of: `X-Ping-External-Transaction-ID`.
    #[must_use]
    pub fn transaction_id(mut self, id: impl Into<Box<str>>) -> Self {
        self.transaction_id = Some(id.into());
        self
    }

    /// Your own id of the user's session: `X-Ping-External-Session-ID`.
    #[must_use]
    pub fn session_id(mut self, id: impl Into<Box<str>>) -> Self {
        self.session_id = Some(id.into());
        self
    }

    /// These, with `defaults` for what is not set.
    #[must_use]
    pub fn or(&self, defaults: &Self) -> Self {
        Self {
            timeout: self.timeout.or(defaults.timeout),
            retry: self.retry.as_ref().or(defaults.retry.as_ref()).cloned(),
            transaction_id: self.transaction_id.as_ref().or(defaults.transaction_id.as_ref()).cloned(),
            session_id: self.session_id.as_ref().or(defaults.session_id.as_ref()).cloned(),
        }
    }

    pub(crate) fn timeout_or(&self, default: Duration) -> Result<Duration, RequestError> {
        self.timeout.map_or(Ok(default), |timeout| time_limit::checked("timeout", timeout))
    }

    pub(crate) fn retry_or(&self, default: &RetryPolicy) -> RetryPolicy {
        self.retry.as_ref().unwrap_or(default).clone()
    }

    pub(crate) fn dress(&self, headers: &mut HeaderMap) -> Result<(), RequestError> {
        for (argument, name, id) in
            [("transaction_id", TRANSACTION_ID, &self.transaction_id), ("session_id", SESSION_ID, &self.session_id)]
        {
            if let Some(id) = id {
                headers.insert(name, header(argument, id)?);
            }
        }
        Ok(())
    }
}

fn header(argument: &'static str, id: &str) -> Result<HeaderValue, RequestError> {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-/@=#+".contains(&byte);
    if !(1..=100).contains(&id.len()) {
        return Err(RequestError::new(
            argument,
            "is empty or has more than 100 characters: pass a shorter id, or none",
        ));
    }
    let value = HeaderValue::try_from(id).ok().filter(|_| id.bytes().all(is_allowed));
    let mut value = value.ok_or(RequestError::new(
        argument,
        "has a character other than letters and digits of ASCII and '._-/@=#+': pass an id without it",
    ))?;
    // It comes from the caller, who may have put something personal into it.
    value.set_sensitive(true);
    Ok(value)
}

/// Whether there is an id, but not which.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("transaction_id", &self.transaction_id.is_some())
            .field("session_id", &self.session_id.is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_the_service_would_change_are_refused() {
        let longest = "a".repeat(100);
        for good in ["a", "Zz09._-/@=#+", &longest] {
            assert_eq!(header("session_id", good).unwrap(), good);
        }
        for bad in ["", &"a".repeat(101), "a b", "a\n", "é", "a%20", "a?"] {
            assert_eq!(header("session_id", bad).unwrap_err().argument(), "session_id", "{bad}");
        }
    }
}
