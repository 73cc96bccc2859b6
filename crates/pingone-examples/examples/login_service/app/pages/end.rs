use maud::{Markup, html};

use super::{
    super::notice::Notice,
    layout::{again, page, told},
};

pub(crate) fn done(name: &str) -> Markup {
    page(
        "Logged in",
        html! {
            p { "Welcome, " strong { (name) } ". PingOne has confirmed that it is you." }
            form method="post" action="/leave" { button { "Log out" } }
        },
    )
}

/// This log-in is over; another one begins with the user's name, and by nobody but them.
pub(crate) fn over(notice: &Notice) -> Markup {
    page("Not logged in", html! { (told(Some(notice))) (again()) })
}

/// It is not known where the log-in stands.
pub(crate) fn unknown(notice: &Notice) -> Markup {
    page(
        "One moment",
        html! {
            (told(Some(notice)))
            form method="get" action="/" { button.first { "Try again" } }
            (again())
        },
    )
}
