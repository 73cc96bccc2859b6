//! Waiting for the answer to a push.

mod error;
mod policy;
mod push_wait;
mod text;

pub use error::WaitError;
use pingone_model::{DeviceAuthentication, DeviceId, DeviceSelection, SelectedDevice};
pub use policy::WaitPolicy;
pub use push_wait::{PushWait, WaitAction};
pub use text::ParseWaitError;

/// The device that was selected last.
pub(crate) fn selected(reply: &DeviceAuthentication) -> Option<&DeviceId> {
    reply.selected_device().and_then(SelectedDevice::id)
}

/// `device` is the one whose push it was; if nobody has said so before, the reply does.
pub(crate) fn abandoning(selection: DeviceSelection, device: Option<&DeviceId>) -> DeviceSelection {
    match device.or(selected(selection.authentication())).cloned() {
        Some(device) => selection.abandoning(device),
        None => selection,
    }
}
