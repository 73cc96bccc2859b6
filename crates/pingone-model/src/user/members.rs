//! The members of a user that a request writes.

use std::{collections::BTreeMap, fmt};

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::{FindUser, User, UserAttribute};
use crate::{Body, Document, PopulationId, RequestError};

type Object = BTreeMap<String, Box<RawValue>>;

/// The members of a user that a request writes, or why it cannot. What came from a reply and was not changed is written
/// verbatim. `Debug` shows only names.
#[derive(Clone)]
pub(super) struct Members(Result<Object, RequestError>);

/// What only the service writes, or other operations change.
const NOT_REPLACED: &[&str] = &[
    "_embedded",
    "_links",
    "account",
    "createdAt",
    "emailVerified",
    "enabled",
    "environment",
    "id",
    "lastSignOn",
    "lifecycle",
    "memberOfGroupIDs",
    "memberOfGroupNames",
    "mfaEnabled",
    "updatedAt",
    "verifyStatus",
];

impl Members {
    pub(super) fn new() -> Self {
        Self(Ok(Object::new()))
    }

    /// What a *replace* has to repeat, so that it is kept.
    pub(super) fn of(user: &Document<User>) -> Self {
        let mut all = Self::new();
        all.edit(|members| {
            *members = serde_json::from_str(user.as_json())?;
            members.retain(|name, _| !NOT_REPLACED.contains(&&**name));
            Ok(())
        });
        all
    }

    pub(super) fn set(&mut self, name: &str, value: impl Serialize) {
        self.edit(|members| {
            members.insert(name.to_owned(), to_raw_value(&value)?);
            Ok(())
        });
    }

    pub(super) fn set_in(&mut self, object: &str, name: &str, value: impl Serialize) {
        self.edit_in(object, |members| {
            members.insert(name.to_owned(), to_raw_value(&value)?);
            Ok(())
        });
    }

    pub(super) fn set_attribute(&mut self, attribute: UserAttribute, value: impl Serialize) {
        match attribute.as_str().split_once('.') {
            Some((object, name)) => self.set_in(object, name, value),
            None => self.set(attribute.as_str(), value),
        }
    }

    pub(super) fn remove(&mut self, attribute: UserAttribute) {
        match attribute.as_str().split_once('.') {
            Some((object, name)) => self.edit_in(object, |members| {
                members.remove(name);
                Ok(())
            }),
            None => self.edit(|members| {
                members.remove(attribute.as_str());
                Ok(())
            }),
        }
    }

    pub(super) fn set_population(&mut self, id: &PopulationId) {
        match id.checked() {
            Ok(id) => self.set_in("population", "id", id),
            Err(error) => self.refuse(error),
        }
    }

    /// Finds the user with this name, which is unique, to learn whether they were created.
    pub(super) fn find(&self) -> FindUser {
        FindUser::by_username(&self.text(UserAttribute::Username).unwrap_or_default())
    }

    /// The request cannot be built.
    pub(super) fn refuse(&mut self, error: RequestError) {
        self.0 = Err(error);
    }

    /// The text that this attribute at the top is set to.
    fn text(&self, attribute: UserAttribute) -> Option<String> {
        serde_json::from_str(self.0.as_ref().ok()?.get(attribute.as_str())?.get()).ok()
    }

    pub(super) fn to_body(&self) -> Result<Body, RequestError> {
        if self.text(UserAttribute::Username).is_some_and(|username| username.is_empty()) {
            return Err(RequestError::new("username", "is empty: pass the name by which the user logs in"));
        }
        let members = self.0.as_ref().map_err(|error| *error)?;
        let json = serde_json::to_vec(members).map_err(|_| NOT_WRITTEN)?;
        Ok(Bytes::from(json).into())
    }

    fn edit(&mut self, change: impl FnOnce(&mut Object) -> serde_json::Result<()>) {
        if let Ok(members) = &mut self.0 {
            if change(members).is_err() {
                self.0 = Err(NOT_WRITTEN);
            }
        }
    }

    fn edit_in(&mut self, object: &str, change: impl FnOnce(&mut Object) -> serde_json::Result<()>) {
        self.edit(|members| {
            let mut inner = match members.get(object) {
                Some(json) => serde_json::from_str::<Option<Object>>(json.get())?.unwrap_or_default(),
                None => Object::new(),
            };
            change(&mut inner)?;
            if inner.is_empty() {
                members.remove(object);
            } else {
                members.insert(object.to_owned(), to_raw_value(&inner)?);
            }
            Ok(())
        });
    }
}

/// Such as a lone surrogate in a name, or text where an object is changed.
const NOT_WRITTEN: RequestError =
    RequestError::new("user", "has a member that cannot be written back: set every member yourself");

impl fmt::Debug for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(members) => f.debug_set().entries(members.keys()).finish(),
            Err(error) => error.fmt(f),
        }
    }
}

/// The setters of every operation that writes a user. They change its field `members`.
macro_rules! setters {
    ($operation:ident) => {
        impl $operation {
            /// Sets an attribute.
            #[must_use]
            pub fn set(mut self, attribute: $crate::user::UserAttribute, value: &str) -> Self {
                self.members.set_attribute(attribute, value);
                self
            }

            /// Sets a custom attribute: to text, a number or an object, or to the list of all its values if it may have
            /// several. The service ignores a name that is not in the environment's schema.
            #[must_use]
            pub fn custom(mut self, name: &str, value: serde_json::Value) -> Self {
                self.members.set(name, value);
                self
            }

            /// The identity provider that the user signs on with, instead of PingOne.
            #[must_use]
            pub fn identity_provider(mut self, id: impl Into<$crate::IdentityProviderId>) -> Self {
                match id.into().checked() {
                    Ok(id) => self.members.set_in("identityProvider", "id", id),
                    Err(error) => self.members.refuse(error),
                }
                self
            }
        }
    };
}
pub(super) use setters;

/// The setters of the operations that create a user.
macro_rules! setters_of_a_new_user {
    ($operation:ident) => {
        $crate::user::members::setters!($operation);

        impl $operation {
            /// Enables or disables MFA for the new user, whatever the environment's settings say.
            #[must_use]
            pub fn mfa_enabled(mut self, is_enabled: bool) -> Self {
                self.members.set("mfaEnabled", is_enabled);
                self
            }

            /// The status that the account begins with: with
            /// [`VerificationRequired`](crate::user::LifecycleStatus::VerificationRequired) the user has to verify the
            /// e-mail address first.
            #[must_use]
            pub fn lifecycle(mut self, status: $crate::user::LifecycleStatus) -> Self {
                self.members.set_in("lifecycle", "status", status);
                self
            }

            /// Has the service send no code for verifying the e-mail address.
            #[must_use]
            pub fn suppress_verification_code(mut self) -> Self {
                self.members.set_in("lifecycle", "suppressVerificationCode", true);
                self
            }
        }
    };
}
pub(super) use setters_of_a_new_user;

#[cfg(test)]
mod tests {
    use super::*;

    fn body(members: &Members) -> String {
        let body = members.to_body().unwrap();
        String::from_utf8(body.into_bytes().to_vec()).unwrap()
    }

    #[test]
    fn what_nobody_touches_stays_as_it_was_written() {
        let json = r#"{"id": "u-1", "_links": {}, "username": "ada", "big": 123456789012345678901234567890, "odd": [1.50, "\ud800"],
            "name": {"given": "A\u0064a", "more": 1e999}, "mfaEnabled": true, "enabled": true, "identityProvider": {"id": "i-1"}}"#;
        let mut members = Members::of(&Document::from_json(json).unwrap());
        assert_eq!(
            body(&members),
            r#"{"big":123456789012345678901234567890,"identityProvider":{"id": "i-1"},"name":{"given": "A\u0064a", "more": 1e999},"odd":[1.50, "\ud800"],"username":"ada"}"#
        );
        members.set_attribute(UserAttribute::FamilyName, "L");
        members.remove(UserAttribute::Username);
        assert_eq!(
            body(&members),
            r#"{"big":123456789012345678901234567890,"identityProvider":{"id": "i-1"},"name":{"family":"L","given":"A\u0064a","more":1e999},"odd":[1.50, "\ud800"]}"#
        );
    }

    #[test]
    fn an_object_with_nothing_left_is_left_out() {
        let mut members = Members::new();
        members.set_attribute(UserAttribute::Locality, "London");
        members.set_attribute(UserAttribute::Region, "Greater London");
        members.remove(UserAttribute::Locality);
        assert_eq!(body(&members), r#"{"address":{"region":"Greater London"}}"#);
        members.remove(UserAttribute::Region);
        members.remove(UserAttribute::Region);
        assert_eq!(body(&members), "{}");
    }

    #[test]
    fn what_cannot_be_changed_without_loss_is_refused() {
        for json in [r#"{"id": "u-1", "\ud800": 1}"#, r#"{"id": "u-1", "name": "Ada"}"#] {
            let mut members = Members::of(&Document::from_json(json).unwrap());
            members.set_attribute(UserAttribute::GivenName, "Ada");
            assert_eq!(members.to_body().unwrap_err().argument(), "user", "{json}");
        }
        let mut null = Members::of(&Document::from_json(r#"{"id": "u-1", "name": null}"#).unwrap());
        null.set_attribute(UserAttribute::GivenName, "Ada");
        assert_eq!(body(&null), r#"{"name":{"given":"Ada"}}"#);
    }
}
