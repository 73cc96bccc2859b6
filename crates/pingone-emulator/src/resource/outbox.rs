//! The codes that the service has sent, for tests to read, as in a mail catcher.

use std::fmt;

use jiff::Timestamp;
use serde_json::Value;

use super::user::Device;
use crate::{
    retention::{Record, Retention},
    sequence::Sequence,
};

/// With this seed the first code begins with a zero, to catch clients that treat codes as numbers.
const SEED: [u8; 8] = *b"codes-15";

/// A one-time code that was sent to a device.
///
/// `Debug` does not show the code.
#[derive(Clone)]
pub struct SentCode {
    device_authentication_id: Option<String>,
    user_id: String,
    device_id: String,
    device_type: String,
    code: String,
    sent_at: Timestamp,
    notification: Option<Value>,
}

impl SentCode {
    pub(crate) fn new(
        device_authentication_id: Option<&str>,
        user_id: &str,
        device: &Device,
        code: &str,
        sent_at: Timestamp,
    ) -> Self {
        Self {
            device_authentication_id: device_authentication_id.map(str::to_owned),
            user_id: user_id.to_owned(),
            device_id: device.id().to_owned(),
            device_type: device.device_type().to_owned(),
            code: code.to_owned(),
            sent_at,
            notification: None,
        }
    }

    pub(crate) fn with(self, notification: Option<Value>) -> Self {
        Self { notification, ..self }
    }

    /// The authentication that awaits the code; `None` if it activates the device.
    pub fn device_authentication_id(&self) -> Option<&str> {
        self.device_authentication_id.as_deref()
    }

    /// The user who can read it.
    pub fn user_id(&self) -> &str {
        &self.user_id
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

    /// `notification` of the request that began the authentication or created the device, as it was sent: template,
    /// variables, client context.
    pub fn notification(&self) -> Option<&Value> {
        self.notification.as_ref()
    }

    pub(crate) fn sent_at(&self) -> Timestamp {
        self.sent_at
    }
}

impl fmt::Debug for SentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentCode")
            .field("device_authentication_id", &self.device_authentication_id)
            .field("user_id", &self.user_id)
            .field("device_id", &self.device_id)
            .field("device_type", &self.device_type)
            .finish_non_exhaustive()
    }
}

/// What was sent, and the source of the next code.
#[derive(Clone)]
pub(crate) struct Outbox {
    sent: Record<SentCode>,
    fixed: Option<String>,
    codes: Sequence,
}

impl Outbox {
    pub(crate) fn new(fixed: Option<String>, retention: Retention) -> Self {
        Self { sent: Record::new(retention), fixed, codes: Sequence::new(SEED) }
    }

    pub(crate) fn sent(&self) -> &Record<SentCode> {
        &self.sent
    }

    /// Always sends this code from now on.
    pub(crate) fn fix(&mut self, code: String) {
        self.fixed = Some(code);
    }

    /// The next code.
    ///
    /// Rule: CODE_LENGTH.
    pub(crate) fn code(&mut self, length: u8) -> String {
        let length = usize::from(length);
        let next = || format!("{:0length$}", self.codes.number() % 10_u64.pow(length.min(19) as u32));
        self.fixed.clone().unwrap_or_else(next)
    }

    /// The user is gone, and so is their mailbox.
    pub(crate) fn forget_user(&mut self, user_id: &str) {
        self.sent.retain(|code| code.user_id != user_id);
    }

    pub(crate) fn send(&mut self, code: SentCode) {
        let now = code.sent_at;
        self.sent.push(code, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_differ_and_the_first_begins_with_a_zero() {
        let mut outbox = Outbox::new(None, Retention::default());
        let codes = [(); 3].map(|()| outbox.code(6));
        assert!(
            codes.iter().all(|code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())),
            "{codes:?}"
        );
        assert!(codes[0].starts_with('0'), "{codes:?}");
        assert!(codes[0] != codes[1] && codes[1] != codes[2], "{codes:?}");
        assert_eq!(outbox.code(10).len(), 10);
    }

    #[test]
    fn debug_does_not_show_the_code() {
        let mut outbox = Outbox::new(Some("987654321".to_owned()), Retention::default());
        let code = outbox.code(6);
        outbox.send(SentCode::new(Some("a"), "u", &Device::new("d", "EMAIL"), &code, Timestamp::UNIX_EPOCH));
        let sent: Vec<&SentCode> = outbox.sent().iter().collect();
        assert_eq!(sent[0].code(), "987654321");
        let debug = format!("{sent:?}");
        assert!(debug.contains("EMAIL") && !debug.contains("987654321"), "{debug}");
    }
}
