//! [`Document`]: a reply as it came, with its typed view.

use std::{fmt, ops::Deref, sync::Arc};

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

use crate::reply::{
    member::{self, Member},
    raw, stored,
    trace::Trace,
};

/// A reply: the JSON exactly as the service wrote it, and a typed view that it derefs to.
///
/// Whatever the service adds stays in [`as_json`](Self::as_json) and in what `Serialize` writes; the view has what this
/// version knows. A member of an unexpected type, or whose value Rust cannot hold, is absent from the view; broken JSON
/// is an error. Body and view together take at most 20 times the memory of the body, and 1 MiB, whatever is in it.
///
/// `Serialize` and `Deserialize` are for storing it in any format. JSON is written verbatim; in
/// a binary format, such as MessagePack, it becomes one text. For JSON we use serde_json's
/// [`RawValue`](serde_json::value::RawValue), which other text formats show as a member of an odd name, and which cannot
/// itself be a variant of an internally tagged enum: give it a field there. A `serde_json::Value` cannot hold what
/// `f64` cannot, so making one may fail.
///
/// `Debug` shows the view, but neither the body nor personal text. There is no `PartialEq`, because two replies that say
/// the same may differ in their bytes; compare what you mean.
///
/// ```
/// use pingone_model::{DeviceAuthentication, Document, Status};
///
/// let json = r#"{ "status": "OTP_REQUIRED", "brandNew": [1] }"#;
/// let authentication = Document::<DeviceAuthentication>::from_json(json)?;
/// assert_eq!(*authentication.status(), Status::OtpRequired);
/// assert_eq!(authentication.as_json(), json);
/// # Ok::<_, serde_json::Error>(())
/// ```
pub struct Document<T> {
    json: Bytes,
    view: Arc<T>,
}

impl<T: Member> Document<T> {
    /// Reads a reply from its JSON: from a test, or from where you kept it.
    ///
    /// # Errors
    ///
    /// It is not a JSON object, or lacks a required member.
    pub fn from_json(json: impl Into<Bytes>) -> Result<Self, serde_json::Error> {
        let json = json.into();
        let view = member::read(&json, &mut Trace::off())?;
        Ok(Self { json, view: Arc::new(view) })
    }

    /// Visits what the view has no place for, by JSON pointer: members that this version does not know, and members of
    /// an unexpected type or whose value Rust cannot hold. There are none in a reply that is fully understood.
    ///
    /// In a pointer, a lone surrogate is written as U+FFFD.
    ///
    /// ```
    /// # use pingone_model::{DeviceAuthentication, Document};
    /// let json = r#"{"status": "OTP_REQUIRED", "brandNew": [1], "user": {"id": 7}}"#;
    /// let mut unknown = Vec::new();
    /// Document::<DeviceAuthentication>::from_json(json)?.for_each_unknown(|pointer| unknown.push(pointer.to_owned()));
    /// assert_eq!(unknown, ["/brandNew", "/user/id"]);
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    pub fn for_each_unknown(&self, mut tell: impl FnMut(&str)) {
        // It was read before, so this cannot fail; at worst, it visits less.
        let _ = member::read::<T>(&self.json, &mut Trace::telling(&mut tell));
    }

    /// Its id, if it has one that the view knows.
    pub(crate) fn id_member(&self) -> Option<&str> {
        self.view.id_member()
    }
}

impl<T> Document<T> {
    /// The reply exactly as the service wrote it. It may hold personal data.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a document is made by one function, which checks it")]
    pub fn as_json(&self) -> &str {
        std::str::from_utf8(&self.json).expect("`from_json` has read this as UTF-8")
    }

    /// Its member of this name as the service wrote it, whether or not the view knows it: a custom attribute of a user,
    /// or what the service has added.
    ///
    /// ```
    /// # use pingone_model::{Document, user::User};
    /// let user = Document::<User>::from_json(r#"{"id": "u-1", "department": "R&D", "rooms": [7, 9]}"#)?;
    /// let rooms: Vec<u32> = serde_json::from_str(user.member("rooms").expect("it is there").get())?;
    /// assert_eq!(rooms, [7, 9]);
    /// assert!(user.member("missing").is_none());
    /// # Ok::<_, serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&RawValue> {
        raw::member(self.as_json(), name).and_then(|json| serde_json::from_str(json).ok())
    }
}

impl<T> Clone for Document<T> {
    fn clone(&self) -> Self {
        Self { json: self.json.clone(), view: Arc::clone(&self.view) }
    }
}

impl<T> Deref for Document<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.view
    }
}

impl<T: fmt::Debug> fmt::Debug for Document<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view.fmt(f)
    }
}

impl<T> Serialize for Document<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        stored::serialize(self.as_json(), serializer)
    }
}

impl<'de, T: Member> Deserialize<'de> for Document<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_json(stored::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DeviceAuthentication;

    type Authentication = Document<DeviceAuthentication>;

    #[test]
    fn the_body_is_kept_verbatim() {
        let json = "{ \"z\":1e2,\"status\" :\"NEW\",\"a\":{\"\\u0041\":null}}\n";
        let document = Authentication::from_json(json).unwrap();
        assert_eq!(document.as_json(), json);
        assert_eq!(document.status().as_str(), "NEW");
    }

    #[test]
    fn it_survives_being_stored() {
        let document = Authentication::from_json(r#"{"status":"NEW","deep":{"er":[{"x":1}]}}"#).unwrap();
        let stored = serde_json::to_string(&document).unwrap();
        let again: Authentication = serde_json::from_str(&stored).unwrap();
        assert_eq!(
            serde_json::to_value(&again).unwrap(),
            serde_json::from_str::<serde_json::Value>(document.as_json()).unwrap()
        );
    }
}
