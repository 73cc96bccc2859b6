use maud::{Markup, html};

use super::{
    super::{choice::Choice, icon::Icon, notice::Notice, settings::Settings},
    devices::list,
    layout::{again, page, problem, told, with_scripts},
};

/// Waits for a passkey. `options`: what it has to sign, for the script.
pub(crate) fn passkey(options: &str, settings: &Settings, notice: Option<&Notice>) -> Markup {
    let here = settings.origin.as_str();
    with_scripts(
        "Use your passkey",
        &["/passkey.js"],
        html! {
            (told(notice))
            p { "Your browser will ask for your fingerprint, your face, a PIN or your security key." }
            noscript { p.notice { "A passkey needs JavaScript. Allow it, or use another device." } }
            form #passkey method="post" action="/passkey" data-options=(options) data-origin=(here) hidden {
                (problem())
                input type="hidden" name="credential";
                button.first { (Icon::Key) "Use the passkey" }
            }
            form method="get" action="/devices" { button { "Use another device" } }
            (again())
        },
    )
}

/// PingID Desktop signs with a program on the user's computer, which this page does not talk to.
pub(crate) fn desktop(choices: &[Choice], notice: Option<&Notice>) -> Markup {
    page(
        "Choose another device",
        html! {
            (told(notice))
            p { "Your first device is PingID Desktop on this computer. This page does not support it yet; use another device." }
            (list(choices, None))
            (again())
        },
    )
}
