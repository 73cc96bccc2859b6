use std::error::Error;

use bytes::Bytes;
use http::Response;

use crate::{Device, Document, FromResponse, reply::identity};

/// The device, or nothing: for operations whose reply is not documented.
impl<O: ?Sized> FromResponse<O> for Option<Document<Device>> {
    fn from_response(_: &O, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let body = response.body();
        Ok(if body.is_empty() { None } else { Some(Document::from_json(body.clone())?) })
    }

    fn is_about(&self, id: &str) -> bool {
        self.as_ref().is_none_or(|device| identity::is(device, id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Operation, user_device::UnlockUserDevice};

    #[test]
    fn nothing_is_no_error_and_another_device_is_one() {
        let read = |body: &'static str| UnlockUserDevice::new("u-1", "d-1").read(Response::new(body.into()));
        assert!(matches!(read(""), Ok(None)));
        assert!(matches!(read(r#"{"id":"d-1","lock":{"status":"UNLOCKED"}}"#), Ok(Some(_))));
        assert!(read(r#"{"id":"d-2"}"#).is_err() && read("<html>").is_err());
    }
}
