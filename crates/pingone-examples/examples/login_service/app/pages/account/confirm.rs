use maud::{Markup, html};

use super::super::{
    super::notice::Notice,
    layout::{page, told},
};

/// Somebody else may be sitting at an open browser.
pub(crate) fn confirm(notice: Option<&Notice>) -> Markup {
    page(
        "Confirm that it is you",
        html! {
            (told(notice))
            p { "Before this can be changed, confirm with a device that you already have." }
            form method="post" action="/account/confirm" { button.first { "Confirm" } }
            form method="get" action="/account" { button { "Back" } }
        },
    )
}

/// The same for a user without a device to confirm with.
pub(crate) fn log_in_again() -> Markup {
    page(
        "Confirm that it is you",
        html! {
            p { "You logged in a while ago. Log in again to add a device." }
            form method="post" action="/leave" { button.first { "Log in again" } }
        },
    )
}

/// The first device is active.
pub(crate) fn log_in_with_device() -> Markup {
    page(
        "Your device is ready",
        html! {
            p { "From now on you log in with your password and this device." }
            form method="get" action="/" { button.first { "Log in" } }
        },
    )
}
