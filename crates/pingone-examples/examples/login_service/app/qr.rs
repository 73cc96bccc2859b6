use maud::{Markup, PreEscaped, html};
use qrcode::{QrCode, render::svg};

/// A QR code of this text, on white so that it scans in dark mode too; `label` is for people who cannot see it. `None`
/// if the text is too long for a QR code.
pub(crate) fn qr(text: &str, label: &str) -> Option<Markup> {
    let code = QrCode::new(text).ok()?;
    let colors = (svg::Color("#000"), svg::Color("#fff"));
    let image = code.render().min_dimensions(220, 220).dark_color(colors.0).light_color(colors.1).build();
    // The XML declaration is only for separate files.
    let svg = image.split_once("?>").map_or(&*image, |(_, svg)| svg);
    Some(html! { div.qr role="img" aria-label=(label) { (PreEscaped(svg)) } })
}
