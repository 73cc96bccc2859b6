//! The resource *device authentication*: its operations, its reply, and what can be done next.

mod cancel;
mod check_assertion;
mod check_otp;
mod check_remembered_device;
mod glance;
#[cfg(doctest)]
mod impossible;
mod initialize;
mod next_step;
mod one_time_device;
mod problem;
mod read;
mod reply;
mod select_device;
mod status;

use crate::{Operation, OperationInfo, Path};

pub use cancel::{CancelDeviceAuthentication, CancelReason};
pub use check_assertion::CheckAssertion;
pub use check_otp::CheckOtp;
pub use check_remembered_device::{CheckRememberedDevice, RememberedDevice};
pub use glance::Glance;
pub use initialize::InitializeDeviceAuthentication;
pub use next_step::{AssertionRequest, Completed, DeviceSelection, Failed, NextStep, OtpEntry, PendingPush};
pub use one_time_device::OneTimeDevice;
pub use read::ReadDeviceAuthentication;
pub use reply::{
    AuthenticationError, DeviceAuthentication, Embedded, FailureCode, NumberMatching, Payload, SelectedDevice,
};
pub use select_device::{Compatibility, SelectDevice};
pub use status::Status;

/// The paths of all operations here, with the documentation's placeholders.
const ALL: Path = Path::auth("/{envID}/deviceAuthentications");
const ONE: Path = Path::auth("/{envID}/deviceAuthentications/{deviceAuthID}");

pub(crate) const OPERATIONS: &[&OperationInfo] = &[
    InitializeDeviceAuthentication::INFO,
    CheckRememberedDevice::INFO,
    ReadDeviceAuthentication::INFO,
    SelectDevice::INFO,
    CheckOtp::INFO,
    CheckAssertion::INFO,
    CancelDeviceAuthentication::INFO,
];
