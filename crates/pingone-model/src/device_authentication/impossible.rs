//! What the steps do not let anybody write; each of these must fail to compile.

/// A push has no code to check:
///
/// ```compile_fail,E0599
/// fn impossible(push: pingone_model::PendingPush) {
///     push.check("012345");
/// }
/// ```
///
/// While a push is pending, no other device can be selected; it is cancelled first:
///
/// ```compile_fail,E0599
/// fn impossible(push: pingone_model::PendingPush) {
///     push.select("d-1");
/// }
/// ```
///
/// Where a device has to be selected, there is no push to cancel, and none is in use:
///
/// ```compile_fail,E0599
/// fn impossible(selection: pingone_model::DeviceSelection) {
///     selection.cancel();
/// }
/// ```
///
/// ```compile_fail,E0599
/// fn impossible(selection: pingone_model::DeviceSelection) {
///     selection.device();
/// }
/// ```
///
/// While a code is awaited, there is no push to cancel:
///
/// ```compile_fail,E0599
/// fn impossible(entry: pingone_model::OtpEntry) {
///     entry.cancel();
/// }
/// ```
///
/// At the end there is nothing to send:
///
/// ```compile_fail,E0599
/// fn impossible(completed: pingone_model::Completed) {
///     completed.read();
/// }
/// ```
///
/// ```compile_fail,E0599
/// fn impossible(failed: pingone_model::Failed) {
///     failed.select("d-1");
/// }
/// ```
///
/// Only the service's `COMPLETED` makes the proof:
///
/// ```compile_fail,E0423
/// use pingone_model::{Completed, DeviceAuthentication, Document};
///
/// fn impossible(reply: Document<DeviceAuthentication>) -> Completed {
///     Completed(reply)
/// }
/// ```
///
/// ```compile_fail,E0277
/// fn impossible() -> Result<pingone_model::Completed, serde_json::Error> {
///     serde_json::from_str("{\"status\":\"COMPLETED\"}")
/// }
/// ```
struct Impossible;
