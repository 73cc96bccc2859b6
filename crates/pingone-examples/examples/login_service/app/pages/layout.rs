use maud::{DOCTYPE, Markup, html};

use super::super::notice::Notice;

pub(super) fn page(title: &str, content: Markup) -> Markup {
    with_scripts(title, &[], content)
}

/// Screen readers read the title first. It says what state the page is in, so that nothing else has to.
pub(super) fn with_scripts(title: &str, scripts: &[&str], content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/style.css";
                @for script in scripts { script type="module" src=(script) {} }
            }
            body { main { h1 { (title) } (content) } }
        }
    }
}

/// A notice on a page without a field, announced when the page opens.
pub(super) fn told(notice: Option<&Notice>) -> Markup {
    html! { @if let Some(notice) = notice { p.notice role="alert" { (notice.text) } } }
}

/// A notice that describes the focused field. It is announced with the field, so not by itself.
pub(super) fn told_of_field(notice: Option<&Notice>) -> Markup {
    html! { @if let Some(notice) = notice { p.notice #notice { (notice.text) } } }
}

/// A countdown. `wait.js` counts, polls `wait` and then goes to `then`.
pub(super) fn countdown(left: u64, wait: &str, then: &str) -> Markup {
    let words = match left {
        0 => "Any moment now".to_owned(),
        1 => "1 second left".to_owned(),
        2..=120 => format!("{left} seconds left"),
        _ => format!("{} minutes left", left.div_ceil(60)),
    };
    html! { p.waits { span #left role="timer" data-seconds=(left) data-wait=(wait) data-then=(then) { (words) } } }
}

pub(super) fn again() -> Markup {
    html! { form method="post" action="/leave" { button { "Begin again" } } }
}

/// Where a script reports what went wrong with a passkey.
pub(super) fn problem() -> Markup {
    html! { p.notice #problem role="alert" hidden {} }
}
