use super::{
    ALL, FindUser, User, UserAttribute,
    members::{Members, setters_of_a_new_user},
};
use crate::{Body, Document, FollowUp, Operation, OperationInfo, PopulationId, RequestError, media_type};

/// `POST /environments/{envID}/users`
///
/// Creates a user without a password. To create one with a password, [import](super::ImportUser) them.
///
/// If the name is taken, regardless of case, the refusal is [`Taken`](crate::Problem::Taken); it may be taken in a population
/// that you cannot see. If the reply is lost, the [follow-up](FollowUp) asks whether there is a user with this name: one who
/// was there before cannot be told from the new one.
///
/// `Debug` shows which members are set, and no values.
///
/// ```
/// use pingone_model::{
///     Environment, Operation, Region,
///     user::{CreateUser, UserAttribute},
/// };
/// use serde_json::json;
///
/// let create = CreateUser::new("ada")
///     .population("p-1")
///     .set(UserAttribute::Email, "ada@example.com")
///     .set(UserAttribute::GivenName, "Ada")
///     .custom("shirtSize", json!("M"))
///     .mfa_enabled(true);
/// let request = create.request(&Environment::new(Region::Europe, "e-1"))?;
/// assert_eq!(
///     serde_json::from_slice::<serde_json::Value>(request.body())?,
///     json!({
///         "username": "ada", "population": { "id": "p-1" }, "email": "ada@example.com", "name": { "given": "Ada" },
///         "shirtSize": "M", "mfaEnabled": true,
///     })
/// );
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/users-1/create-user.html>
#[derive(Clone, Debug)]
pub struct CreateUser {
    members: Members,
}

impl CreateUser {
    /// Creates a user who logs in by `username`: at most 128 characters, unique in the environment regardless of case.
    #[must_use]
    pub fn new(username: &str) -> Self {
        let mut members = Members::new();
        members.set_attribute(UserAttribute::Username, username);
        Self { members }
    }

    /// The population that the user belongs to, instead of the environment's default one. It is required if there is no
    /// default.
    #[must_use]
    pub fn population(mut self, id: impl Into<PopulationId>) -> Self {
        self.members.set_population(&id.into());
        self
    }
}

setters_of_a_new_user!(CreateUser);

impl Operation for CreateUser {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "user.create",
        ALL,
        media_type::JSON,
        &["https://developer.pingidentity.com/pingone-api/platform/users/users-1/create-user.html"],
    );
    type Output = Document<User>;

    fn body(&self) -> Result<Body, RequestError> {
        self.members.to_body()
    }
}

impl FollowUp for CreateUser {
    type Read = FindUser;

    fn follow_up(&self) -> FindUser {
        self.members.find()
    }
}
