use maud::{Markup, html};

use super::{
    super::{icon::Icon, notice::Notice},
    layout::{problem, told_of_field, with_scripts},
};

/// `name`: what was typed before.
pub(crate) fn log_in(name: &str, notice: Option<&Notice>) -> Markup {
    let wrong = notice.map(|_| "true");
    let described = notice.map(|_| "notice");
    with_scripts(
        "Log in",
        &["/passkey.js", "/signals.js"],
        html! {
            (told_of_field(notice))
            form method="post" action="/begin" {
                label for="name" { "User name" }
                input #name name="name" value=(name) required autofocus[name.is_empty()] autocomplete="username webauthn"
                    autocapitalize="none" spellcheck="false" aria-invalid=[wrong] aria-describedby=[described];
                label for="password" { "Password" }
                input #password name="password" type="password" required autofocus[!name.is_empty()]
                    autocomplete="current-password" aria-invalid=[wrong] aria-describedby=[described];
                input type="hidden" name="signals";
                button.first { "Continue" }
            }
            // The script shows it if the browser supports passkeys.
            form #passkey method="post" action="/passkey" data-begin="/passkey/begin" hidden {
                (problem())
                input type="hidden" name="credential";
                button.device { (Icon::Key) span { "Log in with a passkey" small { "No name and no password" } } }
            }
        },
    )
}
