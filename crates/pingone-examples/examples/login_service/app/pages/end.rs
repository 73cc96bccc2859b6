use maud::{Markup, html};

use super::{
    super::{
        notice::Notice,
        session::{By, Session},
    },
    layout::{again, page, told, with_scripts},
};

/// `may_remember`: whether browsers can be remembered here.
pub(crate) fn done(session: &Session, may_remember: bool) -> Markup {
    let by = match session.by {
        By::Browser => "PingOne knows this browser again.",
        By::Bypass => "Your administrator lets you in without a device for now.",
        By::Device | By::FirstFactor => "PingOne has confirmed that it is you.",
    };
    with_scripts(
        "Logged in",
        &["/signals.js"],
        html! {
            p { "Welcome, " strong { (session.who.name) } ". " (by) }
            form method="get" action="/account" { button.first { "Your devices" } }
            @if may_remember && session.by == By::Device {
                // The script shows it, because it needs what only a script can find out.
                form method="post" action="/remember" hidden {
                    input type="hidden" name="signals";
                    button.device {
                        span { "Remember this browser" small { "Demonstration: a stand-in takes the place of the browser's data" } }
                    }
                }
            }
            form method="post" action="/leave" { button { "Log out" } }
        },
    )
}

/// This log-in is over. No other begins unless the user begins it.
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
