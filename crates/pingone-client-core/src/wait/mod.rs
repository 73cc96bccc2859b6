//! Waiting for the answer to a push.

mod error;
mod policy;
mod push_wait;
mod text;

pub use error::WaitError;
pub use policy::WaitPolicy;
pub use push_wait::{PushWait, WaitAction};
pub use text::ParseWaitError;
