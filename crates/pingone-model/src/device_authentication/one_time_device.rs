use std::fmt;

use serde_json::{Value, json};

use crate::{DeviceType, RequestError};

/// A device that is not paired: the caller says where the code goes.
///
/// `Debug` does not show the address.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/onetime-authentication-sms.html>
#[derive(Clone)]
pub struct OneTimeDevice {
    kind: DeviceType,
    address: Box<str>,
    test_mode: bool,
}

impl OneTimeDevice {
    /// A text message to `phone`, in E.164 such as `+14135550150`.
    #[must_use]
    pub fn sms(phone: &str) -> Self {
        Self::new(DeviceType::Sms, phone)
    }

    /// A call to `phone`, in E.164.
    #[must_use]
    pub fn voice(phone: &str) -> Self {
        Self::new(DeviceType::Voice, phone)
    }

    /// A message to `email`.
    #[must_use]
    pub fn email(email: &str) -> Self {
        Self::new(DeviceType::Email, email)
    }

    fn new(kind: DeviceType, address: &str) -> Self {
        Self { kind, address: address.into(), test_mode: false }
    }

    /// Nothing is sent; the reply has the code, as [`TestMode`](crate::TestMode) (*seen*).
    #[must_use]
    pub fn test_mode(mut self) -> Self {
        self.test_mode = true;
        self
    }

    pub(super) fn to_json(&self) -> Result<Value, RequestError> {
        let member = if self.kind == DeviceType::Email { "email" } else { "phone" };
        if self.address.is_empty() {
            return Err(RequestError::new(member, "is empty: pass the address or number to send the code to"));
        }
        let mut device = json!({ "type": self.kind, member: &*self.address });
        if self.test_mode {
            device["testMode"] = json!(true);
        }
        Ok(device)
    }
}

impl fmt::Debug for OneTimeDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OneTimeDevice")
            .field("kind", &self.kind)
            .field("test_mode", &self.test_mode)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_its_address() {
        let phone = |kind| json!({ "type": kind, "phone": "+1" });
        assert_eq!(OneTimeDevice::sms("+1").to_json().unwrap(), phone("SMS"));
        assert_eq!(OneTimeDevice::voice("+1").to_json().unwrap(), phone("VOICE"));
        let email = OneTimeDevice::email("a@example.com").test_mode().to_json().unwrap();
        assert_eq!(email, json!({ "type": "EMAIL", "email": "a@example.com", "testMode": true }));
    }

    #[test]
    fn an_empty_address_is_named_and_no_address_is_shown() {
        assert_eq!(OneTimeDevice::sms("").to_json().unwrap_err().argument(), "phone");
        assert_eq!(OneTimeDevice::email("").to_json().unwrap_err().argument(), "email");
        assert!(!format!("{:?}", OneTimeDevice::email("ada@example.com")).contains("ada"));
    }
}
