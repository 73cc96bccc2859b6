//! A passkey's place, by WebDriver: <https://www.w3.org/TR/webauthn-3/#sctn-automation>.

use http::Method;
use serde_json::{Value, json};

use crate::{Failure, page::Page};

/// What its user says when it asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Consent {
    Given,
    Refused,
}

/// A passkey that is in it. Bytes are Base64URL.
pub(super) struct Credential {
    pub(super) id: String,
    pub(super) private_key: String,
    pub(super) user: String,
    pub(super) relying_party: &'static str,
}

pub(super) struct VirtualAuthenticator<'a> {
    page: &'a Page,
    id: String,
}

impl<'a> VirtualAuthenticator<'a> {
    pub(super) async fn add(page: &'a Page, consent: Consent, credential: &Credential) -> Result<Self, Failure> {
        let options = json!({
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
            "isUserVerified": true, "isUserConsenting": consent == Consent::Given,
        });
        let id = page.web_driver(Method::POST, "webauthn/authenticator", options).await?;
        let id = id.as_str().ok_or("Chromium has no virtual authenticator")?.to_owned();
        let Credential { id: credential_id, private_key, user, relying_party } = credential;
        let body = json!({
            "credentialId": credential_id, "isResidentCredential": true, "rpId": relying_party,
            "privateKey": private_key, "userHandle": user, "signCount": 0,
        });
        page.web_driver(Method::POST, &format!("webauthn/authenticator/{id}/credential"), body).await?;
        Ok(Self { page, id })
    }

    pub(super) async fn remove(self) -> Result<(), Failure> {
        let path = format!("webauthn/authenticator/{}", self.id);
        self.page.web_driver(Method::DELETE, &path, Value::Null).await.map(drop)
    }
}
