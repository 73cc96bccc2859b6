use maud::{Markup, PreEscaped, html};
use qrcode::{QrCode, render::svg};

/// A QR code of this text, to be scanned in light and dark; `label` says what it is for those who cannot see it. It is
/// `None` if the text is longer than any code.
pub(crate) fn qr(text: &str, label: &str) -> Option<Markup> {
    let code = QrCode::new(text).ok()?;
    let colors = (svg::Color("#000"), svg::Color("#fff"));
    let image = code.render().min_dimensions(220, 220).dark_color(colors.0).light_color(colors.1).build();
    // The declaration is for files of their own.
    let svg = image.split_once("?>").map_or(&*image, |(_, svg)| svg);
    Some(html! { div.qr role="img" aria-label=(label) { (PreEscaped(svg)) } })
}
