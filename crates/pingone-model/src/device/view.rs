//! A device: one view for all types, everything optional.

use super::{
    browser::{BrowserOperatingSystem, SessionReference},
    kind::{DeviceStatus, DeviceType},
    passkey::{DeviceAttributes, DeviceBackup, FidoDeviceMetadata, FidoRegistrationArtifacts, RelyingParty},
    phone::{DeviceApplication, DeviceIntegrityState, DeviceModel, OperatingSystem},
};
use crate::{
    CredentialCreationOptions, DeviceId, EnvironmentReference, Link, Links, PolicyReference, Time, UserReference,
    reply::view::view, shared::open_enum::open_enum,
};

view! {
    /// A device of a user. Which members there are depends on its type, and on who shows it: an
    /// [authentication](crate::DeviceAuthentication) masks addresses and says whether the device can be used now; the
    /// resource [`user_device`](crate::user_device) has addresses in clear, and what only administrators see.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/cancel_authentication.html>
    pub struct Device([HeldDevice]) {
        /// Its id; absent for a one-time device.
        one id = "id": DeviceId;
        /// Its type.
        one kind = "type": DeviceType;
        /// Whether it is ready; absent for a one-time device.
        one status = "status": DeviceStatus;
        /// Whether it can be used now.
        one usable_status = "usableStatus": Ability;
        /// The name that the user gave it.
        text nickname = "nickname";
        /// A name to show; it may be a translation key, such as `fidoPolicy.deviceDisplayName01`.
        word display_name = "displayName";

        /// SMS, voice, WhatsApp: the phone number, as it was entered; in an authentication it is masked.
        text phone = "phone";
        /// Voice: the extension to dial once somebody has answered.
        text extension = "extension";
        /// E-mail: the address; in an authentication it is masked, so not a valid address.
        text email = "email";
        /// Hardware token: its serial number.
        text serial_number = "serialNumber";

        /// Mobile, desktop: the operating system.
        one os = "os": OperatingSystem;
        /// Mobile, desktop: the model; of a desktop it is empty.
        one model = "model": DeviceModel;
        /// Mobile: who made it.
        word manufacturer = "manufacturer";
        /// Mobile: its language, such as `en-IL`.
        word locale = "locale";
        /// Mobile, desktop: the app.
        boxed application = "application": DeviceApplication;
        /// Mobile: the version of the interface that the app speaks.
        word api_version = "apiVersion";
        /// Mobile: the version of the PingOne MFA SDK in the app, such as `1.2.0(5509)`; not a semantic version.
        word sdk_version = "sdkVersion";
        /// Mobile: whether the app accepts pushes.
        flag push_enabled = "pushEnabled";
        /// Mobile: whether a push can be sent to it.
        one push_status = "pushStatus": Ability;
        /// Mobile: when pushes failed (*inferred*), in milliseconds since 1970.
        list push_fails = "pushFails": u64;
        /// Mobile: whether the app makes passcodes.
        flag otp_enabled = "otpEnabled";
        /// Mobile: whether a passcode of the app can be used.
        one otp_status = "otpStatus": Ability;
        /// Mobile: who delivers pushes, such as `FCM`.
        word notification_provider = "notificationProvider";
        /// Mobile: the state of notifications, such as `enabled`; text, and in lower case.
        word notification = "notification";
        /// Mobile: the state of background work, such as `available`.
        word background = "background";
        /// Mobile: whether the user lets the app notify.
        flag allow_push_notification = "allowPushNotification";
        /// Mobile: whether the device is rooted.
        flag rooted = "rooted";
        /// Mobile: whether the device has a screen lock.
        flag lock_enabled = "lockEnabled";
        /// Mobile: what is known about the device's integrity.
        boxed device_integrity_state = "deviceIntegrityState": DeviceIntegrityState;

        /// FIDO2, desktop: the relying party.
        one rp = "rp": RelyingParty;
        /// FIDO2, desktop: the credential's id, in Base64URL.
        word credential_id = "credentialId";
        /// FIDO2: properties of the authenticator.
        one attributes = "attributes": DeviceAttributes;
        /// FIDO2: data from the registration.
        one fido_registration_artifacts = "fidoRegistrationArtifacts": FidoRegistrationArtifacts;
        /// FIDO2: whether the passkey is backed up.
        one backup = "backup": DeviceBackup;
        /// FIDO2: what is known about the authenticator model.
        one fido_device_metadata = "fidoDeviceMetadata": FidoDeviceMetadata;

        /// Desktop: the unit's id.
        word unit_id = "unitId";

        /// Authenticator app, new: the secret in Base32, for somebody who cannot scan the QR code (*unverified*).
        text secret = "secret";
        /// Authenticator app, new: the content of its QR code, `otpauth://…` (*unverified*). It contains the secret.
        text key_uri = "keyUri";
        /// Passkey, new: what `navigator.credentials.create` takes.
        one public_key_credential_creation_options = "publicKeyCredentialCreationOptions": CredentialCreationOptions;
        /// PingID Desktop, new: what it has to sign, a JWT to pass on as it is.
        text ping_id_desktop_credential_creation_options = "pingIdDesktopCredentialCreationOptions";
        /// Test device, new: the code that would have been sent.
        one test = "test": TestMode;
        /// The policy under which it was created, if the service says so.
        one policy = "policy": PolicyReference;

        /// Browser: its name.
        word name = "name";
        /// Browser: its version.
        word version = "version";
        /// Browser: the operating system.
        one operating_system = "operatingSystem": BrowserOperatingSystem;
        /// Browser: the session in which it was remembered.
        one session = "session": SessionReference;
        /// Browser: when it was last remembered, in milliseconds since 1970.
        number last_remembered_at = "lastRememberedAt";

        /// Hardware token: how it makes codes, such as `TOTP`.
        word token_type = "tokenType";

        /// Until when it cannot be used, in milliseconds since 1970 (*seen*).
        number cool_down_expires_at = "coolDownExpiresAt";
        /// Whether it is a test device: its codes are not sent, but returned in the reply.
        flag test_mode = "testMode";
        /// Whether it is locked, after wrong codes or pushes that were ignored.
        one lock = "lock": DeviceLock;
        /// Whether it is blocked, by an administrator.
        one block = "block": DeviceBlock;
        /// When it was paired: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When it last changed: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// Its environment.
        one environment = "environment": EnvironmentReference;
        /// Its user.
        one user = "user": UserReference;
        /// Links to the device and what belongs to it.
        one links = "_links": Links;
    }
}

impl Device {
    /// The link by which the service offers to activate a device that is not active yet: `device.activate` or, in older
    /// replies, `activate` (*seen*). For information only: use the operation.
    #[must_use]
    pub fn activation_link(&self) -> Option<&Link> {
        let links = self.links()?;
        links.get("device.activate").or_else(|| links.get("activate"))
    }
}

open_enum! {
    /// Whether something is on.
    pub enum AbilityStatus {
        /// It is on.
        Enabled = "ENABLED",
        /// It is off.
        Disabled = "DISABLED",
    }
}

view! {
    /// Whether something can be used.
    pub struct Ability {
        /// Whether it can be used.
        one status = "status": AbilityStatus;
        /// Why not, such as `OTP_NOT_SUPPORTED`.
        word reason = "reason";
    }
}

open_enum! {
    /// Whether a device is locked.
    pub enum LockStatus {
        /// The device is locked.
        Locked = "LOCKED",
        /// The device is not locked.
        Unlocked = "UNLOCKED",
    }
}

open_enum! {
    /// What a device is locked for (*unverified*).
    pub enum LockReason {
        /// Wrong codes.
        Otp = "OTP",
        /// Pushes that nobody answered.
        Push = "PUSH",
    }
}

view! {
    /// Whether a device is locked, after failures. It ends by itself, or by
    /// [unlocking](crate::user_device::UnlockUserDevice).
    pub struct DeviceLock {
        /// Whether the device is locked.
        one status = "status": LockStatus;
        /// What the device is locked for (*unverified*).
        one reason = "reason": LockReason;
        /// When the lock ends: ISO 8601 in UTC.
        one expires_at = "expiresAt": Time;
    }
}

open_enum! {
    /// Whether a device is blocked.
    pub enum BlockStatus {
        /// The device is blocked.
        Blocked = "BLOCKED",
        /// The device is not blocked.
        Unblocked = "UNBLOCKED",
    }
}

view! {
    /// Whether a device is blocked, by an administrator. It ends by
    /// [unblocking](crate::user_device::UnblockUserDevice) alone.
    pub struct DeviceBlock {
        /// Whether the device is blocked.
        one status = "status": BlockStatus;
        /// Since when: ISO 8601 in UTC.
        one blocked_at = "blockedAt": Time;
    }
}

view! {
    /// What would have been sent to a test device.
    pub struct TestMode {
        /// The one-time passcode. If the service sends it as a number, its leading zeros are lost.
        digits otp = "otp";
    }
}
