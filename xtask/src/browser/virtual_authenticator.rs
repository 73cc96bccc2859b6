//! A passkey's place, by WebDriver: <https://www.w3.org/TR/webauthn-3/#sctn-automation>.

use http::Method;
use serde_json::{Value, json};

use crate::{Failure, page::Page};

/// What comes of it when it asks for its user's finger.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Finger {
    Right,
    Wrong,
}

pub(super) struct VirtualAuthenticator<'a> {
    page: &'a Page,
    path: String,
}

impl<'a> VirtualAuthenticator<'a> {
    /// One with these passkeys in it, such as another one had.
    pub(super) async fn add(page: &'a Page, finger: Finger, passkeys: &[Value]) -> Result<Self, Failure> {
        let options = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": finger == Finger::Right,
        });
        let id = page.web_driver(Method::POST, "webauthn/authenticator", options).await?;
        let id = id.as_str().ok_or("Chromium has no virtual authenticator")?;
        let authenticator = Self { page, path: format!("webauthn/authenticator/{id}") };
        for passkey in passkeys {
            page.web_driver(Method::POST, &format!("{}/credential", authenticator.path), passkey.clone()).await?;
        }
        Ok(authenticator)
    }

    async fn passkeys(&self) -> Result<Vec<Value>, Failure> {
        let passkeys = self.page.web_driver(Method::GET, &format!("{}/credentials", self.path), Value::Null).await?;
        Ok(serde_json::from_value(passkeys)?)
    }

    /// Takes it away; its passkeys, whose counters have gone on, are for the next.
    pub(super) async fn remove(self) -> Result<Vec<Value>, Failure> {
        let passkeys = self.passkeys().await?;
        self.page.web_driver(Method::DELETE, &self.path, Value::Null).await?;
        Ok(passkeys)
    }
}
