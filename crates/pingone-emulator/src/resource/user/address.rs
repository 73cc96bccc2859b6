//! Where codes are sent: what counts as an address, and how it is masked during a log-in.

/// Whether codes are sent to devices of this type.
pub(crate) fn gets_codes(device_type: &str) -> bool {
    matches!(device_type, "SMS" | "VOICE" | "EMAIL" | "WHATSAPP")
}

/// Whether it is the address of a device of this type.
///
/// Rule: PHONE_FORMATS.
pub(crate) fn is_address(device_type: &str, address: &str, plus_is_optional: bool) -> bool {
    match device_type {
        "EMAIL" => email(address).is_some(),
        _ => digits(address, plus_is_optional).is_some(),
    }
}

/// The address as it is shown during a log-in. Anything that is not an address is already masked.
pub(crate) fn mask(member: &str, address: &str) -> String {
    let masked = match member {
        "email" => email(address).map(|(name, domain)| {
            let shown: String = name.chars().take(2).collect();
            format!("{shown}****@{domain}")
        }),
        _ => digits(address, true).map(|digits| format!("*******{}", &digits[digits.len() - 2..])),
    };
    masked.unwrap_or_else(|| address.to_owned())
}

/// The digits of a phone number. Without a plus, there have to be too many for a number without its country code.
fn digits(phone: &str, plus_is_optional: bool) -> Option<String> {
    let (number, fewest) = match phone.strip_prefix('+') {
        Some(number) => (number, 7),
        None if plus_is_optional => (phone, 11),
        None => return None,
    };
    let digits = number.replace(['.', '-', ' ', '(', ')'], "");
    let is_number = (fewest..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(digits)
}

/// The name and the domain of an e-mail address.
fn email(address: &str) -> Option<(&str, &str)> {
    address.split_once('@').filter(|(name, domain)| !name.is_empty() && !domain.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_as_the_service_does() {
        let with_plus = ["+14135550144", "+1.4135550144", "+1.413.555.0144", "+1 (413) 555-0144"];
        for phone in with_plus.into_iter().chain(["14135550144", "1-413-555-0144"]) {
            assert_eq!(mask("phone", phone), "*******44", "{phone}");
            assert!(is_address("VOICE", phone, true), "{phone}");
            assert_eq!(is_address("WHATSAPP", phone, false), with_plus.contains(&phone), "{phone}");
        }
        assert_eq!(mask("email", "admin@example.com"), "ad****@example.com");
        assert_eq!(mask("email", "\u{e4}@example.com"), "\u{e4}****@example.com");
    }

    #[test]
    fn only_addresses_are_accepted_and_masked_ones_stay_masked() {
        for phone in ["", "4135550144", "+", "+12", "+1413555o144", "+1234567890123456", "*******44"] {
            assert!(!is_address("SMS", phone, true), "{phone}");
            assert_eq!(mask("phone", phone), phone);
        }
        for email in ["", "admin", "@example.com", "admin@"] {
            assert!(!is_address("EMAIL", email, true), "{email}");
        }
        assert_eq!(mask("email", "ad****@example.com"), "ad****@example.com");
    }
}
