//! What only a passkey has.

use super::kind::DeviceType;
use crate::reply::view::view;

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
