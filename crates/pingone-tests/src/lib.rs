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

#[cfg(doctest)]
pub mod documents;
mod either_client;
mod in_memory;
#[expect(clippy::panic, clippy::unwrap_used, reason = "tests, where both clients find them")]
pub mod leaks;
pub mod population;
#[expect(clippy::panic, clippy::unwrap_used, reason = "tests, where both clients find them")]
pub mod scenarios;
mod tap;
mod wire;

pub use either_client::{EitherClient, Kind, emulated};
pub use in_memory::InMemory;
pub use pingone_transport_kit::reply;
pub use tap::Tap;
pub use wire::{Answer, Wire};
