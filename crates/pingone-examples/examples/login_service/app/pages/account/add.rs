use std::time::Duration;

use maud::{Markup, html};
use pingone_async::{Device, DeviceId, KeyWait, pairing_key::UnclaimedKey};

use super::super::{
    super::{choice::How, icon::Icon, notice::Notice, qr::qr},
    layout::{countdown, page, problem, told, told_of_field, with_scripts},
};

/// How codes are sent: the form's value, and the label.
const ADDRESSES: [(&str, &str); 4] =
    [("email", "By e-mail"), ("text", "By text message"), ("call", "By phone call"), ("whatsapp", "By WhatsApp")];

/// The types of device that can be added.
pub(crate) fn add(is_first: bool, has_passkeys: bool, notice: Option<&Notice>) -> Markup {
    page(
        if is_first { "Add your first device" } else { "Add a device" },
        html! {
            (told(notice))
            @if is_first { p { "You have no device to log in with yet. Add one now, and log in with it from then on." } }
            @if has_passkeys {
                (way("/account/add/passkey", Icon::Key, "A passkey", "Fingerprint, face, PIN or security key"))
            }
            (way("/account/add/app", Icon::Clock, "An authenticator app", "It shows a new code every half minute"))
            (way("/account/add/phone", Icon::Phone, "The company’s app", "It asks you on your phone"))
            h2 { "An address or a number" }
            form method="post" action="/account/add/address" {
                fieldset {
                    legend { "How should we send the codes?" }
                    @for (kind, words) in ADDRESSES {
                        label.choice { input type="radio" name="kind" value=(kind) required checked[kind == "email"]; (words) }
                    }
                }
                label for="address" { "E-mail address, or number such as +1 512 555 1234" }
                input #address name="address" required autocomplete="email" autocapitalize="none" spellcheck="false";
                button { "Send a code" }
            }
            @if is_first {
                form method="post" action="/leave" { button { "Log out" } }
            } @else {
                form method="get" action="/account" { button { "Back" } }
            }
        },
    )
}

fn way(action: &str, icon: Icon, title: &str, words: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            button.device { (icon) span { (title) small { (words) } } }
        }
    }
}

/// The code proves that the new device is the user's.
pub(crate) fn enter_code(device: &Device, id: &DeviceId, notice: Option<&Notice>) -> Markup {
    let how = How::of(device);
    let address = device.email().or(device.phone()).unwrap_or("your device");
    let described = if notice.is_some() { "notice from" } else { "from" };
    page(
        "Enter the code",
        html! {
            (told_of_field(notice))
            p #from {
                @if how.is_sent() { "We sent a code to " strong { (address) } "." }
                @else { "Enter the code that the app shows now. The app already has its key." }
            }
            (code_field(id, notice, described))
            @if how.is_sent() {
                form method="post" action="/account/resend" {
                    input type="hidden" name="device" value=(id);
                    button { "Send again" }
                }
            }
            form method="get" action="/account" { button { "Not now" } }
        },
    )
}

fn code_field(id: &DeviceId, notice: Option<&Notice>, described: &str) -> Markup {
    html! {
        form method="post" action="/account/activate" {
            input type="hidden" name="device" value=(id);
            label for="code" { "Code" }
            input.code #code name="code" required autofocus inputmode="numeric" autocomplete="one-time-code"
                aria-invalid=[notice.map(|_| "true")] aria-describedby=(described);
            button.first { "Add" }
        }
    }
}

/// The key for an authenticator app, to scan or to type. It is not shown again.
pub(crate) fn scan(uri: &str, secret: &str, id: &DeviceId) -> Markup {
    page(
        "Scan with your app",
        html! {
            p #from { "Scan this with an authenticator app, then enter the code that it shows." }
            @if let Some(code) = qr(uri, "QR code for an authenticator app") { (code) }
            p { "If you cannot scan it, type this key into the app:" }
            p { code.secret { (in_fours(secret)) } }
            (code_field(id, None, "from"))
            form method="get" action="/account" { button { "Not now" } }
        },
    )
}

fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The pairing key for the company's app, to scan or to type.
pub(crate) fn pair(key: &UnclaimedKey, wait: &KeyWait, left: Duration) -> Markup {
    let code = key.code().unwrap_or_default();
    let [wait, then] = [format!("/account/pairing?wait={wait}"), format!("/account/paired?key={}", key.id())];
    with_scripts(
        "Pair the company’s app",
        &["/wait.js"],
        html! {
            p { "Scan this with the app on your phone." }
            @if let Some(image) = qr(code, "QR code for the company’s app") { (image) }
            p { "If you cannot scan it, type this key into the app:" }
            p { code.secret { (in_fours(code)) } }
            (countdown(left.as_secs(), &wait, &then))
            noscript {
                form method="get" action="/account/paired" {
                    input type="hidden" name="key" value=(key.id());
                    button.first { "I have paired it" }
                }
            }
            form method="get" action="/account/add" { button { "Not now" } }
        },
    )
}

/// `options`: what the script creates the passkey from.
pub(crate) fn make_passkey(options: &str, id: &DeviceId) -> Markup {
    with_scripts(
        "Add a passkey",
        &["/passkey.js"],
        html! {
            p { "Your browser will ask for your fingerprint, your face, a PIN or your security key, and keep a passkey for this page." }
            noscript { p.notice { "A passkey needs JavaScript. Allow it, or add another device." } }
            form #passkey method="post" action="/account/activate/passkey" data-create=(options) hidden {
                (problem())
                input type="hidden" name="device" value=(id);
                input type="hidden" name="credential";
                button.first { (Icon::Key) "Create the passkey" }
            }
            form method="get" action="/account/add" { button { "Add another device" } }
        },
    )
}
