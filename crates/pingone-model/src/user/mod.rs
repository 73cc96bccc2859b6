//! The resource *user*: who logs in, and to whom devices belong.
//!
//! [`FindUser`] answers the first question of a log-in, and [`ListUsers`] any other; [`CreateUser`], [`ImportUser`],
//! [`ChangeUser`] and [`ReplaceUser`] write the attributes, by [`UserAttribute`] or by a custom name. MFA is enabled and
//! disabled by [`mfa_enabled`](crate::mfa_enabled), and bypassed for a while by [`bypass_mfa`](crate::bypass_mfa).
//!
//! ```
//! use pingone_model::{
//!     Environment, Operation, Region,
//!     user::{ChangeUser, FindUser, UserAttribute},
//! };
//!
//! let environment = Environment::new(Region::Europe, "e-1");
//! let find = FindUser::by_username("ada");
//! assert_eq!(find.request(&environment)?.uri().query(), Some("filter=username%20eq%20%22ada%22"));
//! // Your HTTP stack sends the request, and this comes back.
//! let page = r#"{"_embedded": {"users": [{"id": "u-1", "username": "ada", "nickname": "Countess"}]}}"#;
//! let ada = find.read(http::Response::new(page.into()))?.ok_or("nobody has this name")?;
//!
//! let change = ChangeUser::new(ada.id()).clear(UserAttribute::Nickname);
//! assert_eq!(change.request(&environment)?.body(), r#"{"nickname":null}"#);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

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
