//! The media types that tell operations on one address apart.

/// For operations without a media type of their own, such as create and replace.
pub const JSON: &str = "application/json";

/// Select a device.
pub const DEVICE_SELECT: &str = "application/vnd.pingidentity.device.select+json";

/// Validate a one-time passcode.
pub const OTP_CHECK: &str = "application/vnd.pingidentity.otp.check+json";

/// Cancel a pending push. It matches no link relation, so it cannot be derived from one.
pub const CANCEL_PUSH_AUTHENTICATION: &str = "application/vnd.pingidentity.cancel.push.authentication+json";

/// Check an assertion.
pub const ASSERTION_CHECK: &str = "application/vnd.pingidentity.assertion.check+json";

/// Check whether a browser is remembered.
pub const PAYLOAD_CHECK: &str = "application/vnd.pingidentity.payload.check+json";

/// Create a user with an existing password.
pub const USER_IMPORT: &str = "application/vnd.pingidentity.user.import+json";

/// Lock a user's account.
pub const ACCOUNT_LOCK: &str = "application/vnd.pingidentity.account.lock+json";

/// Unlock a user's account.
pub const ACCOUNT_UNLOCK: &str = "application/vnd.pingidentity.account.unlock+json";

/// Activate a device.
pub const DEVICE_ACTIVATE: &str = "application/vnd.pingidentity.device.activate+json";

/// Send a new device its code again.
pub const DEVICE_SEND_ACTIVATION_CODE: &str = "application/vnd.pingidentity.device.sendActivationCode+json";

/// Put a user's devices in order.
pub const DEVICES_REORDER: &str = "application/vnd.pingidentity.devices.reorder+json";

/// Remove the order of a user's devices.
pub const DEVICES_ORDER_REMOVE: &str = "application/vnd.pingidentity.devices.order.remove+json";

/// Block a device.
pub const DEVICE_BLOCK: &str = "application/vnd.pingidentity.device.block+json";

/// Unblock a device: no page of the reference has it (*unverified*).
pub const DEVICE_UNBLOCK: &str = "application/vnd.pingidentity.device.unblock+json";

/// Unlock a device.
pub const DEVICE_UNLOCK: &str = "application/vnd.pingidentity.device.unlock+json";
