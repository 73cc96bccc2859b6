use std::error::Error;

use bytes::Bytes;
use http::Response;
use serde_json::{Map, Value, json};

use super::{ALL, PairingStep};
use crate::{
    ApplicationId, Body, FromResponse, Ids, Operation, OperationInfo, PolicyId, RequestError, UserId,
    error::of_creation, media_type, operation::by_reference,
};

/// `POST /environments/{envID}/users/{userID}/pairingKeys`
///
/// Creates a pairing key. It is valid for 10 minutes unless a policy says otherwise, and a user can have 20 at most.
///
/// After a lost reply, nothing can be read, because there is no list of pairing keys. The key expires without anybody having
/// known it.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys/create-mfa-pairing-key.html>
#[derive(Clone, Debug)]
pub struct CreatePairingKey {
    user: UserId,
    applications: Vec<ApplicationId>,
    policy: Option<PolicyId>,
}

impl CreatePairingKey {
    /// Creates a key for a phone of `user`, which any app with push credentials can take.
    #[must_use]
    pub fn new(user: impl Into<UserId>) -> Self {
        Self { user: user.into(), applications: Vec::new(), policy: None }
    }

    /// Lets only the app of `application` take the key. Call it again to allow another application.
    #[must_use]
    pub fn application(mut self, application: impl Into<ApplicationId>) -> Self {
        self.applications.push(application.into());
        self
    }

    /// The device authentication policy, which decides how long the key is valid. If several applications are named, the
    /// shortest of their times counts.
    #[must_use]
    pub fn policy(mut self, policy: impl Into<PolicyId>) -> Self {
        self.policy = Some(policy.into());
        self
    }
}

impl Operation for CreatePairingKey {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "pairing_key.create",
        ALL,
        media_type::JSON,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-pairing-keys/create-mfa-pairing-key.html"],
    )
    .meaning(of_creation);
    type Output = PairingStep;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }

    fn body(&self) -> Result<Body, RequestError> {
        let mut body = Map::new();
        if !self.applications.is_empty() {
            let applications: Result<Vec<Value>, _> =
                self.applications.iter().map(|id| Ok(json!({ "id": id.checked()? }))).collect();
            body.insert("applications".into(), applications?.into());
        }
        if let Some(policy) = &self.policy {
            body.insert("policy".into(), json!({ "id": policy.checked()? }));
        }
        Ok(Value::from(body).into())
    }
}

impl FromResponse<CreatePairingKey> for PairingStep {
    fn from_response(
        create: &CreatePairingKey,
        response: &Response<Bytes>,
    ) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Self::read(&create.user, response)
    }
}

by_reference!(CreatePairingKey => PairingStep);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn only_what_is_given_is_written_and_a_bad_argument_named() {
        let environment = Environment::new(Region::Europe, "e-1");
        assert_eq!(CreatePairingKey::new("u-1").request(&environment).unwrap().body(), "{}");
        let argument = |create: CreatePairingKey| create.request(&environment).unwrap_err().argument();
        assert_eq!(argument(CreatePairingKey::new("")), "user_id");
        assert_eq!(argument(CreatePairingKey::new("u-1").application("a-1").application("")), "application_id");
        assert_eq!(argument(CreatePairingKey::new("u-1").policy("")), "policy_id");
    }
}
