//! Holds an HTTP transport of your own against the **contract** that the PingOne clients rely on, and names what it breaks.
//!
//! ```sh
//! cargo add --dev pingone-transport-kit
//! ```
//!
//! The clients decide what is sent again, how long a call may take, and what is told of a failure. They can only do so if
//! the transport below them does what it is told and no more: an HTTP library that sends a request again after a reset
//! makes two pushes of one, and nobody ever knows. Most libraries do such a thing unless it is switched off.
//!
//! [`check`] takes any function from a request and a time limit to a response or a `TransportError`, and so any transport:
//!
//! ```
//! use pingone_blocking::{
//!     AccessToken, Configuration, Credentials, Environment, Transport, UreqTransport,
//! };
//!
//! // In a test of yours: your transport, for a service on loopback.
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
//! One that is async is blocked on: `check(|request, limit| runtime.block_on(transport.send(request, limit)))`. Take a
//! runtime with a thread of its own, such as tokio's `new_multi_thread`: one that stands still between two requests cannot
//! see that the service has closed a connection, and the check then names that.
//!
//! A report with faults reads so:
//!
//! ```text
//! the transport breaks the contract 2 times:
//! - send a request once: a connection that is reset after the request: 1 sent, and 2 came
//! - follow no redirect: a redirect to another host: a POST was taken there after 307, with the token
//! (proxies were not looked at: no variable names one)
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
//! A proxy is found by environment variables, which a test cannot set for itself. Run the test once more in a process with
//! `HTTP_PROXY`, `http_proxy` and `ALL_PROXY` set to `http://127.0.0.1:1`, where nobody listens, and without `NO_PROXY`:
//! [`Report::knows_proxies`] says whether it was so.
//!
//! # Logs
//!
//! The check looks for secrets in errors. What your transport and the libraries below it write to a log is for you to
//! collect; every secret of the check has the word [`CANARY`] in it, and [`Shown`] finds it.

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
