//! All crates together: what the tests of `tests/it` stand on.
//!
//! Every scenario runs through both clients, for they promise one behaviour:
//!
//! ```
//! use pingone_emulator::Emulator;
//! use pingone_model::{InitializeDeviceAuthentication, Status};
//! use pingone_tests::{EitherClient, emulated};
//!
//! let emulator = Emulator::start()?;
//! for client in EitherClient::both(&emulated(&emulator)?)? {
//!     let begun = client.send(InitializeDeviceAuthentication::new(emulator.service().user_id()))?;
//!     assert_eq!(*begun.status(), Status::PushConfirmationRequired);
//! }
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod either_client;
mod in_memory;
#[expect(clippy::panic, clippy::unwrap_used, reason = "tests, where both clients find them")]
pub mod leaks;
#[expect(clippy::panic, clippy::unwrap_used, reason = "tests, where both clients find them")]
pub mod scenarios;
mod tap;
mod wire;

pub use either_client::{EitherClient, Kind, emulated};
pub use in_memory::InMemory;
pub use tap::Tap;
pub use wire::Wire;

/// The examples of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;

/// The example of `docs/retries.md`, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/retries.md")]
pub struct Retries;

/// The example of `docs/waiting.md`, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/waiting.md")]
pub struct Waiting;

/// The example of `docs/transports.md`, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/transports.md")]
pub struct Transports;
