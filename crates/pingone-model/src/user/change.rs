use serde_json::Value;

use super::{
    ONE, ReadUser, User, UserAttribute,
    members::{Members, setters},
};
use crate::{Body, Document, Ids, Operation, OperationInfo, RequestError, UserId, operation::follow_up};

/// `PATCH /environments/{envID}/users/{userID}`
///
/// Changes the attributes of a user that are set or cleared here, and nothing else. An attribute with several values is
/// replaced as a whole.
///
/// The population, MFA, and whether the user is enabled or locked cannot be changed this way.
///
/// `Debug` shows which members are set, and no values.
///
/// ```
/// use pingone_model::{
///     Environment, Operation, Region,
///     user::{ChangeUser, UserAttribute},
/// };
/// use serde_json::json;
///
/// let change = ChangeUser::new("u-1")
///     .set(UserAttribute::FamilyName, "Lovelace")
///     .clear(UserAttribute::MobilePhone)
///     .custom("rooms", json!([7, 9]));
/// let request = change.request(&Environment::new(Region::Europe, "e-1"))?;
/// assert_eq!(request.body(), r#"{"mobilePhone":null,"name":{"family":"Lovelace"},"rooms":[7,9]}"#);
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/users-1/update-user-patch.html>
#[derive(Clone, Debug)]
pub struct ChangeUser {
    id: UserId,
    members: Members,
}

impl ChangeUser {
    /// Changes the user `id`.
    #[must_use]
    pub fn new(id: impl Into<UserId>) -> Self {
        Self { id: id.into(), members: Members::new() }
    }

    /// Clears an attribute, by sending `null`. A custom one is cleared by [`custom`](Self::custom) with `null`.
    #[must_use]
    pub fn clear(mut self, attribute: UserAttribute) -> Self {
        self.members.set_attribute(attribute, Value::Null);
        self
    }
}

setters!(ChangeUser);

impl Operation for ChangeUser {
    const INFO: &'static OperationInfo = &OperationInfo::patch(
        "user.change",
        ONE,
        &["https://developer.pingidentity.com/pingone-api/platform/users/users-1/update-user-patch.html"],
    );
    type Output = Document<User>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }

    fn body(&self) -> Result<Body, RequestError> {
        self.members.to_body()
    }
}

follow_up!(ChangeUser => ReadUser(id));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn a_bad_argument_is_named_and_no_value_shown() {
        let environment = Environment::new(Region::Europe, "e-1");
        let change = ChangeUser::new("u-1").set(UserAttribute::Email, "ada@example.com");
        assert_eq!(format!("{change:?}"), r#"ChangeUser { id: UserId("u-1"), members: {"email"} }"#);
        let empty = change.clone().set(UserAttribute::Username, "");
        assert_eq!(empty.request(&environment).unwrap_err().argument(), "username");
        let odd = change.identity_provider("i/1").set(UserAttribute::Nickname, "n");
        assert_eq!(odd.request(&environment).unwrap_err().argument(), "identity_provider_id");
    }
}
