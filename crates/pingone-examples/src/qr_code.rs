use qrcode::{QrCode, render::unicode::Dense1x2};

use crate::Failure;

/// A QR code for a terminal, to be scanned from there.
///
/// # Errors
///
/// The text is longer than a QR code can be.
pub fn qr_code(text: &str) -> Result<String, Failure> {
    // Terminals write bright on dark: what is dark in the code is left out.
    Ok(QrCode::new(text)?.render().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}
