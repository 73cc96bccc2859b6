//! A device: one view for all types, everything optional.

use crate::{
    ApplicationId, CredentialCreationOptions, DeviceId, EnvironmentReference, Link, Links, PolicyReference,
    ServiceDuration, Time, UserReference, reply::view::view, shared::open_enum::open_enum,
};

open_enum! {
    /// What kind of device it is, which decides how it authenticates.
    pub enum DeviceType {
        /// A one-time passcode by text message.
        Sms = "SMS",
        /// A one-time passcode by telephone call.
        Voice = "VOICE",
        /// A one-time passcode by e-mail.
        Email = "EMAIL",
        /// A one-time passcode by WhatsApp.
        WhatsApp = "WHATSAPP",
        /// A one-time passcode from an authenticator app.
        Totp = "TOTP",
        /// A one-time passcode from a hardware token.
        OathToken = "OATH_TOKEN",
        /// A push to the user's app, or the app's own passcode.
        Mobile = "MOBILE",
        /// A passkey.
        Fido2 = "FIDO2",
        /// A passkey of the machine at hand; now [`Fido2`](Self::Fido2).
        Platform = "PLATFORM",
        /// A passkey on a key; now [`Fido2`](Self::Fido2).
        SecurityKey = "SECURITY_KEY",
        /// PingID's app on a telephone (*seen*).
        PingIdMobile = "PINGID_MOBILE",
        /// PingID's app on a computer, the older one (*seen*).
        PingIdDesktop = "PINGID_DESKTOP",
        /// PingID's app on a computer, which signs an assertion.
        PingIdDesktopGen2 = "PINGID_DESKTOP_GEN2",
        /// A one-time passcode of 44 letters from a key (*seen*).
        YubiKey = "YUBIKEY",
        /// A browser that is remembered.
        Browser = "BROWSER",
    }
}

open_enum! {
    /// Whether a device is ready.
    pub enum DeviceStatus {
        /// The device is ready.
        Active = "ACTIVE",
        /// The device has to be activated first.
        ActivationRequired = "ACTIVATION_REQUIRED",
    }
}

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

        /// SMS, voice, WhatsApp: the telephone number, as it was entered; in an authentication it is masked.
        text phone = "phone";
        /// Voice: what is dialled once somebody has answered.
        text extension = "extension";
        /// E-mail: the address; in an authentication it is masked, and no valid address.
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
        /// Mobile: the version of the PingOne MFA SDK in the app, such as `1.2.0(5509)`: no semantic version.
        word sdk_version = "sdkVersion";
        /// Mobile: whether the app takes pushes.
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
        /// Mobile: what is known of the device's integrity.
        boxed device_integrity_state = "deviceIntegrityState": DeviceIntegrityState;

        /// FIDO2, desktop: the relying party.
        one rp = "rp": RelyingParty;
        /// FIDO2, desktop: the credential's id, in Base64URL.
        word credential_id = "credentialId";
        /// FIDO2: properties of the authenticator.
        one attributes = "attributes": DeviceAttributes;
        /// FIDO2: what the registration left.
        one fido_registration_artifacts = "fidoRegistrationArtifacts": FidoRegistrationArtifacts;
        /// FIDO2: whether the passkey is backed up.
        one backup = "backup": DeviceBackup;
        /// FIDO2: what is known of the authenticator's make.
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
        /// For tests, new: the code that would have been sent.
        one test = "test": TestMode;
        /// The policy under which it was created, if the service says so.
        one policy = "policy": PolicyReference;

        /// Browser: its name.
        word name = "name";
        /// Browser: its version.
        word version = "version";
        /// Browser: the operating system.
        one operating_system = "operatingSystem": BrowserOperatingSystem;
        /// Browser: the session it was remembered in.
        one session = "session": SessionReference;
        /// Browser: when it was remembered last, in milliseconds since 1970.
        number last_remembered_at = "lastRememberedAt";

        /// Hardware token: how it makes codes, such as `TOTP`.
        word token_type = "tokenType";

        /// Until when it is not to be used, in milliseconds since 1970 (*seen*).
        number cool_down_expires_at = "coolDownExpiresAt";
        /// Whether it is for tests: its codes are not sent, but told in the reply.
        flag test_mode = "testMode";
        /// Whether it is locked, after wrong codes or pushes that were ignored.
        one lock = "lock": DeviceLock;
        /// Whether it is blocked, by an administrator.
        one block = "block": DeviceBlock;
        /// When it was paired: ISO 8601 in UTC.
        one created_at = "createdAt": Time;
        /// When it changed last: ISO 8601 in UTC.
        one updated_at = "updatedAt": Time;
        /// The environment it is known in.
        one environment = "environment": EnvironmentReference;
        /// The user it belongs to.
        one user = "user": UserReference;
        /// Links to the device and what belongs to it.
        one links = "_links": Links;
    }
}

impl Device {
    /// The link by which the service offers to activate a device that is not active yet: `device.activate` or, in older
    /// words, `activate` (*seen*). It is for information only: an operation does it.
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
    /// What would have been sent to a device for tests.
    pub struct TestMode {
        /// The one-time passcode. If the service sends it as a number, its leading zeros are lost.
        digits otp = "otp";
    }
}

open_enum! {
    /// Which operating system it is.
    pub enum OperatingSystemType {
        /// Android.
        Android = "ANDROID",
        /// iOS; in mixed case.
        Ios = "iOS",
        /// macOS.
        Mac = "MAC",
    }
}

view! {
    /// The operating system of a device.
    pub struct OperatingSystem {
        /// Which one.
        one kind = "type": OperatingSystemType;
        /// Its version.
        word version = "version";
    }
}

view! {
    /// The model of a device.
    pub struct DeviceModel {
        /// The maker's name for it.
        word name = "name";
        /// The name it is sold by.
        word marketing_name = "marketingName";
    }
}

view! {
    /// The app on a mobile device.
    pub struct DeviceApplication {
        /// Its id in PingOne.
        one id = "id": ApplicationId;
        /// Its name in PingOne.
        word name = "name";
        /// Its own name.
        word native_name = "nativeName";
        /// Its version.
        word version = "version";
        /// Whether its pushes go to the provider's sandbox.
        flag push_sandbox = "pushSandbox";
        /// How often its passcode changes.
        one passcode_refresh_duration = "passcodeRefreshDuration": ServiceDuration;
    }
}

view! {
    /// What is known of a device's integrity.
    pub struct DeviceIntegrityState {
        /// Whether it is compromised: a word, such as `UNKNOWN`, and no flag.
        word compromised = "compromised";
        /// Why that is not known.
        word reason = "reason";
        /// When that was found, in milliseconds since 1970.
        number timestamp = "timestamp";
    }
}

view! {
    /// The relying party of a passkey.
    pub struct RelyingParty {
        /// Its id, a domain.
        word id = "id";
        /// Its name.
        word name = "name";
    }
}

view! {
    /// Properties of an authenticator.
    pub struct DeviceAttributes {
        /// What the device was before types were merged.
        one previous_device_type = "previousDeviceType": DeviceType;
        /// Whether it works with more than one machine.
        flag is_cross_platform = "isCrossPlatform";
        /// Whether the passkey is discoverable.
        flag is_resident_key = "isResidentKey";
        /// How it is reached, such as `hybrid`.
        list transports = "transports": Box<str>;
    }
}

view! {
    /// What the registration of a passkey left.
    pub struct FidoRegistrationArtifacts {
        /// How the authenticator was attested, such as `NONE`.
        word attestation_type = "attestationType";
    }
}

view! {
    /// Whether a passkey is backed up.
    pub struct DeviceBackup {
        /// Whether the passkey may be backed up.
        flag backup_eligibility = "backupEligibility";
        /// Whether the passkey is backed up.
        flag backup_state = "backupState";
    }
}

view! {
    /// What is known of an authenticator's make.
    pub struct FidoDeviceMetadata {
        /// Its entry in the FIDO metadata service.
        word mds_identifier = "mdsIdentifier";
    }
}

view! {
    /// The operating system of a browser.
    pub struct BrowserOperatingSystem {
        /// Its name.
        word name = "name";
        /// Its version.
        word version = "version";
    }
}

view! {
    /// A session.
    pub struct SessionReference {
        /// Its id.
        word id = "id";
    }
}
