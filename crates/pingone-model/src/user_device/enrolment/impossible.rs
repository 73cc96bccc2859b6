//! What the steps of an enrolment do not let anybody write; each of these must fail to compile.

/// Only the service's `ACTIVE` makes an active device:
///
/// ```compile_fail,E0451
/// use pingone_model::{Device, DeviceId, Document, UserId, user_device::ActiveDevice};
///
/// fn impossible(user: UserId, id: DeviceId, device: Document<Device>) -> ActiveDevice {
///     ActiveDevice { user, id, device }
/// }
/// ```
///
/// A device whose code is awaited is not one:
///
/// ```compile_fail,E0308
/// use pingone_model::user_device::{ActiveDevice, SentCode};
///
/// fn impossible(entry: SentCode) -> ActiveDevice {
///     entry
/// }
/// ```
///
/// A device to which no code was sent cannot be sent another:
///
/// ```compile_fail,E0599
/// fn impossible(token: pingone_model::user_device::TokenCode) {
///     token.resend();
/// }
/// ```
///
/// A passkey is activated by no code:
///
/// ```compile_fail,E0061
/// fn impossible(passkey: pingone_model::user_device::PasskeyRegistration) {
///     passkey.activate("012345");
/// }
/// ```
///
/// After a creation there is nothing to read, for the id is not known:
///
/// ```compile_fail,E0599
/// use pingone_model::{FollowUp, user_device::CreateUserDevice};
///
/// fn impossible(create: CreateUserDevice) {
///     create.follow_up();
/// }
/// ```
///
/// No read tells whether a code was sent again:
///
/// ```compile_fail,E0599
/// use pingone_model::{FollowUp, user_device::ResendPairingCode};
///
/// fn impossible(resend: ResendPairingCode) {
///     resend.follow_up();
/// }
/// ```
struct Impossible;
