//! What the examples share: where the service is, and saying aloud what travels.
//!
//! ```
//! use pingone_examples::Place;
//!
//! // Without any variable it is the emulator, in this process.
//! let place = Place::from_variables(|_| None)?;
//! assert!(place.configuration.environment.is_loopback());
//! # Ok::<_, pingone_examples::Failure>(())
//! ```

mod failure;
mod narrated;
mod newcomer;
mod place;
mod qr_code;
mod service;

pub use failure::Failure;
pub use narrated::{Narrated, narrate_request, narrate_response};
pub use newcomer::Newcomer;
pub use place::Place;
pub use qr_code::qr_code;

/// Prints the heading of a step.
pub fn step(title: &str) {
    println!("\n{title}");
}
