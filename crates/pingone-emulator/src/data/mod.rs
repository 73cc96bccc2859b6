//! What the service knows before the first request.

mod read;

use std::{fmt, sync::Arc, time::Duration};

use crate::{
    object::DataError,
    resource::{
        self,
        device_authentication_policy::{Fido2Policy, Policy},
        mfa_settings::MfaSettings,
        oath_token::OathToken,
        population::Population,
        token::{Client, SigningKey},
        user::{Schema, User},
    },
    retention::Retention,
    rules::{NoSuchRule, Rules},
};

/// An environment with its policy, clients and users.
///
/// From JSON ([`from_json`](Self::from_json)), or by code:
///
/// ```
/// use pingone_emulator::{Client, Data, Device, Service, TokenEndpointAuthMethod, User};
/// use serde_json::json;
///
/// let data = Data::new("my-environment", "my-policy")
///     .client(Client::new("my-client", "my-secret", TokenEndpointAuthMethod::ClientSecretPost))
///     .user(
///         User::new("my-user")
///             .device(Device::new("my-phone", "SMS").member("phone", json!("*******44")))
///             .device(Device::new("my-key", "FIDO2").member("rp", json!({ "id": "example.com" }))),
///     );
/// assert_eq!(Service::new(data).user_id(), "my-user");
/// ```
///
/// `Debug` shows no secret and no code.
#[derive(Clone)]
pub struct Data {
    pub(crate) environment_id: String,
    pub(crate) custom_domains: Vec<String>,
    /// The first is the default.
    pub(crate) policies: Vec<Arc<Policy>>,
    pub(crate) fido2_policies: Vec<Fido2Policy>,
    pub(crate) clients: Vec<Client>,
    pub(crate) users: Vec<Arc<User>>,
    pub(crate) mfa_settings: MfaSettings,
    pub(crate) oath_tokens: Vec<OathToken>,
    pub(crate) schema: Schema,
    /// One default population if there is none.
    pub(crate) populations: Vec<Population>,
    pub(crate) token_lifetime: Duration,
    pub(crate) signing_key: Option<SigningKey>,
    pub(crate) code: Option<String>,
    pub(crate) retention: Retention,
    pub(crate) rules: Rules,
}

impl Data {
    /// The text of [`built_in`](Self::built_in): an example of what [`from_json`](Self::from_json) reads.
    pub const BUILT_IN_JSON: &'static str = include_str!("../../data/built-in.json");

    /// An environment with one policy and no users.
    pub fn new(environment_id: impl Into<String>, policy_id: impl Into<String>) -> Self {
        Self::with_policy(environment_id, Policy::new(policy_id))
    }

    /// An environment with this default policy and no users.
    pub fn with_policy(environment_id: impl Into<String>, policy: Policy) -> Self {
        Self {
            environment_id: environment_id.into(),
            custom_domains: Vec::new(),
            policies: vec![Arc::new(policy)],
            fido2_policies: Vec::new(),
            clients: Vec::new(),
            users: Vec::new(),
            mfa_settings: MfaSettings::default(),
            oath_tokens: Vec::new(),
            schema: Schema::default(),
            populations: Vec::new(),
            // Rule: TOKEN_LIVES_AN_HOUR.
            token_lifetime: Duration::from_secs(60 * 60),
            signing_key: SigningKey::built_in(),
            code: None,
            retention: Retention::default(),
            rules: Rules::default(),
        }
    }

    /// The environment of the documented reply to *cancel*: one user with five devices, the first of them a phone that
    /// receives pushes, the last an e-mail address. In addition there are three clients, one for each way to
    /// authenticate with a secret, and a second policy that differs from the defaults, with numbers to match.
    pub fn built_in() -> Self {
        // A test reads it, so the fallback to an empty environment is never used.
        Self::from_json(Self::BUILT_IN_JSON).unwrap_or_else(|_| Self::new("", ""))
    }

    /// Reads data from JSON in the form of [`BUILT_IN_JSON`](Self::BUILT_IN_JSON).
    ///
    /// A device is the object that the service shows inside an authentication. It needs `id` and `type`; every other
    /// member is shown as it is.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or a member is missing, of the wrong type or unknown; or when there is no client or no
    /// user. The error says where.
    pub fn from_json(json: &str) -> Result<Self, DataError> {
        read::json(json)
    }

    /// Reads the same from TOML.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_toml(toml: &str) -> Result<Self, DataError> {
        read::toml(toml)
    }

    /// Also serves the environment at this host, without the environment id in the paths, such as `login.example.com`.
    #[must_use]
    pub fn custom_domain(mut self, host: impl Into<String>) -> Self {
        self.custom_domains.push(host.into());
        self
    }

    /// Adds a policy, for requests that name it.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policies.push(Arc::new(policy));
        self
    }

    /// Adds a FIDO2 policy, for policies that name it. The default one is for those that name none.
    #[must_use]
    pub fn fido2_policy(mut self, policy: Fido2Policy) -> Self {
        self.fido2_policies.push(policy);
        self
    }

    /// Adds a client.
    #[must_use]
    pub fn client(mut self, client: Client) -> Self {
        self.clients.push(client);
        self
    }

    /// Adds a user.
    #[must_use]
    pub fn user(mut self, user: User) -> Self {
        self.users.push(Arc::new(user));
        self
    }

    /// Sets the MFA settings, which apply to all users, such as how many devices one can have.
    #[must_use]
    pub fn mfa_settings(self, mfa_settings: MfaSettings) -> Self {
        Self { mfa_settings, ..self }
    }

    /// Adds a hardware token that a user can pair.
    #[must_use]
    pub fn oath_token(mut self, token: OathToken) -> Self {
        self.oath_tokens.push(token);
        self
    }

    /// Adds a population. If none is added, there is a default one.
    #[must_use]
    pub fn population(mut self, population: Population) -> Self {
        self.populations.push(population);
        self
    }

    /// Adds an attribute that users can have beside the standard ones, such as `department`. Others are ignored.
    #[must_use]
    pub fn custom_attribute(mut self, name: impl Into<String>) -> Self {
        self.schema.custom.push(name.into());
        self
    }

    /// Sets how long a token is valid; an hour by default.
    #[must_use]
    pub fn token_lifetime(self, token_lifetime: Duration) -> Self {
        Self { token_lifetime, ..self }
    }

    /// Signs access tokens with this RSA key instead of the built-in one, which is published. PEM, in PKCS#8 or PKCS#1;
    /// if its certificate follows, `/as/jwks` shows it.
    ///
    /// # Errors
    ///
    /// When it is not an RSA key of 2048 to 4096 bits.
    pub fn signing_key(mut self, pem: &[u8]) -> Result<Self, DataError> {
        let key = SigningKey::from_pem(pem).map_err(|problem| DataError::new("the signing key", problem))?;
        self.signing_key = Some(key);
        Ok(self)
    }

    /// Always sends this code.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }

    /// Sets how long to remember what is over, on the service's clock: authentications, requests in the journal
    /// and codes that were sent. A day by default.
    ///
    /// An authentication that was forgotten does not exist any more, like an expired one.
    #[must_use]
    pub fn keep_for(mut self, age: Duration) -> Self {
        self.retention.age = age;
        self
    }

    /// Sets how many authentications, requests in the journal, codes and tokens to remember, each;
    /// 100,000 by default, and at least one. What is over is forgotten first.
    #[must_use]
    pub fn keep_at_most(mut self, number: usize) -> Self {
        self.retention.number = number.max(1);
        self
    }

    /// Refuses undocumented input: an unknown member, reason or `compatibility`. Otherwise it is accepted, with a warning
    /// in the journal.
    #[must_use]
    pub fn strict(mut self) -> Self {
        resource::be_strict(&mut self.rules);
        self
    }

    /// Switches a rule off.
    ///
    /// # Errors
    ///
    /// When there is no rule with this name that can be switched off.
    pub fn without_rule(mut self, name: &str) -> Result<Self, NoSuchRule> {
        resource::switch(&mut self.rules, name, false)?;
        Ok(self)
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Data")
            .field("environment_id", &self.environment_id)
            .field("policies", &self.policies)
            .field("clients", &self.clients)
            .field("users", &self.users)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::{token::TokenEndpointAuthMethod, user::Device};

    #[test]
    fn the_built_in_data_is_that_of_the_documented_reply() {
        let data = Data::from_json(Data::BUILT_IN_JSON).unwrap();
        let methods: Vec<_> = data.clients.iter().map(Client::token_endpoint_auth_method).collect();
        let expected = ["CLIENT_SECRET_BASIC", "CLIENT_SECRET_POST", "CLIENT_SECRET_JWT"];
        assert_eq!(Vec::from_iter(methods.into_iter().map(Some)), expected.map(TokenEndpointAuthMethod::from_name));
        let types: Vec<_> = data.users[0].devices().iter().map(Device::device_type).collect();
        assert_eq!(types, ["MOBILE", "FIDO2", "MOBILE", "FIDO2", "EMAIL"]);
        assert_eq!(Data::built_in().environment_id, data.environment_id);
    }

    #[test]
    fn the_example_has_a_device_of_each_type_that_can_be_used() {
        let data = Data::from_toml(include_str!("../../data/example.toml")).unwrap();
        let types: Vec<_> = data.users[0].devices().iter().map(Device::device_type).collect();
        let expected = [
            "MOBILE",
            "SMS",
            "VOICE",
            "WHATSAPP",
            "EMAIL",
            "TOTP",
            "OATH_TOKEN",
            "FIDO2",
            "PINGID_DESKTOP_GEN2",
            "SMS",
        ];
        assert_eq!(types, expected);
        let service = crate::Service::new(data.clone());
        for device in &data.users[0].devices()[..9] {
            let body = serde_json::json!({ "user": { "id": "every-device" }, "selectedDevice": { "id": device.id() } });
            let request = http::Request::post(format!("/{}/deviceAuthentications", data.environment_id))
                .header("content-type", "application/json")
                .header("authorization", format!("Bearer {}", service.issue_token(crate::TokenKind::Worker)));
            let response = service.handle(request.body(body.to_string().into()).unwrap());
            assert_eq!(response.status(), 201, "{}", device.id());
        }
    }
}
