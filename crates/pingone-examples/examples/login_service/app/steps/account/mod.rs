//! What logged-in users can do with their devices.

mod activate;
mod add;
mod change;
mod confirm;
mod list;
mod phone;
mod remember;

use serde::Deserialize;

pub(crate) use self::{
    activate::{activate, activate_passkey, resend},
    add::{add, address, app, passkey},
    change::{name, order, remove},
    confirm::confirm,
    list::account,
    phone::{paired, phone, wait_for_phone},
    remember::remember,
};

/// What was done, for the page that follows.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Done {
    Added,
    Named,
    Ordered,
    Removed,
    Remembered,
}

impl Done {
    /// Redirects to the page that says so; reloading that page repeats nothing.
    fn page(self) -> axum::response::Response {
        let done = match self {
            Self::Added => "added",
            Self::Named => "named",
            Self::Ordered => "ordered",
            Self::Removed => "removed",
            Self::Remembered => "remembered",
        };
        axum::response::IntoResponse::into_response(axum::response::Redirect::to(&format!("/account?done={done}")))
    }
}
