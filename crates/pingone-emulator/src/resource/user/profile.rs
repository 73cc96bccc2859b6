//! The user in the body of a request.

use serde_json::{Map, Value};

use super::{
    User, rules,
    schema::{Misfit, Schema},
};
use crate::{error::PlatformError, resource::Context, rules::NULL_IS_ABSENT};

/// Members that only the service, or a separate operation, can write.
const READ_ONLY: [&str; 15] = [
    "_links",
    "_embedded",
    "id",
    "environment",
    "account",
    "createdAt",
    "enabled",
    "lastSignOn",
    "memberOfGroupIDs",
    "memberOfGroupNames",
    "mfaEnabled",
    "password",
    "population",
    "updatedAt",
    "verifyStatus",
];

/// Members that are accepted but have no effect here.
const NOT_EMULATED: [&str; 2] = ["identityProvider", "lifecycle"];

const USERNAME: &str = "username";
const EMAIL: &str = "email";
const EMAIL_VERIFIED: &str = "emailVerified";

/// Attributes of a user.
pub(super) struct Profile {
    pub(super) username: String,
    pub(super) attributes: Map<String, Value>,
}

/// How a body adds or changes a user.
pub(super) struct Reading<'a> {
    pub(super) schema: &'a Schema,
    /// What the operation itself reads, though others may not write it.
    pub(super) others: &'static [&'static str],
    /// Whether an e-mail address can be given as one that was verified.
    pub(super) can_verify_email: bool,
}

impl Profile {
    /// Rule: USERNAME_IS_REQUIRED. Rule: UNKNOWN_ATTRIBUTES_ARE_IGNORED.
    pub(super) fn read(
        members: &Map<String, Value>,
        reading: &Reading<'_>,
        context: &Context<'_>,
    ) -> Result<Self, PlatformError> {
        let mut attributes = Map::new();
        let is_absent = |value: &Value| value.is_null() && context.holds(&NULL_IS_ABSENT);
        let given =
            members.iter().filter(|(name, value)| !reading.others.contains(&name.as_str()) && !is_absent(value));
        for (name, value) in given {
            let is_read_only = READ_ONLY.contains(&name.as_str())
                || name == EMAIL_VERIFIED && value == &Value::Bool(true) && !reading.can_verify_email;
            if is_read_only {
                context.tolerate(&rules::READ_ONLY_IS_IGNORED, name, "is not to be written here, and is ignored")?;
            } else if NOT_EMULATED.contains(&name.as_str()) {
                context.warn(name, "is not emulated, and has no effect");
            } else if reading.schema.knows(name) {
                let wrong = |Misfit { path, problem }| PlatformError::invalid_value(&path, &problem);
                let value = Schema::known_parts(name, value);
                if [USERNAME, EMAIL].contains(&name.as_str()) && value == "" {
                    return Err(PlatformError::empty_value(name));
                }
                Schema::check(name, &value).map_err(wrong)?;
                attributes.insert(name.clone(), value);
            } else {
                context.warn(name, "is not an attribute of a user, and is ignored");
            }
        }
        let Some(Value::String(username)) = attributes.remove(USERNAME) else {
            return Err(PlatformError::required_value(USERNAME));
        };
        if !attributes.contains_key(EMAIL) && !context.holds(&rules::EMAIL_IS_OPTIONAL) {
            return Err(PlatformError::required_value(EMAIL));
        }
        Ok(Self { username, attributes })
    }
}

/// The complete body that a PATCH amounts to.
///
/// Rule: PATCH_CHANGES_WHAT_IS_GIVEN.
pub(super) fn patched(user: &User, patch: Map<String, Value>, context: &Context<'_>) -> Map<String, Value> {
    let mut whole = user.attributes.clone();
    whole.insert(USERNAME.to_owned(), user.username.as_str().into());
    for (name, value) in patch {
        match (whole.get_mut(&name), value) {
            (_, Value::Null) => {
                whole.remove(&name);
            }
            (Some(Value::Object(parts)), Value::Object(given))
                if Schema::has_parts(&name) && context.holds(&rules::PATCH_KEEPS_OTHER_PARTS) =>
            {
                parts.extend(given);
                parts.retain(|_, part| !part.is_null());
                if parts.is_empty() {
                    whole.remove(&name);
                }
            }
            (_, value) => {
                whole.insert(name, value);
            }
        }
    }
    whole
}
