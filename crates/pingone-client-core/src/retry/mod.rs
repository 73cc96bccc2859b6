//! When a call is retried, and how long it waits before.

mod budget;
mod policy;
mod verdict;

pub(crate) use budget::Budget;
pub use policy::RetryPolicy;
pub(crate) use verdict::{Verdict, leaves_effect_open, of_response, of_transport};
