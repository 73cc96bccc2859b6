use crate::RequestError;

/// A one-time passcode as somebody entered it. It is text, because leading zeros count.
///
/// It has no `Debug`.
#[derive(Clone)]
pub(crate) struct EnteredCode(Box<str>);

impl EnteredCode {
    pub(crate) fn new(otp: &str) -> Self {
        // Messages group the digits, and a paste may include spaces around the code: either would burn an attempt.
        Self(otp.split_whitespace().collect::<String>().into())
    }

    pub(crate) fn checked(&self) -> Result<&str, RequestError> {
        if self.0.is_empty() {
            return Err(RequestError::wrong_code("is empty: pass the code that the user entered"));
        }
        Ok(&self.0)
    }
}
