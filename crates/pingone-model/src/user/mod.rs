//! The resource *user*: who logs in, and to whom devices belong.

mod attribute;
mod change;
mod create;
mod delete;
mod find;
mod import;
mod list;
mod lock;
mod members;
mod read;
mod replace;
mod reply;

use crate::{Operation, OperationInfo, Path};

pub use attribute::UserAttribute;
pub use change::ChangeUser;
pub use create::CreateUser;
pub use delete::DeleteUser;
pub use find::FindUser;
pub use import::ImportUser;
pub use list::{ListUsers, UserFilter};
pub use lock::{LockUser, UnlockUser};
pub use read::ReadUser;
pub use replace::ReplaceUser;
pub use reply::{
    Account, AccountStatus, IdentityProvider, IdentityProviderType, LastSignOn, Lifecycle, LifecycleStatus,
    PasswordState, PasswordStatus, User, UserAddress, UserEmbedded, UserName, UserPhoto, VerifyStatus,
};

/// The paths of all operations here, with the documentation's placeholders.
const ALL: Path = Path::api("/environments/{envID}/users");
const ONE: Path = Path::api("/environments/{envID}/users/{userID}");

pub(crate) const OPERATIONS: &[&OperationInfo] = &[
    ListUsers::INFO,
    ReadUser::INFO,
    CreateUser::INFO,
    ImportUser::INFO,
    ReplaceUser::INFO,
    ChangeUser::INFO,
    DeleteUser::INFO,
    LockUser::INFO,
    UnlockUser::INFO,
];
