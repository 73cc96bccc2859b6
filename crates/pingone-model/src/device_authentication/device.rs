//! A device as an authentication shows it: one view for all types, everything optional.

use crate::{ApplicationId, DeviceId, object::object, open_enum::open_enum};

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
    }
}

open_enum! {
    /// Whether a device is ready.
    pub enum DeviceStatus {
        /// It is.
        Active = "ACTIVE",
        /// It has to be activated first.
        ActivationRequired = "ACTIVATION_REQUIRED",
    }
}

object! {
    /// A device as an authentication shows it. Which members there are depends on its type.
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/cancel_authentication.html>
    pub struct Device {
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

        /// SMS, voice, WhatsApp: the telephone number, masked.
        text phone = "phone";
        /// E-mail: the address, masked; it is no valid address.
        text email = "email";

        /// Mobile: the operating system.
        one os = "os": OperatingSystem;
        /// Mobile: the model.
        one model = "model": DeviceModel;
        /// Mobile: who made it.
        word manufacturer = "manufacturer";
        /// Mobile: its language, such as `en-IL`.
        word locale = "locale";
        /// Mobile: the app.
        one application = "application": DeviceApplication;
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
        one device_integrity_state = "deviceIntegrityState": DeviceIntegrityState;

        /// FIDO2: the relying party of the passkey.
        one rp = "rp": RelyingParty;
        /// FIDO2: the credential's id, in Base64URL.
        word credential_id = "credentialId";
        /// FIDO2: properties of the authenticator.
        one attributes = "attributes": DeviceAttributes;
        /// FIDO2: what the registration left.
        one fido_registration_artifacts = "fidoRegistrationArtifacts": FidoRegistrationArtifacts;
        /// FIDO2: whether the passkey is backed up.
        one backup = "backup": DeviceBackup;
    }
}

object! {
    /// Whether something can be used.
    pub struct Ability {
        /// `ENABLED`, or another word.
        word status = "status";
        /// Why not, such as `OTP_NOT_SUPPORTED`.
        word reason = "reason";
    }
}

object! {
    /// The operating system of a device.
    pub struct OperatingSystem {
        /// Its name, such as `ANDROID` or `iOS`.
        word kind = "type";
        /// Its version.
        word version = "version";
    }
}

object! {
    /// The model of a device.
    pub struct DeviceModel {
        /// The maker's name for it.
        word name = "name";
        /// The name it is sold by.
        word marketing_name = "marketingName";
    }
}

object! {
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
        one passcode_refresh_duration = "passcodeRefreshDuration": RefreshDuration;
    }
}

object! {
    /// A length of time, in two parts.
    pub struct RefreshDuration {
        /// How many units.
        number duration = "duration";
        /// The unit, such as `SECONDS`.
        word time_unit = "timeUnit";
    }
}

object! {
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

object! {
    /// The relying party of a passkey.
    pub struct RelyingParty {
        /// Its id, a domain.
        word id = "id";
        /// Its name.
        word name = "name";
    }
}

object! {
    /// Properties of an authenticator.
    pub struct DeviceAttributes {
        /// What the device was before types were merged, such as `PLATFORM`.
        word previous_device_type = "previousDeviceType";
        /// Whether it works with more than one machine.
        flag is_cross_platform = "isCrossPlatform";
    }
}

object! {
    /// What the registration of a passkey left.
    pub struct FidoRegistrationArtifacts {
        /// How the authenticator was attested, such as `NONE`.
        word attestation_type = "attestationType";
    }
}

object! {
    /// Whether a passkey is backed up.
    pub struct DeviceBackup {
        /// Whether it may be.
        flag backup_eligibility = "backupEligibility";
        /// Whether it is.
        flag backup_state = "backupState";
    }
}
