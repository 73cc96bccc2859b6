//! Codes that an app or a token makes from a secret and the time (RFC 6238).

use jiff::Timestamp;
use totp_rs::{Algorithm, Secret, TOTP};

use super::rules;
use crate::resource::{Conditions, user::Device};

const STEP: u64 = 30;

fn generator(device: &Device) -> Option<TOTP> {
    let secret = Secret::Encoded(device.known_text("secret")?.to_owned()).to_bytes().ok()?;
    // Unchecked, because it is no fault of the emulator's if a secret is short.
    Some(TOTP::new_unchecked(Algorithm::SHA1, 6, 0, STEP, secret))
}

fn seconds(time: Timestamp) -> u64 {
    u64::try_from(time.as_second()).unwrap_or_default()
}

/// The code that the device shows at this time.
pub(crate) fn code(device: &Device, now: Timestamp) -> Option<String> {
    Some(generator(device)?.generate(seconds(now)))
}

/// Whether `code` is that of now, or of up to `grace` windows before or after it.
///
/// Rule: TOTP_GRACE. Rule: CODE_WORKS_ONCE.
pub(super) fn check(
    device: &Device,
    code: &str,
    grace: u8,
    used: &mut Option<u64>,
    conditions: Conditions<'_>,
) -> bool {
    let (Some(generator), this) = (generator(device), seconds(conditions.now) / STEP) else { return false };
    let grace = u64::from(grace);
    let mut windows = this.saturating_sub(grace)..=this.saturating_add(grace);
    let Some(window) = windows.find(|window| generator.generate(window * STEP) == code) else { return false };
    let is_used = used.is_some_and(|used| window <= used) && conditions.holds(&rules::CODE_WORKS_ONCE);
    if !is_used {
        *used = Some(window);
    }
    !is_used
}
