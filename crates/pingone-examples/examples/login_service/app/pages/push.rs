use maud::{Markup, html};
use pingone_async::{Ability, AbilityStatus, Device};

use super::{
    super::{choice::Choice, notice::Notice},
    code::field,
    devices::list,
    layout::{again, countdown, page, told, with_scripts},
};

/// A push is waiting. `left` is the number of seconds; `None` if the page no longer waits.
pub(crate) fn push(
    device: Option<&Device>,
    number: Option<&str>,
    left: Option<u64>,
    notice: Option<&Notice>,
) -> Markup {
    let phone = device.map_or_else(|| "your phone".to_owned(), Device::label);
    let change = html! { form method="post" action="/change" { button { "Use another device" } } };
    let Some(left) = left else {
        return page(
            "No answer",
            html! {
                (told(notice))
                p { "Nobody answered the request on " strong { (phone) } "." }
                (change)
                (again())
            },
        );
    };
    with_scripts(
        "Look at your phone",
        &["/wait.js"],
        html! {
            (told(notice))
            p { "A request was sent to " strong { (phone) } ". Approve it there, if it is yours." }
            @if let Some(number) = number {
                p { "Choose this number on the phone:" }
                p.number { (number) }
            }
            (countdown(left, "/wait", "/"))
            noscript { form method="get" action="/" { button.first { "I have answered" } } }
            (change)
        },
    )
}

/// Nobody answered in time. The app's code can be used instead (*seen*), or another device.
pub(crate) fn no_answer(phone: Option<&Device>, choices: &[Choice], notice: Option<&Notice>) -> Markup {
    let app = phone.filter(|phone| makes_codes(phone));
    page(
        "No answer",
        html! {
            @if app.is_none() { (told(notice)) }
            p { "Nobody answered the request in time." }
            @if let Some(app) = app {
                (field("Log in", notice, html! { "Use the app’s code instead: open the app on " strong { (app.label()) } "." }))
            }
            (list(choices, phone.and_then(Device::id)))
            (again())
        },
    )
}

fn makes_codes(phone: &Device) -> bool {
    let is_off = phone.otp_status().and_then(Ability::status) == Some(&AbilityStatus::Disabled);
    phone.otp_enabled() == Some(true) && !is_off
}
