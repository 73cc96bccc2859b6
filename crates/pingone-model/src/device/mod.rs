//! A device as the service shows it, in an authentication and beside its user.

mod browser;
mod browser_cookie;
mod kind;
pub(crate) mod label;
mod passkey;
mod phone;
mod view;

pub use browser::{BrowserOperatingSystem, SessionReference};
pub use browser_cookie::BrowserCookie;
pub use kind::{DeviceStatus, DeviceType};
pub use passkey::{DeviceAttributes, DeviceBackup, FidoDeviceMetadata, FidoRegistrationArtifacts, RelyingParty};
pub use phone::{DeviceApplication, DeviceIntegrityState, DeviceModel, OperatingSystem, OperatingSystemType};
pub use view::{
    Ability, AbilityStatus, BlockStatus, Device, DeviceBlock, DeviceLock, LockReason, LockStatus, TestMode,
};
