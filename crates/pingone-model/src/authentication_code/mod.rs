//! The resource *authentication code*: a code that a mobile app claims; the app is the factor.

mod create;
mod delete;
mod read;
mod reply;

use crate::{Operation, OperationInfo, Path};

pub use create::CreateAuthenticationCode;
pub use delete::DeleteAuthenticationCode;
pub use read::ReadAuthenticationCode;
pub use reply::{AuthenticationCode, AuthenticationCodeStatus, ClaimedBy, UserApproval};

/// The paths of all operations here, with the documentation's placeholders.
const ALL: Path = Path::auth("/{envID}/authenticationCodes");
const ONE: Path = Path::auth("/{envID}/authenticationCodes/{authCodeID}");

pub(crate) const OPERATIONS: &[&OperationInfo] =
    &[CreateAuthenticationCode::INFO, ReadAuthenticationCode::INFO, DeleteAuthenticationCode::INFO];
