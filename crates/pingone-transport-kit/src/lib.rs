//! Tests your own HTTP transport against the **contract** that the PingOne clients rely on, and reports each violation.
//!
//! ```sh
//! cargo add --dev pingone-transport-kit
//! ```
//!
//! The clients decide what is sent again, how long a call may take, and how a failure is reported. That only works if the
//! transport does what it is told and no more: an HTTP library that repeats a request after a reset sends two pushes
//! instead of one, and nobody notices. Most libraries do something of the kind unless it is switched off.
//!
//! [`check`] takes any function from a request and a time limit to a response or a `TransportError`, so any transport
//! will do:
//!
//! ```
//! use pingone_blocking::{
//!     AccessToken, Configuration, Credentials, Environment, Transport, UreqTransport,
//! };
//!
//! // In your test: your transport, for a service on loopback.
//! let environment = Environment::at("http://127.0.0.1:1", "any")?;
//! let credentials = Credentials::access_token(AccessToken::new("any")?);
//! let transport = UreqTransport::new(&Configuration::new(environment, credentials))?;
//!
//! let report = pingone_transport_kit::check(|request, limit| transport.send(request, limit))?;
//! println!("{report}");
//! report.assert_kept(); // panics with a line for each fault
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! For an async transport, block on its future: `check(|request, limit| runtime.block_on(transport.send(request, limit)))`.
//! Use a runtime with a thread of its own, such as tokio's `new_multi_thread`: one that does not run between two requests
//! cannot notice that the service has closed a connection, and the check would report that.
//!
//! A report with faults looks like this:
//!
//! ```text
//! the transport breaks the contract 2 times:
//! - send a request once: a connection that is reset after the request: 1 sent, and 2 came
//! - follow no redirect: a redirect to another host: a POST was taken there after 307, with the token
//! (proxies were not tested: no environment variable names one)
//! ```
//!
//! # The contract
//!
#![doc = include_str!("contract.md")]
//!
//! # What to switch off
//!
#![doc = include_str!("libraries.md")]
//!
//! # Proxies
//!
//! Proxies come from environment variables, which a test cannot set for itself. Run the test once more in a process with
//! `HTTP_PROXY`, `http_proxy` and `ALL_PROXY` set to `http://127.0.0.1:1`, where nothing listens, and without `NO_PROXY`.
//! [`Report::knows_proxies`] says whether there were such variables.
//!
//! # Logs
//!
//! The check searches errors for secrets. The logs of your transport and its libraries are for you to collect: every
//! secret in the check contains the word [`CANARY`], and [`Shown`] finds it.

mod check;
mod probe;
mod report;
mod scenarios;
mod server;
mod shown;

pub use check::{MAX_REPLY_BYTES, check};
pub use report::{Fault, Report, Rule};
pub use server::{Received, Server, Then, reply};
pub use shown::{CANARY, Shown};
