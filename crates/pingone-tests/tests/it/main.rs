//! Both clients, the core and the model against the emulator, and against servers that misbehave.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod allocations;
mod arguments;
mod bad_replies;
mod browser;
mod credentials;
mod diagrams;
mod documents;
mod enrolment;
mod exhaustive;
mod factors;
mod hosts;
mod house_rules;
mod in_flight;
mod inside_tokio;
mod layers;
mod leaks;
mod lost_replies;
mod options;
mod own_http_client;
mod paging;
mod problems;
mod proxies;
mod retries;
mod samples;
mod scenarios;
mod simulation;
mod time_limits;
mod token_lock;
mod tokenless;
mod tokens;
mod transcript;
mod variables;
mod waiting;
