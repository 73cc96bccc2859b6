use super::{
    ONE, ReadUser, User, UserAttribute,
    members::{Members, setters},
};
use crate::{Body, Document, Ids, Operation, OperationInfo, RequestError, UserId, operation::follow_up};

/// `PUT /environments/{envID}/users/{userID}`
///
/// Replaces a user: **what is left out is cleared**, custom attributes too; and a user without an identity provider signs on
/// with PingOne from then on. To change a part, [change](super::ChangeUser) it, or [`edit`](Self::edit) what was read.
///
/// The population, MFA, and whether the user is enabled or locked cannot be changed this way.
///
/// `Debug` shows which members are set, and no values.
///
/// ```
/// use pingone_model::{
///     Document, Environment, Operation, Region,
///     user::{ReplaceUser, User, UserAttribute},
/// };
///
/// let read = r#"{"id": "u-1", "username": "ada", "email": "ada@example.com", "rooms": [7, 9], "mfaEnabled": true}"#;
/// let user = Document::<User>::from_json(read)?;
/// let replace = ReplaceUser::edit(&user).set(UserAttribute::Nickname, "Countess").clear(UserAttribute::Email);
/// let request = replace.request(&Environment::new(Region::Europe, "e-1"))?;
/// assert_eq!(request.body(), r#"{"nickname":"Countess","rooms":[7, 9],"username":"ada"}"#);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/users-1/update-user-put.html>
#[derive(Clone, Debug)]
pub struct ReplaceUser {
    id: UserId,
    members: Members,
}

impl ReplaceUser {
    /// Replaces the user `id` by one who logs in by `username`, and who has no other attributes than those set here.
    #[must_use]
    pub fn new(id: impl Into<UserId>, username: &str) -> Self {
        let mut members = Members::new();
        members.set_attribute(UserAttribute::Username, username);
        Self { id: id.into(), members }
    }

    /// Replaces `user` by what was read: everything stays as it is, including what this version does not know, except for what
    /// is set or cleared here. The population is sent along, because older documentation requires it.
    ///
    /// Changes that somebody else made since it was read are undone; the service does not prevent that.
    #[must_use]
    pub fn edit(user: &Document<User>) -> Self {
        Self { id: user.id().clone(), members: Members::of(user) }
    }

    /// Leaves an attribute out, which clears it.
    #[must_use]
    pub fn clear(mut self, attribute: UserAttribute) -> Self {
        self.members.remove(attribute);
        self
    }
}

setters!(ReplaceUser);

impl Operation for ReplaceUser {
    const INFO: &'static OperationInfo = &OperationInfo::put(
        "user.replace",
        ONE,
        &["https://developer.pingidentity.com/pingone-api/platform/users/users-1/update-user-put.html"],
    );
    type Output = Document<User>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        self.members.to_body()
    }
}

follow_up!(ReplaceUser => ReadUser(id));
