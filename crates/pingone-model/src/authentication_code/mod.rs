//! The resource *authentication code*: a code that a mobile app takes, instead of a device that is told.

mod create;
mod delete;
mod read;
mod reply;

pub use create::CreateAuthenticationCode;
pub use delete::DeleteAuthenticationCode;
pub use read::ReadAuthenticationCode;
pub use reply::{AuthenticationCode, AuthenticationCodeStatus, ClaimedBy, UserApproval};

/// The paths of all operations here, with the documentation's placeholders.
const ALL: &str = "/{envID}/authenticationCodes";
const ONE: &str = "/{envID}/authenticationCodes/{authCodeID}";
