//! A remembered browser takes the place of a device, after the first factor.
//!
//! PingOne recognizes the browser by the output of the Signals SDK. `files/signals.js` is where to fetch it, and has a
//! stand-in that says that it is one.

use axum::http::HeaderMap;
use pingone_async::{BrowserCookie, CheckRememberedDevice, RememberedDevice, user_device::RememberBrowser};
use serde::{Deserialize, Serialize};

use super::{cookie::REMEMBERED, notice::Notice, people::Who, service::Service};

/// What identifies this browser to PingOne, and for whom.
#[derive(Serialize, Deserialize)]
struct Remembered {
    user: String,
    cookie: String,
}

impl Service {
    /// Whether this browser is remembered for this user. If that cannot be found out, a device is asked.
    pub(super) async fn is_remembered(&self, who: &Who, signals: &str, headers: &HeaderMap) -> bool {
        let brought: Option<Remembered> = self.cookie(REMEMBERED, headers).unwrap_or(None);
        let (Some(brought), Some(policy)) = (brought, &self.settings.policy) else { return false };
        if signals.is_empty() || brought.user != who.user.as_str() {
            return false;
        }
        let check = CheckRememberedDevice::new(&who.user, policy, &*brought.cookie, signals);
        match self.client.send(check).await {
            Ok(RememberedDevice::Remembered(completed)) => completed.is_for(&who.user),
            _ => false,
        }
    }

    /// Has PingOne remember this browser. Returns the header that sets the cookie.
    pub(super) async fn remember(&self, who: &Who, signals: &str) -> Result<String, Notice> {
        let policy = self.settings.policy.as_ref().ok_or_else(Notice::unavailable)?;
        let remember = RememberBrowser::new(&who.user, policy, signals);
        let remembered = self.client.send(remember).await.map_err(|error| Notice::of_error(&error))?;
        let cookie = remembered.cookie().map(BrowserCookie::as_str).ok_or_else(Notice::unavailable)?;
        self.set(REMEMBERED, Remembered { user: who.user.as_str().to_owned(), cookie: cookie.to_owned() })
    }
}
