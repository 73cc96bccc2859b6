//! What the service knows before the first request.

mod client;
mod device;
mod error;
mod read;
mod user;

use std::sync::Arc;

pub use self::{
    client::{Client, TokenEndpointAuthMethod},
    device::Device,
    error::DataError,
    user::User,
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
#[derive(Clone, Debug)]
pub struct Data {
    pub(crate) environment_id: String,
    pub(crate) policy_id: String,
    pub(crate) clients: Vec<Client>,
    pub(crate) users: Vec<Arc<User>>,
}

impl Data {
    /// The text of [`built_in`](Self::built_in): an example of what [`from_json`](Self::from_json) reads.
    pub const BUILT_IN_JSON: &'static str = include_str!("../../data/built-in.json");

    /// An environment with one policy, and nobody in it yet.
    pub fn new(environment_id: impl Into<String>, policy_id: impl Into<String>) -> Self {
        Self {
            environment_id: environment_id.into(),
            policy_id: policy_id.into(),
            clients: Vec::new(),
            users: Vec::new(),
        }
    }

    /// The environment of the documented reply to *cancel*: one user with five devices, the first of them a phone that
    /// receives pushes, the last an e-mail address; and two clients, one for each way to authenticate.
    pub fn built_in() -> Self {
        // A test reads it, so that the empty environment never comes to be.
        Self::from_json(Self::BUILT_IN_JSON).unwrap_or_else(|_| Self::new("", ""))
    }

    /// Reads data from JSON in the form of [`BUILT_IN_JSON`](Self::BUILT_IN_JSON).
    ///
    /// A device is the object that the service shows inside an authentication. It needs `id` and `type`; every other
    /// member is rendered as it is given.
    ///
    /// # Errors
    ///
    /// When the text is no JSON, or a member is missing, of the wrong type or unknown; or when there is no client or no
    /// user. The error says where.
    pub fn from_json(json: &str) -> Result<Self, DataError> {
        read::data(json)
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

    pub(crate) fn find_user(&self, id: &str) -> Option<&Arc<User>> {
        self.users.iter().find(|user| user.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_data_is_that_of_the_documented_reply() {
        let data = Data::from_json(Data::BUILT_IN_JSON).unwrap();
        let methods: Vec<_> = data.clients.iter().map(Client::token_endpoint_auth_method).collect();
        assert_eq!(methods, [TokenEndpointAuthMethod::ClientSecretBasic, TokenEndpointAuthMethod::ClientSecretPost]);
        let types: Vec<_> = data.users[0].devices().iter().map(Device::device_type).collect();
        assert_eq!(types, ["MOBILE", "FIDO2", "MOBILE", "FIDO2", "EMAIL"]);
        assert_eq!(Data::built_in().environment_id, data.environment_id);
    }
}
