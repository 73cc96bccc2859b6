//! What is seen. maud escapes whatever is put in; every form works without scripts.

use maud::{DOCTYPE, Markup, html};
use pingone_async::{AbilityStatus, Device, DeviceId, DeviceType};

use super::notice::Notice;

pub(crate) fn name(notice: Option<&Notice>) -> Markup {
    page(
        "Log in",
        html! {
            (told(notice))
            form method="post" action="/begin" {
                label for="name" { "User name" }
                input #name name="name" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false";
                button.first { "Go on" }
            }
        },
    )
}

/// `waits` is whether the page goes on by itself.
pub(crate) fn push(device: Option<&Device>, number: Option<&str>, waits: bool, notice: Option<&Notice>) -> Markup {
    let what = html! {
        (told(notice))
        @if waits {
            p.waits role="status" { "A request was sent to " strong { (device.map_or("your phone", label)) } ". Approve it there." }
        } @else {
            p role="status" { "Nobody has answered the request." }
        }
        @if let Some(number) = number {
            p { "Choose this number on the phone:" }
            p.number { (number) }
        }
        form method="post" action="/change" { button { "Use another device" } }
        @if !waits { (again()) }
    };
    if !waits {
        return page("No answer", what);
    }
    // Without scripts, the page is loaded again every few seconds.
    let head = html! { script src="/wait.js" defer {} noscript { meta http-equiv="refresh" content="4"; } };
    with_head("Look at your phone", head, what)
}

/// The devices that this page has a way to ask; passkeys need a script of their own.
pub(crate) fn devices<'a>(
    devices: impl Iterator<Item = (&'a DeviceId, &'a Device)>,
    abandoned: Option<&DeviceId>,
    notice: Option<&Notice>,
) -> Markup {
    let (mut offered, last): (Vec<_>, Vec<_>) =
        devices.filter(|(_, device)| how(device).is_some()).partition(|(id, _)| Some(*id) != abandoned);
    // Another push to the same phone is sent if the user wants it.
    offered.extend(last);
    page(
        "Choose a device",
        html! {
            (told(notice))
            @if offered.is_empty() { p { "There is no other device that this page could use." } }
            @for (id, device) in offered {
                form method="post" action="/select" {
                    input type="hidden" name="device" value=(id);
                    button.device {
                        (label(device))
                        small { (how(device).unwrap_or_default()) @if Some(id) == abandoned { ", once more" } }
                    }
                }
            }
            (again())
        },
    )
}

pub(crate) fn code(device: Option<&Device>, notice: Option<&Notice>) -> Markup {
    page(
        "Enter the code",
        html! {
            (told(notice))
            p { "The code is from " strong { (device.map_or("your device", label)) } "." }
            form method="post" action="/code" {
                label for="code" { "Code" }
                input.code #code name="code" required autofocus inputmode="numeric" autocomplete="one-time-code";
                button.first { "Log in" }
            }
            p { a.button href="/devices" { "Use another device" } }
        },
    )
}

pub(crate) fn done(name: &str) -> Markup {
    page(
        "Logged in",
        html! {
            p role="status" { "Welcome, " strong { (name) } ". PingOne has confirmed that it is you." }
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
            p { a.button.first href="/" { "Try again" } }
            (again())
        },
    )
}

fn again() -> Markup {
    html! { form method="post" action="/leave" { button { "Begin again" } } }
}

fn told(notice: Option<&Notice>) -> Markup {
    html! { @if let Some(notice) = notice { p.notice role="alert" { (notice.text) } } }
}

/// The name that the user knows a device by, or the next best.
fn label(device: &Device) -> &str {
    let model = device.model().and_then(|model| model.marketing_name().or(model.name()));
    let names = [device.nickname(), device.email(), device.phone(), model, device.display_name()];
    names.into_iter().flatten().next().unwrap_or("Your device")
}

/// How a device is asked; `None` if it cannot be, here and now.
fn how(device: &Device) -> Option<&'static str> {
    if device.usable_status().and_then(|usable| usable.status()) == Some(&AbilityStatus::Disabled) {
        return None;
    }
    Some(match device.kind()? {
        DeviceType::Mobile => "App on a phone",
        DeviceType::Email => "Code by e-mail",
        DeviceType::Sms => "Code by text message",
        DeviceType::Voice => "Code by telephone",
        DeviceType::WhatsApp => "Code by WhatsApp",
        DeviceType::Totp | DeviceType::OathToken => "Code from the device",
        _ => return None,
    })
}

fn page(title: &str, content: Markup) -> Markup {
    with_head(title, html! {}, content)
}

fn with_head(title: &str, head: Markup, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/style.css";
                (head)
            }
            body { main { h1 { (title) } (content) } }
        }
    }
}
