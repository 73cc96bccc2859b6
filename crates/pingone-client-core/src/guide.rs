//! Guides to what spans more than one item.
//!
//! For those who call the service; both clients re-export them.

// A link such as `[retries]` leads to a file in the repository, and to a module here: the first definition counts.

/// [errors]: errors
/// [retries]: retries
/// [states]: states
/// [waiting]: waiting
#[doc = include_str!("../docs/enrolment.md")]
pub mod enrolment {}

/// [retries]: retries
#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

/// [waiting]: waiting
#[doc = include_str!("../docs/operation.md")]
pub mod operation {}

#[doc = include_str!("../docs/proxies.md")]
pub mod proxies {}

/// [errors]: errors
/// [proxies]: proxies
/// [states]: states
/// [waiting]: waiting
#[doc = include_str!("../docs/retries.md")]
pub mod retries {}

/// [enrolment]: enrolment
/// [retries]: retries
/// [waiting]: waiting
#[doc = include_str!("../docs/states.md")]
pub mod states {}

#[doc = include_str!("../docs/testing.md")]
pub mod testing {}

/// [errors]: errors
/// [retries]: retries
#[doc = include_str!("../docs/users.md")]
pub mod users {}

/// [enrolment]: enrolment
/// [retries]: retries
/// [states]: states
#[doc = include_str!("../docs/waiting.md")]
pub mod waiting {}
