//! Whole calls without I/O: the tests own the clock and are the service.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod call;
mod errors;
mod house_rules;
mod in_flight;
mod observing;
mod retry;
mod script;
mod tokens;
mod waiting;
mod waiting_for_key;
