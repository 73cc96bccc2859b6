use serde_json::Value;

use super::{
    ALL, FindUser, User, UserAttribute,
    members::{Members, setters_of_a_new_user},
};
use crate::{Body, Document, FollowUp, Operation, OperationInfo, PopulationId, RequestError, media_type};

/// `POST /environments/{envID}/users` as `application/vnd.pingidentity.user.import+json`
///
/// Creates a user who exists elsewhere, with their existing password. What [`CreateUser`](super::CreateUser) says
/// about a taken name and a lost reply applies here, too.
///
/// `Debug` shows which members are set, and no values.
///
/// ```
/// use pingone_model::{
///     Environment, Operation, Region,
///     user::{ImportUser, UserAttribute},
/// };
///
/// let import = ImportUser::new("ada", "p-1").set(UserAttribute::Email, "ada@example.com").email_verified().password("secret");
/// assert!(!format!("{import:?}").contains("secret"));
/// let request = import.request(&Environment::new(Region::Europe, "e-1"))?;
/// assert_eq!(request.headers()["content-type"], "application/vnd.pingidentity.user.import+json");
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/users-1/create-user-import.html>
#[derive(Clone, Debug)]
pub struct ImportUser {
    members: Members,
}

impl ImportUser {
    /// Creates a user of `population` who logs in by `username`: at most 128 characters, unique in the environment
    /// regardless of case.
    #[must_use]
    pub fn new(username: &str, population: impl Into<PopulationId>) -> Self {
        let mut members = Members::new();
        members.set_attribute(UserAttribute::Username, username);
        members.set_population(&population.into());
        Self { members }
    }

    /// The password, in clear or as a hash of a kind that the service accepts.
    #[must_use]
    pub fn password(mut self, password: &str) -> Self {
        self.members.set_in("password", "value", password);
        self
    }

    /// Whether the user has to change the password at the next log-in.
    #[must_use]
    pub fn force_password_change(mut self, is_forced: bool) -> Self {
        self.members.set_in("password", "forceChange", is_forced);
        self
    }

    /// The password is kept by another system: the object `external` names the gateway to it, and the user there.
    #[must_use]
    pub fn external_password(mut self, external: Value) -> Self {
        self.members.set_in("password", "external", external);
        self
    }

    /// Takes the e-mail address for verified: the user has proved elsewhere that it is theirs.
    #[must_use]
    pub fn email_verified(mut self) -> Self {
        self.members.set("emailVerified", true);
        self
    }
}

setters_of_a_new_user!(ImportUser);

impl Operation for ImportUser {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user.import",
        ALL,
        media_type::USER_IMPORT,
        &["https://developer.pingidentity.com/pingone-api/platform/users/users-1/create-user-import.html"],
    );
    type Output = Document<User>;

    fn body(&self) -> Result<Body, RequestError> {
        self.members.to_body()
    }
}

impl FollowUp for ImportUser {
    type Read = FindUser;

    fn follow_up(&self) -> FindUser {
        self.members.find()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Environment, Region, user::LifecycleStatus};

    #[test]
    fn what_only_a_new_user_has_is_written() {
        let import = ImportUser::new("ada", "p-1")
            .external_password(json!({ "gateway": { "id": "g-1" } }))
            .force_password_change(true)
            .email_verified()
            .mfa_enabled(false)
            .lifecycle(LifecycleStatus::VerificationRequired)
            .suppress_verification_code()
            .identity_provider("i-1");
        let request = import.request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(
            serde_json::from_slice::<Value>(request.body()).unwrap(),
            json!({
                "username": "ada", "population": { "id": "p-1" }, "emailVerified": true, "mfaEnabled": false,
                "password": { "external": { "gateway": { "id": "g-1" } }, "forceChange": true },
                "lifecycle": { "status": "VERIFICATION_REQUIRED", "suppressVerificationCode": true },
                "identityProvider": { "id": "i-1" },
            })
        );
    }

    #[test]
    fn a_lost_creation_is_followed_up_by_the_name() {
        let find = ImportUser::new("ada", "p-1").set(UserAttribute::Username, "countess").follow_up();
        assert_eq!(find.query(), FindUser::by_username("countess").query());
        let refused = ImportUser::new("ada", "p/1").request(&Environment::new(Region::Europe, "e-1")).unwrap_err();
        assert_eq!(refused.argument(), "population_id");
    }
}
