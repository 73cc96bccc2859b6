//! Ids: opaque text, checked when a request is built from them.

use crate::{PathId, RequestError, shared::text::text_value};

/// The vendor's connector states this limit for ids as input.
const MAX_LENGTH: usize = 100;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $argument:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// PingOne calls its ids UUIDs, but not all of them are; this is opaque text, compared verbatim.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The id as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The id, if a request can be built from it.
            ///
            /// # Errors
            ///
            /// The id is empty, `.`, `..`, longer than 100 characters, or has a character that could change
            /// the path.
            pub fn checked(&self) -> Result<&str, RequestError> {
                checked($argument, &self.0)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        /// The id, if a request can be built from it: see [`checked`](Self::checked).
        impl std::str::FromStr for $name {
            type Err = RequestError;

            fn from_str(id: &str) -> Result<Self, RequestError> {
                checked($argument, id).map(Self::from)
            }
        }

        impl<'a> From<&'a $name> for PathId<'a> {
            fn from(id: &'a $name) -> Self {
                Self::new($argument, &id.0)
            }
        }

        text_value!($name);
    )*};
}

ids! {
    /// The environment in which the user lives.
    EnvironmentId = "environment_id";
    /// A user.
    UserId = "user_id";
    /// A population, to which users belong.
    PopulationId = "population_id";
    /// An identity provider, with which users sign on.
    IdentityProviderId = "identity_provider_id";
    /// An MFA device of a user.
    DeviceId = "device_id";
    /// A device authentication.
    DeviceAuthenticationId = "device_authentication_id";
    /// An authentication code.
    AuthenticationCodeId = "authentication_code_id";
    /// A device authentication policy.
    PolicyId = "policy_id";
    /// An application.
    ApplicationId = "application_id";
    /// A pairing key.
    PairingKeyId = "pairing_key_id";
}

/// One rule for ids in paths and in bodies. Only RFC 3986's unreserved characters pass: anything else either
/// changes the path (`/`, `?`, `%`) or is read differently by some server on the way (`;`).
pub(crate) fn checked<'a>(argument: &'static str, id: &'a str) -> Result<&'a str, RequestError> {
    let problem = match id {
        "" => "is empty: pass the id that PingOne gave",
        "." | ".." => "is a dot segment, not an id: pass the id that PingOne gave",
        _ if !is_unreserved(id) => {
            "has a character other than letters, digits, '-', '.', '_' and '~': pass the bare id, no path and no placeholder"
        }
        _ if id.len() > MAX_LENGTH => "is longer than 100 characters: pass the id that PingOne gave",
        _ => return Ok(id),
    };
    Err(RequestError::new(argument, problem))
}

/// No branch for each byte, so that several are checked at a time.
fn is_unreserved(id: &str) -> bool {
    let is_one = |byte: u8| byte.is_ascii_alphanumeric() | matches!(byte, b'-' | b'.' | b'_' | b'~');
    id.bytes().fold(true, |all, byte| all & is_one(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_no_request_can_be_built_from_is_named() {
        let long = "a".repeat(101);
        for bad in ["", ".", "..", &long, "a/b", "a?b", "a#b", "a%2fb", "a b", "a;b", "{{userID}}", "ä"] {
            let error = UserId::from(bad).checked().unwrap_err();
            assert_eq!(error.argument(), "user_id", "{bad:?}");
            assert!(!error.to_string().contains("a/b"), "the value may be personal: {error}");
        }
    }

    #[test]
    fn ids_of_every_documented_form_pass() {
        let longest = "a".repeat(100);
        for good in
            ["6ad97c12-cfa6-0f90-1332-0274be07e414", "15051F81-2500-4BBB-BE4A-0AF31DD50205", "a.b_c~d", "...", &longest]
        {
            assert_eq!(DeviceId::from(good).checked().unwrap(), good);
        }
    }

    #[test]
    fn ids_are_parsed_and_compared_as_text() {
        let id: UserId = "u-1".parse().unwrap();
        assert!(id == "u-1" && id == *"u-1" && id != "U-1");
        assert_eq!(id.as_ref(), "u-1");
        assert_eq!("u 1".parse::<UserId>().unwrap_err().argument(), "user_id");
        assert_eq!(UserId::from("u-1".to_owned()), id);
    }

    #[test]
    fn ids_are_read_and_written_as_text() {
        let id: DeviceId = serde_json::from_str(r#""d\u0031""#).unwrap();
        assert_eq!(id, DeviceId::from("d1"));
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""d1""#);
        assert_eq!(id.to_string(), "d1");
    }
}
