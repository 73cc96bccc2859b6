//! The reply of every operation on a device authentication.

use super::Status;
use crate::{
    ApplicationReference, CredentialRequestOptions, Device, DeviceAuthenticationId, DeviceId, DeviceReference,
    EnvironmentReference, Links, PolicyReference, SessionReference, TestMode, Time, UserReference, reply::view::view,
    shared::open_enum::open_enum,
};

view! {
    /// A device authentication as the service describes it now; the reply of every operation on it.
    ///
    /// Only `status` is certain to be there.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications.html>
    pub struct DeviceAuthentication {
        required {
            /// Its status.
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
        /// The device that was last selected, which need not be in use: after a cancel it is the one that was
        /// abandoned. The steps of [`into_next_step`](crate::Document::into_next_step) name a device only where one is
        /// in use.
        one selected_device = "selectedDevice": SelectedDevice;
        /// Whether the user may bypass MFA (*inferred*).
        flag bypass_allowed = "bypassAllowed";
        /// Whether the bypass is on for the user (*inferred*).
        flag user_bypass_enabled = "userBypassEnabled";
        /// Whether to show one generic entry instead of each FIDO2 device.
        flag aggregate_fido2_devices = "aggregateFido2Devices";
        /// When it began: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When it last changed: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// How the user authenticated, with `COMPLETED`: method names, in no promised order.
        list authenticators = "authenticators": Box<str>;
        /// What a passkey has to sign, with `ASSERTION_REQUIRED`.
        one public_key_credential_request_options = "publicKeyCredentialRequestOptions": CredentialRequestOptions;
        /// What PingID Desktop has to sign: a JWT to pass on as it is.
        text ping_id_desktop_credential_request_options = "pingIdDesktopCredentialRequestOptions";
        /// The number that the user has to find on their phone; show it to them (*seen*).
        boxed number_matching = "numberMatching": NumberMatching;
        /// What would have been sent to a test device.
        boxed test = "test": TestMode;
        /// Why it failed, with `FAILED`.
        boxed error = "error": AuthenticationError;
        /// The native application whose `mobilePayload` was given.
        boxed application = "application": ApplicationReference;
        /// The payload of the mobile SDK that was given.
        text mobile_payload = "mobilePayload";
        /// How the user is notified, as it was given.
        json notification = "notification";
        /// The session of a remembered device.
        boxed device_session = "deviceSession": SessionReference;
        /// The payload of the Signals SDK that was given.
        boxed payload = "payload": Payload;
        /// The devices that can be selected, and those that cannot.
        one embedded = "_embedded": Embedded;
        /// What the service offers next.
        one links = "_links": Links;
    }
}

impl DeviceAuthentication {
    /// The devices that can be selected: `_embedded.devices`.
    #[must_use]
    pub fn devices(&self) -> &[Device] {
        self.embedded().map_or(&[], Embedded::devices)
    }

    /// The selected device with all that is known about it: one of the [`devices`](Self::devices), or a one-time
    /// device.
    pub(super) fn device_in_use(&self) -> Option<&Device> {
        let selected = self.selected_device()?;
        let paired = |id: &DeviceId| self.devices().iter().find(|device| device.id() == Some(id));
        selected.one_time().or_else(|| selected.id().and_then(paired))
    }
}

view! {
    /// The selected device of a reply: the id of a paired one, or a one-time device.
    pub struct SelectedDevice {
        /// The id of a paired device.
        one id = "id": DeviceId;
        /// The one-time device, with its address masked.
        one one_time = "oneTime": Device;
    }
}

view! {
    /// The devices of an authentication.
    pub struct Embedded {
        /// Those that can be selected.
        list devices = "devices": Device;
        /// Those that are blocked; only ever seen empty, taken to be like the others (*inferred*).
        list blocked_devices = "blockedDevices": Device;
        /// Those the user is using: remembered browsers.
        list accessing_devices = "accessingDevices": Device;
    }
}

view! {
    /// The number that the user has to find on their phone.
    pub struct NumberMatching {
        /// The number; not in `Debug`, because only the user may see it.
        digits number = "number";
    }
}

view! {
    /// A payload of the Signals SDK.
    pub struct Payload {
        /// What it describes, such as `BROWSER`.
        word kind = "type";
        /// The payload itself: thousands of characters.
        text value = "value";
    }
}

open_enum! {
    /// Why an authentication failed, as a constant. These are not the platform's error codes.
    pub enum FailureCode {
        /// All devices are locked, blocked or do not fit the policy.
        NoUsableDevices = "NO_USABLE_DEVICES",
    }
}

view! {
    /// Why an authentication failed.
    pub struct AuthenticationError {
        /// The reason.
        one code = "code": FailureCode;
        /// The same in English, for developers.
        text message = "message";
        /// The devices that are locked or blocked, with `NO_USABLE_DEVICES`.
        list unavailable_devices = "unavailableDevices": DeviceReference;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    #[test]
    fn the_device_in_use_is_found_whether_paired_or_given_for_once() {
        for (reply, phone) in [
            (
                r#"{"status":"X","selectedDevice":{"id":"d"},"_embedded":{"devices":[{"id":"d","phone":"*44"}]}}"#,
                Some("*44"),
            ),
            (r#"{"status":"X","selectedDevice":{"oneTime":{"type":"SMS","phone":"*50"}}}"#, Some("*50")),
            (r#"{"status":"X","selectedDevice":{"id":"d"}}"#, None),
            (r#"{"status":"X","_embedded":{"devices":[{"id":"d","phone":"*44"}]}}"#, None),
        ] {
            let document = Document::<DeviceAuthentication>::from_json(reply).unwrap();
            assert_eq!(document.device_in_use().and_then(Device::phone), phone, "{reply}");
        }
    }
}
