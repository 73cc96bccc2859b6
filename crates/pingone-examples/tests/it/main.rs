//! The examples as their readers run them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod approve_then_run;
mod enrol;
mod first_lines;
mod login_service;
mod own_operation;
mod program;
mod walkthroughs;
