//! The model against the documentation: `fixtures/` has what the reference shows.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod errors;
mod fixtures;
mod replies;
mod requests;
