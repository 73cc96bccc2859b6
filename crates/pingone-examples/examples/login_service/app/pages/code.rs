use maud::{Markup, html};
use pingone_async::Device;

use super::{
    super::{choice::How, notice::Notice, visit::At},
    layout::{page, told_of_field},
};

/// Waits for a code.
pub(crate) fn code(device: Option<&Device>, at: &At, notice: Option<&Notice>) -> Markup {
    let how = device.map_or(How::Unknown, How::of);
    let is_again = matches!(at, At::Step { sent_again: true, .. });
    page(
        "Enter the code",
        html! {
            (field("Log in", notice, where_from(how, device, is_again)))
            @if let Some(id) = device.filter(|_| how.is_sent()).and_then(Device::id) {
                form method="post" action="/select" {
                    input type="hidden" name="device" value=(id);
                    input type="hidden" name="again" value="true";
                    button { @if how == How::PhoneCall { "Call again" } @else { "Send again" } }
                }
            }
            form method="get" action="/devices" { button { "Use another device" } }
        },
    )
}

/// A field for a code, described by where to find the code and by what was wrong with the last one.
pub(super) fn field(action: &str, notice: Option<&Notice>, description: Markup) -> Markup {
    let described = if notice.is_some() { "notice from" } else { "from" };
    html! {
        (told_of_field(notice))
        p #from { (description) }
        form method="post" action="/code" {
            label for="code" { "Code" }
            input.code #code name="code" required autofocus inputmode="numeric" autocomplete="one-time-code"
                autocapitalize="none" spellcheck="false" aria-invalid=[notice.map(|_| "true")] aria-describedby=(described);
            button.first { (action) }
        }
    }
}

fn where_from(how: How, device: Option<&Device>, is_again: bool) -> Markup {
    let label = device.map_or_else(|| "your device".to_owned(), Device::label);
    // PingOne masks it.
    let address = device.and_then(|device| device.email().or(device.phone())).unwrap_or(&label);
    let sent = if is_again { "We sent a new code to " } else { "We sent a code to " };
    html! {
        @match how {
            How::Email => { (sent) strong { (address) } ". It may take a minute. Check your spam folder, too." }
            How::TextMessage => { (sent) strong { (address) } " by text message." }
            How::WhatsApp => { (sent) strong { (address) } " by WhatsApp." }
            How::PhoneCall => { "We are calling " strong { (address) } @if is_again { " again" } " to say a code." }
            How::AuthenticatorApp => { "Open your authenticator app (" strong { (label) } ") and enter the code that it shows." }
            How::Token => { "Enter the code that your token (" strong { (label) } ") shows." }
            How::YubiKey => { "Click into the field, then touch " strong { (label) } "." }
            How::Push | How::AppCode => { "Open the app on " strong { (label) } " and enter the code that it shows." }
            How::Passkey | How::Desktop | How::Unknown => { "Enter the code from " strong { (label) } "." }
        }
    }
}
