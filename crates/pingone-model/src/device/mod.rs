//! A device as the service shows it, in an authentication and beside its user.

mod browser_cookie;
pub(crate) mod label;
mod view;

pub use browser_cookie::BrowserCookie;
pub use view::{
    Ability, AbilityStatus, BlockStatus, BrowserOperatingSystem, Device, DeviceApplication, DeviceAttributes,
    DeviceBackup, DeviceBlock, DeviceIntegrityState, DeviceLock, DeviceModel, DeviceStatus, DeviceType,
    FidoDeviceMetadata, FidoRegistrationArtifacts, LockReason, LockStatus, OperatingSystem, OperatingSystemType,
    RelyingParty, SessionReference, TestMode,
};
