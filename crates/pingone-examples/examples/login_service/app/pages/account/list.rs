use maud::{Markup, html};
use pingone_async::{Device, DeviceStatus, Document, Time};

use super::super::{
    super::{choice::How, notice::Notice, steps::account::Done},
    layout::{page, told},
};

pub(crate) fn account(devices: &[Document<Device>], done: Option<Done>, notice: Option<&Notice>) -> Markup {
    let (active, pending): (Vec<_>, Vec<_>) =
        devices.iter().partition(|device| device.status() == Some(&DeviceStatus::Active));
    let last = active.len().saturating_sub(1);
    page(
        "Your devices",
        html! {
            (told(notice))
            @if let Some(done) = done { p.notice role="status" { (words(done)) } }
            ol.devices {
                @for (place, device) in active.iter().enumerate() {
                    li { (entry(device, place == 0)) (change(device, place > 0, place < last)) }
                }
            }
            @if !pending.is_empty() {
                h2 { "Not finished" }
                ul.devices { @for device in pending { li { (entry(device, false)) (remove(device)) } } }
            }
            form method="get" action="/account/add" { button.first { "Add a device" } }
            form method="get" action="/" { button { "Back" } }
        },
    )
}

fn words(done: Done) -> &'static str {
    match done {
        Done::Added => "Your new device is ready.",
        Done::Named => "The name is changed.",
        Done::Ordered => "The order is changed.",
        Done::Removed => "The device is removed.",
        Done::Remembered => "This browser is remembered.",
    }
}

fn entry(device: &Device, is_first: bool) -> Markup {
    let how = How::of(device);
    html! {
        div.device {
            (how.icon())
            span {
                (device.label())
                small {
                    (how.words())
                    @if let Some(day) = device.created_at().and_then(day) { ", added on " time datetime=(day) { (day) } }
                    @if is_first { ". Used first." }
                }
            }
        }
    }
}

/// The date in an ISO 8601 time.
fn day(time: &Time) -> Option<&str> {
    time.as_str().get(..10)
}

fn change(device: &Device, can_go_up: bool, can_go_down: bool) -> Markup {
    let Some(id) = device.id() else { return html! {} };
    let label = device.label();
    let field = format!("name-{id}");
    html! {
        details {
            summary aria-label={ "Change " (label) } { "Change" }
            form method="post" action="/account/name" {
                input type="hidden" name="device" value=(id);
                label for=(field) { "Name" }
                input id=(field) name="nickname" maxlength="100" value=(device.nickname().unwrap_or_default());
                button { "Save the name" }
            }
            @for (can, to, words) in [(can_go_up, "up", "Move up"), (can_go_down, "down", "Move down")] {
                @if can {
                    form method="post" action="/account/order" {
                        input type="hidden" name="device" value=(id);
                        input type="hidden" name="to" value=(to);
                        button aria-label={ (words) ": " (label) } { (words) }
                    }
                }
            }
            (remove(device))
        }
    }
}

fn remove(device: &Device) -> Markup {
    html! {
        form method="post" action="/account/remove" {
            input type="hidden" name="device" value=[device.id()];
            button aria-label={ "Remove " (device.label()) } { "Remove" }
        }
    }
}
