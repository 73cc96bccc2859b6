use maud::{Markup, html};
use pingone_async::DeviceId;

use super::{
    super::{choice::Choice, notice::Notice},
    layout::{again, page, told},
};

pub(crate) fn devices(choices: &[Choice], abandoned: Option<&DeviceId>, notice: Option<&Notice>) -> Markup {
    page(
        "Choose a device",
        html! {
            (told(notice))
            (list(choices, abandoned))
            (again())
        },
    )
}

/// A button for each device that can be used, and why the others cannot. The same phone can be asked again.
pub(super) fn list(choices: &[Choice], abandoned: Option<&DeviceId>) -> Markup {
    let (usable, others): (Vec<_>, Vec<_>) = choices.iter().partition(|choice| choice.hindrance.is_none());
    html! {
        @if usable.is_empty() {
            p { "None of your devices can be used on this page. Ask your administrator." }
        }
        @if !usable.is_empty() {
            ul.devices {
                @for choice in usable {
                    li {
                        form method="post" action="/select" {
                            input type="hidden" name="device" value=(choice.id);
                            button.device {
                                (choice.how.icon())
                                span {
                                    (choice.label)
                                    small {
                                        (choice.how.words())
                                        @if Some(&choice.id) == abandoned { ", once more" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if !others.is_empty() {
            h2 { "Not usable now" }
            ul.devices {
                @for choice in others {
                    li.device {
                        (choice.how.icon())
                        span { (choice.label) small { (choice.hindrance.as_deref().unwrap_or_default()) } }
                    }
                }
            }
        }
    }
}
