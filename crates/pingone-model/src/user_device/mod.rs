//! The resource *user device*: the devices by which a user authenticates, and how they are enrolled.
//!
//! After a creation comes an [`EnrolmentStep`]:
//!
//! ```
//! use bytes::Bytes;
//! use pingone_model::{
//!     DeviceStatus, Environment, Operation, Region, UserId,
//!     user_device::{ActiveDevice, CreateUserDevice, EnrolmentStep},
//! };
//!
//! /// Your HTTP stack, which adds the token and sends.
//! fn carry(request: http::Request<Bytes>) -> http::Response<Bytes> {
//!     // Here, the service's answers are canned.
//!     let media_type = request.headers()["content-type"].to_str().unwrap_or_default();
//!     http::Response::new(Bytes::from_static(match media_type {
//!         "application/json" => br#"{"id": "d-1", "type": "EMAIL", "status": "ACTIVATION_REQUIRED"}"#,
//!         "application/vnd.pingidentity.device.activate+json" => br#"{"id": "d-1", "type": "EMAIL", "status": "ACTIVE"}"#,
//!         other => panic!("no such operation: {other}"),
//!     }))
//! }
//!
//! fn send<O: Operation>(operation: O) -> Result<O::Output, Box<dyn std::error::Error>> {
//!     let environment = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
//!     Ok(operation.read(carry(operation.request(&environment)?))?)
//! }
//!
//! let user = UserId::from("8f8a6354-6153-4430-964e-e10d4e5deed3");
//! let create = CreateUserDevice::email(&user, "ada@example.com").status(DeviceStatus::ActivationRequired);
//! let mut step = send(create)?;
//! let device: ActiveDevice = loop {
//!     step = match step {
//!         // The user was sent a code, and enters it.
//!         EnrolmentStep::SentCode(entry) => send(entry.activate("012345"))?,
//!         EnrolmentStep::Ready(device) => break device,
//!         other => return Err(format!("cannot go on: {other:?}").into()),
//!     };
//! };
//! assert_eq!(device.id().as_str(), "d-1");
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! A worker application needs the role *Identity Data Admin* for these operations.

mod block;
mod delete;
mod device_or_nothing;
mod enrolment;
mod list;
mod logs;
mod nickname;
mod order;
mod problem;
mod read;
mod remember_browser;
mod unlock;

use crate::{Operation, OperationInfo, Path};

pub use block::{BlockUserDevice, UnblockUserDevice};
pub use delete::DeleteUserDevice;
pub use enrolment::{
    ActivateUserDevice, ActiveDevice, AuthenticatorApp, CreateUserDevice, EnrolmentStep, ExtraCode,
    PasskeyRegistration, PingIdDesktopRegistration, ResendPairingCode, SentCode, TokenCode,
};
pub use list::{DeviceFilter, ListUserDevices};
pub use logs::{DeviceLogs, LogsStatus, RequestDeviceLogs};
pub use nickname::{DeviceNickname, UpdateDeviceNickname};
pub use order::{RemoveDeviceOrder, SetDeviceOrder};
pub use read::ReadUserDevice;
pub use remember_browser::{RememberBrowser, RememberedBrowser};
pub use unlock::UnlockUserDevice;

/// The paths of all operations here, with the documentation's placeholders.
const ALL: Path = Path::api("/environments/{envID}/users/{userID}/devices");
const ONE: Path = Path::api("/environments/{envID}/users/{userID}/devices/{deviceID}");

pub(crate) const OPERATIONS: &[&OperationInfo] = &[
    ListUserDevices::INFO,
    ReadUserDevice::INFO,
    CreateUserDevice::INFO,
    RememberBrowser::INFO,
    ActivateUserDevice::INFO,
    ResendPairingCode::INFO,
    UpdateDeviceNickname::INFO,
    RequestDeviceLogs::INFO,
    SetDeviceOrder::INFO,
    RemoveDeviceOrder::INFO,
    BlockUserDevice::INFO,
    UnblockUserDevice::INFO,
    UnlockUserDevice::INFO,
    DeleteUserDevice::INFO,
];
