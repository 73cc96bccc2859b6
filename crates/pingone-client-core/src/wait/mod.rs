//! Waiting for the answer to a push.

mod error;
mod other_devices;
mod policy;
mod push_wait;
mod text;

pub use error::WaitError;
pub use other_devices::OtherDevices;
pub(crate) use other_devices::selected;
pub use policy::WaitPolicy;
pub use push_wait::{PushWait, WaitAction};
pub use text::ParseWaitError;
