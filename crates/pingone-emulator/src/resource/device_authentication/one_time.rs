//! A device that is not paired: an address that the request brings along.

use super::rules;
use crate::{
    body::Body,
    error::PlatformError,
    resource::{Conditions, user::Device},
};

/// Reads `selectedDevice.oneTime`, if it is there.
pub(super) fn one_time(body: &Body, conditions: Conditions<'_>) -> Result<Option<Device>, PlatformError> {
    if !body.has("selectedDevice.oneTime") {
        return Ok(None);
    }
    let device_type = body.required_text("selectedDevice.oneTime.type")?;
    let (member, path) = match device_type {
        "SMS" | "VOICE" => ("phone", "selectedDevice.oneTime.phone"),
        "WHATSAPP" if conditions.holds(&rules::ONE_TIME_WHATSAPP) => ("phone", "selectedDevice.oneTime.phone"),
        "EMAIL" => ("email", "selectedDevice.oneTime.email"),
        _ => {
            let problem = "is no type of a device to which a code can be sent";
            return Err(PlatformError::invalid_value("selectedDevice.oneTime.type", problem));
        }
    };
    let address = body.required_text(path)?;
    let masked = if member == "email" { mask_email(address) } else { mask_phone(address) };
    let masked = masked.ok_or_else(|| PlatformError::invalid_value(path, "is no address of this kind"))?;
    let is_test = body.optional_flag("selectedDevice.oneTime.testMode")?.unwrap_or_default();
    let device = Device::new(address, device_type).member(member, masked.into());
    Ok(Some(device.hidden("testMode", is_test.into())))
}

/// Rule: ONE_TIME_IS_MASKED. The last two digits of an E.164 number, in which a dot may follow the country code.
fn mask_phone(phone: &str) -> Option<String> {
    let digits = phone.strip_prefix('+')?.replace('.', "");
    let is_number = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("*******{}", &digits[digits.len() - 2..]))
}

/// Two letters of the name, and the domain.
fn mask_email(email: &str) -> Option<String> {
    let (name, domain) = email.split_once('@')?;
    let shown: String = name.chars().take(2).collect();
    (!name.is_empty() && !domain.is_empty()).then(|| format!("{shown}****@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_as_the_service_does() {
        assert_eq!(mask_phone("+14135550144").as_deref(), Some("*******44"));
        assert_eq!(mask_phone("+1.4135550144").as_deref(), Some("*******44"));
        assert_eq!(mask_email("admin@example.com").as_deref(), Some("ad****@example.com"));
        assert_eq!(mask_email("\u{e4}@example.com").as_deref(), Some("\u{e4}****@example.com"));
        for phone in ["", "4135550144", "+", "+12", "+1413555o144", "+1234567890123456"] {
            assert_eq!(mask_phone(phone), None, "{phone}");
        }
        for email in ["", "admin", "@example.com", "admin@"] {
            assert_eq!(mask_email(email), None, "{email}");
        }
    }
}
