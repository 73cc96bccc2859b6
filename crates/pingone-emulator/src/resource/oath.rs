//! Codes that an app or a token makes from a secret and the time (RFC 6238) or a counter (RFC 4226).

use jiff::Timestamp;
use totp_rs::{Algorithm, Secret, TOTP};

use super::user::Device;

/// What makes the codes of a device.
struct Generator {
    totp: TOTP,
    moves_by: MovesBy,
}

enum MovesBy {
    /// How many windows the device's clock is ahead.
    Time { drift: i64 },
    /// The counter of its first code.
    Counter { first: u64 },
}

impl Generator {
    fn of(device: &Device) -> Option<Self> {
        let secret = Secret::Encoded(device.known_text("secret")?.to_owned()).to_bytes().ok()?;
        let number = |name: &str, default: u64| device.known(name).and_then(|value| value.as_u64()).unwrap_or(default);
        let algorithm = match device.known_text("hashAlgorithm") {
            Some("HmacSHA256") => Algorithm::SHA256,
            Some("HmacSHA512") => Algorithm::SHA512,
            _ => Algorithm::SHA1,
        };
        let is_counter = device.text(&["tokenType"]) == Some("HOTP");
        let moves_by = match is_counter {
            true => MovesBy::Counter { first: number("counter", 0) },
            false => MovesBy::Time { drift: device.known("drift").and_then(|drift| drift.as_i64()).unwrap_or(0) },
        };
        let step = if is_counter { 1 } else { number("timeStep", 30).max(1) };
        let digits = usize::try_from(number("otpLength", 6)).unwrap_or(6);
        // Unchecked, because a short secret is not the emulator's problem.
        Some(Self { totp: TOTP::new_unchecked(algorithm, digits, 0, step, secret), moves_by })
    }

    /// The window whose code the device shows at this time, if that of `used` was used last.
    fn window(&self, used: Option<u64>, now: Timestamp) -> u64 {
        match self.moves_by {
            MovesBy::Time { drift } => {
                (u64::try_from(now.as_second()).unwrap_or_default() / self.totp.step).saturating_add_signed(drift)
            }
            MovesBy::Counter { first } => used.map_or(first, |used| used.saturating_add(1).max(first)),
        }
    }

    fn code(&self, window: u64) -> String {
        self.totp.generate(window.saturating_mul(self.totp.step))
    }

    /// The window within `reach` whose code this is. A counter goes one way only.
    fn find(&self, code: &str, reach: u64, used: Option<u64>, now: Timestamp) -> Option<u64> {
        let this = self.window(used, now);
        let first = match self.moves_by {
            MovesBy::Time { .. } => this.saturating_sub(reach),
            MovesBy::Counter { .. } => this,
        };
        (first..=this.saturating_add(reach)).find(|window| self.code(*window) == code)
    }
}

/// A secret, as apps read it.
pub(crate) fn secret_text(bytes: &[u8]) -> String {
    Secret::Raw(bytes.to_vec()).to_encoded().to_string()
}

/// The code that the device shows at this time, or so many windows later.
pub(crate) fn code(device: &Device, used: Option<u64>, now: Timestamp, ahead: u64) -> Option<String> {
    let generator = Generator::of(device)?;
    Some(generator.code(generator.window(used, now).saturating_add(ahead)))
}

/// Whether `code` is that of now, or of up to `grace` windows before or after it. One that was used before is none, if
/// each works `once`.
///
/// Rule: TOTP_GRACE. Rule: HOTP_LOOK_AHEAD.
pub(crate) fn check(
    device: &Device,
    code: &str,
    grace: u8,
    used: &mut Option<u64>,
    once: bool,
    now: Timestamp,
) -> bool {
    let window = Generator::of(device).and_then(|generator| generator.find(code, grace.into(), *used, now));
    let Some(window) = window else { return false };
    let is_used = once && used.is_some_and(|used| window <= used);
    if !is_used {
        *used = Some(window);
    }
    !is_used
}

/// How far a token may have drifted: fifty minutes of a clock, or so many presses of a button.
const FARTHEST: u64 = 100;

/// The window of a code that is far from that of now, as a token's is whose clock or counter has drifted.
pub(crate) fn find_drifted(device: &Device, code: &str, used: Option<u64>, now: Timestamp) -> Option<u64> {
    Generator::of(device)?.find(code, FARTHEST, used, now)
}

/// Whether `code` is that of the window which follows. Returns by how much the device's clock is ahead then, which is
/// nothing for one that counts.
pub(crate) fn follows(device: &Device, code: &str, window: u64, now: Timestamp) -> Option<i64> {
    let generator = Generator::of(device)?;
    let next = window.saturating_add(1);
    let drift = match generator.moves_by {
        MovesBy::Time { drift } => {
            let this = generator.window(None, now).saturating_add_signed(drift.saturating_neg());
            i64::try_from(next).ok()?.saturating_sub(i64::try_from(this).ok()?)
        }
        MovesBy::Counter { .. } => 0,
    };
    (generator.code(next) == code).then_some(drift)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The Base32 of `12345678901234567890`.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn device(token_type: &str, length: u8) -> Device {
        Device::new("d", "OATH_TOKEN")
            .member("tokenType", json!(token_type))
            .hidden("secret", json!(SECRET))
            .hidden("otpLength", json!(length))
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standards() {
        let counts = device("HOTP", 6);
        let codes = (0..4).map(|ahead| code(&counts, None, at(0), ahead).unwrap());
        assert_eq!(Vec::from_iter(codes), ["755224", "287082", "359152", "969429"], "RFC 4226, appendix D");
        for (second, expected) in [(59, "94287082"), (1_111_111_109, "07081804"), (1_234_567_890, "89005924")] {
            assert_eq!(code(&device("TOTP", 8), None, at(second), 0).unwrap(), expected, "RFC 6238, appendix B");
        }
        let sha256 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
        let device = device("TOTP", 8).hidden("secret", json!(sha256)).hidden("hashAlgorithm", json!("HmacSHA256"));
        assert_eq!(code(&device, None, at(59), 0).unwrap(), "46119246");
    }

    #[test]
    fn a_counter_only_grows() {
        let (counts, mut used) = (device("HOTP", 6), None);
        assert!(check(&counts, "359152", 5, &mut used, true, at(0)), "two presses in vain");
        assert_eq!((used, code(&counts, used, at(0), 0).as_deref()), (Some(2), Some("969429")));
        assert!(!check(&counts, "287082", 5, &mut used, false, at(0)));
    }

    #[test]
    fn two_codes_in_a_row_tell_by_how_much_a_clock_is_wrong() {
        let clock = device("TOTP", 6);
        let [early, next] = [40, 41].map(|ahead| code(&clock, None, at(3000), ahead).unwrap());
        assert!(!check(&clock, &early, 5, &mut None, true, at(3000)));
        let window = find_drifted(&clock, &early, None, at(3000)).unwrap();
        assert_eq!(follows(&clock, &next, window, at(3000)), Some(41));
        assert_eq!(follows(&clock, &early, window, at(3000)), None);
        let known = clock.hidden("drift", json!(41));
        assert_eq!(code(&known, None, at(3000), 0).unwrap(), next);
    }
}
