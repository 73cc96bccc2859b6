//! What a device is, and whether it is ready.

use crate::shared::open_enum::open_enum;

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
