//! Icons for the types of devices. The words beside them say the same, so screen readers skip them.

use maud::{Markup, PreEscaped, Render, html};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Icon {
    Phone,
    Message,
    Call,
    Envelope,
    Clock,
    Token,
    Key,
    Computer,
    Device,
}

impl Icon {
    /// Strokes on a 24 by 24 grid.
    fn paths(self) -> &'static str {
        match self {
            Self::Phone => r#"<rect x="7" y="2" width="10" height="20" rx="2"/><path d="M11 18h2"/>"#,
            Self::Message => r#"<path d="M4 4h16v12H9l-5 4z"/><path d="M8 9h8M8 12h5"/>"#,
            Self::Call => {
                r#"<path d="M6 3h4l1.500 5-2.500 2a12 12 0 0 0 5 5l2-2.500 5 1.500v4a2 2 0 0 1-2 2A17 17 0 0 1 4 5a2 2 0 0 1 2-2z"/>"#
            }
            Self::Envelope => r#"<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m4 7 8 6 8-6"/>"#,
            Self::Clock => r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 3"/>"#,
            Self::Token => {
                r#"<rect x="2" y="7" width="20" height="10" rx="5"/><path d="M7 12h6"/><circle cx="17" cy="12" r="1"/>"#
            }
            Self::Key => r#"<circle cx="8" cy="14" r="5"/><path d="m12 11 8-8M16 7l3 3"/>"#,
            Self::Computer => r#"<rect x="3" y="4" width="18" height="12" rx="2"/><path d="M8 20h8M12 16v4"/>"#,
            Self::Device => r#"<rect x="4" y="4" width="16" height="16" rx="3"/><path d="M9 12h6"/>"#,
        }
    }
}

impl Render for Icon {
    fn render(&self) -> Markup {
        html! {
            svg.icon viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2"
                stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false" {
                (PreEscaped(self.paths()))
            }
        }
    }
}
