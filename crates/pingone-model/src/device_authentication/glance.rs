use std::borrow::Cow;

use serde::de::Error;

use super::Status;
use crate::reply::{identity, raw};

/// What most reads of a wait need: the status, and of which authentication. It costs a fraction of reading everything;
/// the rest of the body is not looked at.
#[derive(Clone, Debug)]
pub struct Glance<'a> {
    status: Status,
    id: Option<&'a str>,
    device: Option<Cow<'a, str>>,
}

impl<'a> Glance<'a> {
    /// Reads the body of a reply; keep the body for the rest.
    ///
    /// # Errors
    ///
    /// This is not a JSON object, or it has no status.
    pub fn from_json(json: &'a [u8]) -> Result<Self, serde_json::Error> {
        let text = std::str::from_utf8(json).map_err(Error::custom)?;
        let [status, id, device] = raw::members(text, ["status", "id", "selectedDevice"])?;
        let status = status.and_then(raw::text).ok_or_else(|| Error::missing_field("status"))?;
        let device = device.and_then(|device| raw::member(device, "id")).and_then(raw::text);
        Ok(Self { status: Status::from(&*status), id, device })
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// The id of the device that was last selected.
    #[must_use]
    pub fn selected_device_id(&self) -> Option<&str> {
        self.device.as_deref()
    }

    /// Whether it carries the id of this authentication, or none.
    #[must_use]
    pub fn is_about(&self, id: &str) -> bool {
        identity::is_same(self.id, id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sees_what_the_whole_reply_says() {
        let json =
            r#"{"x":{"status":7},"id":"A-1","status":"\u004fTP_REQUIRED","selectedDevice":{"a":1,"id":"d\u0031"}}"#;
        let glance = Glance::from_json(json.as_bytes()).unwrap();
        assert_eq!((glance.status(), glance.selected_device_id()), (&Status::OtpRequired, Some("d1")));
        assert!(glance.is_about("a-1") && !glance.is_about("a-2"));
    }

    #[test]
    fn what_is_not_there_is_not_seen_and_an_odd_id_is_another() {
        for (id, is_about) in [("null", true), ("7", false), ("[]", false), (r#""a-1""#, true)] {
            let json = format!(r#"{{"status":"NEW","id":{id},"selectedDevice":{id}}}"#);
            let glance = Glance::from_json(json.as_bytes()).unwrap();
            assert_eq!((glance.is_about("a-1"), glance.selected_device_id()), (is_about, None), "{id}");
        }
        assert!(Glance::from_json(br#"{"status":"NEW"}"#).unwrap().is_about("a-1"));
        for bad in [&b""[..], b"{}", b"[]", br#"{"status":7}"#, br#"{"status":"NEW""#, b"{\"status\":\"\xff\"}"] {
            assert!(Glance::from_json(bad).is_err());
        }
    }
}
