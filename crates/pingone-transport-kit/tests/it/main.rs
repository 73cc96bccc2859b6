//! The kit passes what keeps the contract, and names each fault of what does not.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod faults;
mod faulty;
mod ours;
mod proxies;
