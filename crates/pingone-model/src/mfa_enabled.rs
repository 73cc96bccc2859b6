//! The resource *MFA enabled* of a user: whether they have MFA at all.

use serde_json::json;

use crate::{
    Body, Document, Ids, Links, Operation, OperationInfo, Path, RequestError, UserId, operation::follow_up,
    reply::view::view,
};

/// The path of both operations, with the documentation's placeholders.
const OF_A_USER: Path = Path::api("/environments/{envID}/users/{userID}/mfaEnabled");

pub(crate) const OPERATIONS: &[&OperationInfo] = &[ReadMfaEnabled::INFO, UpdateMfaEnabled::INFO];

/// `GET /environments/{envID}/users/{userID}/mfaEnabled`
///
/// Reads whether a user has MFA: a new one has it only if the environment's settings, or the request that created them, say
/// so.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/enable-users-mfa/read-user-mfa-enabled.html>
#[derive(Clone, Debug)]
pub struct ReadMfaEnabled {
    user: UserId,
}

impl ReadMfaEnabled {
    /// Reads whether `user` has MFA.
    #[must_use]
    pub fn new(user: impl Into<UserId>) -> Self {
        Self { user: user.into() }
    }
}

impl Operation for ReadMfaEnabled {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "mfa_enabled.read",
        OF_A_USER,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/enable-users-mfa/read-user-mfa-enabled.html"],
    );
    type Output = Document<MfaEnabled>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }
}

/// `PUT /environments/{envID}/users/{userID}/mfaEnabled`
///
/// Switches MFA on or off for a user. The policy decides what happens to a user without MFA: they are let through, or
/// blocked.
///
/// For a user who exists it is the only way: changing the user does not affect it.
///
/// ```
/// use pingone_model::{Environment, Operation, Region, mfa_enabled::UpdateMfaEnabled};
///
/// let request = UpdateMfaEnabled::new("u-1", true).request(&Environment::new(Region::Europe, "e-1"))?;
/// assert_eq!(request.body(), r#"{"mfaEnabled":true}"#);
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/enable-users-mfa/update-user-mfa-enabled.html>
#[derive(Clone, Debug)]
pub struct UpdateMfaEnabled {
    user: UserId,
    is_enabled: bool,
}

impl UpdateMfaEnabled {
    /// Switches MFA on or off for `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>, is_enabled: bool) -> Self {
        Self { user: user.into(), is_enabled }
    }
}

impl Operation for UpdateMfaEnabled {
    const INFO: &'static OperationInfo = &OperationInfo::put(
        "mfa_enabled.update",
        OF_A_USER,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/enable-users-mfa/update-user-mfa-enabled.html"],
    );
    type Output = Document<MfaEnabled>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }

    fn body(&self) -> Result<Body, RequestError> {
        Ok(json!({ "mfaEnabled": self.is_enabled }).into())
    }
}

follow_up!(UpdateMfaEnabled => ReadMfaEnabled(user));

view! {
    /// Whether a user has MFA.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/users/enable-users-mfa.html>
    pub struct MfaEnabled {
        /// Whether the user has MFA.
        flag mfa_enabled = "mfaEnabled";
        /// Links to this resource and to the user.
        one links = "_links": Links;
    }
}
