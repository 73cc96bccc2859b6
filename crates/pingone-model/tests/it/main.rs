//! The model against the documentation: `fixtures/` has what the reference shows.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod allocations;
mod environments;
mod errors;
mod examples;
mod fixtures;
mod house_rules;
mod memory;
mod passkeys;
mod problems;
mod properties;
mod replies;
mod requests;
mod storing;
mod table;
mod unknown;
