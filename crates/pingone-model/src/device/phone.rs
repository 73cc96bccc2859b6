//! What a phone or a computer says of itself and of the app on it.

use crate::{ApplicationId, ServiceDuration, reply::view::view, shared::open_enum::open_enum};

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
