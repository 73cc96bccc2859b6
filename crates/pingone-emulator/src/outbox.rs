//! The codes that the service has sent; like a mail catcher's, for tests to read.

use std::fmt;

use crate::{data::Device, sequence::Sequence};

/// With this seed the first code begins with a zero, so that a client which takes codes for numbers is caught at once.
const SEED: [u8; 8] = *b"codes-15";

/// A one-time code that was sent to a device.
///
/// `Debug` does not show the code.
#[derive(Clone)]
pub struct SentCode {
    device_authentication_id: String,
    device_id: String,
    device_type: String,
    code: String,
}

impl SentCode {
    /// The authentication that awaits the code.
    pub fn device_authentication_id(&self) -> &str {
        &self.device_authentication_id
    }

    /// The device that the code was sent to.
    pub fn device_id(&self) -> &str {
        &self.device_id
    }

    /// The device's `type`, such as `EMAIL`.
    pub fn device_type(&self) -> &str {
        &self.device_type
    }

    /// The code itself.
    pub fn code(&self) -> &str {
        &self.code
    }
}

impl fmt::Debug for SentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentCode")
            .field("device_authentication_id", &self.device_authentication_id)
            .field("device_id", &self.device_id)
            .field("device_type", &self.device_type)
            .finish_non_exhaustive()
    }
}

/// What has been sent, and what the next code will be.
pub(crate) struct Outbox {
    sent: Vec<SentCode>,
    fixed: Option<String>,
    codes: Sequence,
}

impl Outbox {
    pub(crate) fn new() -> Self {
        Self { sent: Vec::new(), fixed: None, codes: Sequence::new(SEED) }
    }

    pub(crate) fn sent(&self) -> &[SentCode] {
        &self.sent
    }

    /// From now on, every code is this one.
    pub(crate) fn fix(&mut self, code: String) {
        self.fixed = Some(code);
    }

    /// Sends a code and returns it.
    ///
    /// Rule (documented): six digits, unless a policy wants more.
    pub(crate) fn send(&mut self, device_authentication_id: &str, device: &Device) -> String {
        let code = self.fixed.clone().unwrap_or_else(|| format!("{:06}", self.codes.number() % 1_000_000));
        self.sent.push(SentCode {
            device_authentication_id: device_authentication_id.to_owned(),
            device_id: device.id().to_owned(),
            device_type: device.device_type().to_owned(),
            code: code.clone(),
        });
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_and_the_first_begins_with_a_zero() {
        let (mut outbox, device) = (Outbox::new(), Device::new("d", "EMAIL"));
        let codes = [outbox.send("a", &device), outbox.send("a", &device), outbox.send("b", &device)];
        assert!(
            codes.iter().all(|code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())),
            "{codes:?}"
        );
        assert!(codes[0].starts_with('0'), "{codes:?}");
        assert!(codes[0] != codes[1] && codes[1] != codes[2], "{codes:?}");
        let sent: Vec<&str> = outbox.sent().iter().map(SentCode::code).collect();
        assert_eq!(sent, codes);
    }

    #[test]
    fn debug_does_not_show_the_code() {
        let mut outbox = Outbox::new();
        outbox.fix("987654321".to_owned());
        assert_eq!(outbox.send("a", &Device::new("d", "EMAIL")), "987654321");
        let debug = format!("{:?}", outbox.sent());
        assert!(debug.contains("EMAIL") && !debug.contains("987654321"), "{debug}");
    }
}
