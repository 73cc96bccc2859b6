//! The resource *device authentication*: its operations, its reply, and what can be done next.

mod cancel;
mod check_otp;
mod device;
mod initialize;
mod next_step;
mod read;
mod select_device;
mod status;

pub use cancel::{CancelDeviceAuthentication, CancelReason};
pub use check_otp::CheckOtp;
pub use device::{
    Ability, Device, DeviceApplication, DeviceAttributes, DeviceBackup, DeviceIntegrityState, DeviceModel,
    DeviceStatus, DeviceType, FidoRegistrationArtifacts, OperatingSystem, RefreshDuration, RelyingParty,
};
pub use initialize::InitializeDeviceAuthentication;
pub use next_step::{AssertionRequest, Completed, DeviceSelection, Failed, NextStep, OtpEntry, PendingPush};
pub use read::ReadDeviceAuthentication;
pub use select_device::{Compatibility, SelectDevice};
pub use status::Status;

use crate::{
    DeviceAuthenticationId, DeviceId, EnvironmentId, PolicyId, UserId,
    object::{Member, object},
    open_enum::open_enum,
};

/// The paths of all operations here, with the documentation's placeholders.
const ALL: &str = "/{envID}/deviceAuthentications";
const ONE: &str = "/{envID}/deviceAuthentications/{deviceAuthID}";

object! {
    /// A device authentication as the service describes it now; the reply of every operation on it.
    ///
    /// Only `status` is certain to be there.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications.html>
    pub struct DeviceAuthentication {
        required {
            /// Where it stands.
            one status = "status": Status;
        }
        /// Its id.
        one id = "id": DeviceAuthenticationId;
        /// The environment.
        one environment = "environment": EnvironmentReference;
        /// The policy that was applied.
        one policy = "policy": PolicyReference;
        /// The user; absent while the user of a passkey is unknown (*inferred*).
        one user = "user": UserReference;
        /// The device that was selected last. After a cancel it still names the device that was given up.
        one selected_device = "selectedDevice": DeviceReference;
        /// Whether the user may bypass MFA (*inferred*).
        flag bypass_allowed = "bypassAllowed";
        /// Whether the bypass is on for the user (*inferred*).
        flag user_bypass_enabled = "userBypassEnabled";
        /// Whether to show one generic entry instead of each FIDO2 device.
        flag aggregate_fido2_devices = "aggregateFido2Devices";
        /// When it began: ISO 8601 in UTC.
        word created_at = "createdAt";
        /// When it changed last: ISO 8601 in UTC.
        word updated_at = "updatedAt";
        /// How the user authenticated, with `COMPLETED`: method names, in no promised order.
        list authenticators = "authenticators": Box<str>;
        /// What a passkey has to sign, with `ASSERTION_REQUIRED`: JSON in a string, with signed bytes.
        text public_key_credential_request_options = "publicKeyCredentialRequestOptions";
        /// Why it failed, with `FAILED`.
        one error = "error": AuthenticationError;
        /// The devices it may go on with, and those it may not.
        one embedded = "_embedded": Embedded;
        /// What the service offers next. Every link leads to the same address and is never followed: the operations
        /// of this crate take its place.
        one links = "_links": Links;
    }
}

impl DeviceAuthentication {
    /// The devices it may go on with; `_embedded.devices`.
    #[must_use]
    pub fn devices(&self) -> &[Device] {
        self.embedded().map_or(&[], Embedded::devices)
    }
}

object! {
    /// The environment of a reply.
    pub struct EnvironmentReference {
        /// Its id.
        one id = "id": EnvironmentId;
    }
}

object! {
    /// The policy of a reply.
    pub struct PolicyReference {
        /// Its id.
        one id = "id": PolicyId;
    }
}

object! {
    /// The user of a reply.
    pub struct UserReference {
        /// Their id.
        one id = "id": UserId;
    }
}

object! {
    /// The selected device of a reply.
    pub struct DeviceReference {
        /// Its id.
        one id = "id": DeviceId;
    }
}

object! {
    /// Why an authentication failed.
    pub struct AuthenticationError {
        /// The reason.
        one code = "code": FailureCode;
        /// The same in English, for developers.
        text message = "message";
    }
}

open_enum! {
    /// Why an authentication failed, as a constant. These are not the platform's error codes.
    pub enum FailureCode {
        /// All devices are locked, blocked or do not fit the policy.
        NoUsableDevices = "NO_USABLE_DEVICES",
    }
}

object! {
    /// The devices of an authentication.
    pub struct Embedded {
        /// Those it may go on with.
        list devices = "devices": Device;
        /// Those that are blocked; only ever seen empty, taken to be like the others (*inferred*).
        list blocked_devices = "blockedDevices": Device;
    }
}

/// The links of a reply, by their relation.
#[derive(Clone, Debug)]
pub struct Links(Vec<(Box<str>, Link)>);

impl Links {
    /// The link for `relation`, such as `device.select`.
    #[must_use]
    pub fn get(&self, relation: &str) -> Option<&Link> {
        self.iter().find_map(|(name, link)| (name == relation).then_some(link))
    }

    /// Every link with its relation.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Link)> {
        self.0.iter().map(|(relation, link)| (&**relation, link))
    }
}

impl Member for Links {
    fn object<'de, A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Option<Self>, A::Error> {
        let mut links = Vec::new();
        while let Some(relation) = map.next_key()? {
            let crate::object::Lenient(link) = map.next_value()?;
            links.extend(link.map(|link| (relation, link)));
        }
        Ok(Some(Self(links)))
    }
}

object! {
    /// A link.
    pub struct Link {
        /// Where it leads: always the authentication itself.
        word href = "href";
    }
}
