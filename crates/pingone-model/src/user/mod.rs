//! The resource *user*: who logs in, and to whom devices belong.

mod attribute;
mod delete;
mod find;
mod list;
mod lock;
mod read;
mod reply;

use crate::{Operation, OperationInfo, Path};

pub use attribute::UserAttribute;
pub use delete::DeleteUser;
pub use find::FindUser;
pub use list::{ListUsers, UserFilter};
pub use lock::{LockUser, UnlockUser};
pub use read::ReadUser;
pub use reply::{
    Account, AccountStatus, IdentityProvider, IdentityProviderType, LastSignOn, Lifecycle, LifecycleStatus,
    PasswordState, PasswordStatus, User, UserAddress, UserEmbedded, UserName, UserPhoto, VerifyStatus,
};

/// The paths of all operations here, with the documentation's placeholders.
const ALL: Path = Path::api("/environments/{envID}/users");
const ONE: Path = Path::api("/environments/{envID}/users/{userID}");

pub(crate) const OPERATIONS: &[&OperationInfo] =
    &[ListUsers::INFO, ReadUser::INFO, DeleteUser::INFO, LockUser::INFO, UnlockUser::INFO];
