//! The views of replies: what is typed is read, everything else is skipped, and only broken JSON is an error.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
#[cfg(any(test, feature = "unstable-shown"))]
use serde_json::Value;
use serde_json::value::RawValue;

use crate::reply::trace::Trace;

/// What a member of a reply is read from. A JSON type that is not overridden is skipped: the member is absent from
/// the view, and the body still has it.
pub trait Member: Sized {
    /// Whether it is read by [`verbatim`](Self::verbatim) alone.
    #[doc(hidden)]
    const VERBATIM: bool = false;

    /// Any JSON but `null`, as it is written.
    #[doc(hidden)]
    fn verbatim(_: &RawValue) -> Option<Self> {
        None
    }

    #[doc(hidden)]
    fn text(_: &str) -> Option<Self> {
        None
    }

    #[doc(hidden)]
    fn flag(_: bool) -> Option<Self> {
        None
    }

    #[doc(hidden)]
    fn number(_: u64) -> Option<Self> {
        None
    }

    /// A number that is negative, fractional or too large.
    #[doc(hidden)]
    fn other_number(_: serde_json::Number) -> Option<Self> {
        None
    }

    #[doc(hidden)]
    fn object<'de, A: MapAccess<'de>>(mut map: A, _: &mut Trace) -> Result<Option<Self>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    #[doc(hidden)]
    fn list<'de, A: SeqAccess<'de>>(mut list: A, _: &mut Trace) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    /// The text that it is.
    #[doc(hidden)]
    fn as_text(&self) -> Option<&str> {
        None
    }

    /// The text of its member `id`.
    #[doc(hidden)]
    fn id_member(&self) -> Option<&str> {
        None
    }

    /// What the accessors show of it, as JSON again.
    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value;
}

impl Member for Box<str> {
    fn text(text: &str) -> Option<Self> {
        Some(text.into())
    }

    fn as_text(&self) -> Option<&str> {
        Some(self)
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::from(&**self)
    }
}

impl Member for bool {
    fn flag(flag: bool) -> Option<Self> {
        Some(flag)
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::from(*self)
    }
}

impl Member for u64 {
    fn number(number: u64) -> Option<Self> {
        Some(number)
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::from(*self)
    }
}

/// Digits that the service sends as text or as a number.
#[derive(Clone)]
pub(crate) struct Digits(Box<str>);

impl Digits {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Member for Digits {
    fn text(text: &str) -> Option<Self> {
        Some(Self(text.into()))
    }

    fn number(number: u64) -> Option<Self> {
        Some(Self(number.to_string().into()))
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::from(self.as_str())
    }
}

/// A number that need not be whole.
impl Member for serde_json::Number {
    fn number(number: u64) -> Option<Self> {
        Some(number.into())
    }

    fn other_number(number: Self) -> Option<Self> {
        Some(number)
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        Value::Number(self.clone())
    }
}

/// Any JSON, for members whose content comes from the caller.
impl Member for Box<RawValue> {
    const VERBATIM: bool = true;

    fn verbatim(json: &RawValue) -> Option<Self> {
        Some(json.to_owned())
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        serde_json::from_str(self.get()).unwrap_or_default()
    }
}

/// A view in a box, for one that is large or rare.
impl<T: View> Member for Box<T> {
    fn object<'de, A: MapAccess<'de>>(map: A, trace: &mut Trace) -> Result<Option<Self>, A::Error> {
        Ok(T::object(map, trace)?.map(Self::new))
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        (**self).shown()
    }
}

/// A JSON object with named members, as the macro `view` writes it.
pub trait View: Member {}

/// An element that cannot be read does not affect its siblings.
impl<T: Member> Member for Vec<T> {
    fn list<'de, A: SeqAccess<'de>>(mut list: A, trace: &mut Trace) -> Result<Option<Self>, A::Error> {
        // The shortest element but a number, `{}`, is three bytes in the body with its comma, and while a list grows
        // there are three places for each.
        const { assert!(size_of::<T>() <= 16, "what is in a list is to be small: `struct Name([HeldName])`") }
        let mut all = Self::new();
        for index in 0.. {
            let outside = trace.enter_element(index);
            let mut element = None;
            let end = list.next_element_seed(Reader(trace, &mut element))?;
            trace.leave(outside);
            if let Some(element) = element.filter(|_| !trace.is_telling()) {
                if all.is_empty() {
                    all.reserve(USUAL_LENGTH);
                }
                all.push(element);
            }
            if end.is_none() {
                break;
            }
        }
        Ok(Some(all))
    }

    #[cfg(any(test, feature = "unstable-shown"))]
    fn shown(&self) -> Value {
        self.iter().map(Member::shown).collect()
    }
}

/// Few lists are longer, so most need one allocation.
const USUAL_LENGTH: usize = 8;

/// Reads a whole body. The UTF-8 check made once for all of it costs less than one for each text.
///
/// JSON may hold what Rust cannot: a lone surrogate, a number beyond `f64`, a depth that serde refuses. If that
/// is all that is wrong, the body is read once more with the trace on, and only those values are skipped.
pub(crate) fn read<T: Member>(json: &[u8], trace: &mut Trace) -> Result<T, serde_json::Error> {
    let json = std::str::from_utf8(json).map_err(serde_json::Error::custom)?;
    match read_once(json, trace) {
        Err(error) if error.is_syntax() && !trace.is_on() => {
            serde_json::from_str::<IgnoredAny>(json)?;
            read_once(json, &mut Trace::on())
        }
        read => read,
    }
}

fn read_once<T: Member>(json: &str, trace: &mut Trace) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let mut view = None;
    deserializer.deserialize_any(Reader(trace, &mut view))?;
    deserializer.end()?;
    view.ok_or_else(|| serde_json::Error::custom("not the expected JSON type"))
}

/// Reads the value of the member `name`.
pub(crate) fn next<'de, T: Member, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
    trace: &mut Trace,
    value: &mut Option<T>,
) -> Result<(), A::Error> {
    let outside = trace.enter_member(name);
    map.next_value_seed(Reader(trace, value))?;
    trace.leave(outside);
    Ok(())
}

/// Reads a value into its place, if it is of the expected type.
///
/// A return value would be moved on by each layer of serde, and a view would move all its members
/// at each name. That took a third of the time.
struct Reader<'a, 'b, T>(&'a mut Trace<'b>, &'a mut Option<T>);

impl<'de, T: Member> DeserializeSeed<'de> for Reader<'_, '_, T> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if T::VERBATIM || self.0.is_on() { self.read_apart(deserializer) } else { deserializer.deserialize_any(self) }
    }
}

impl<T: Member> Reader<'_, '_, T> {
    /// Takes the value verbatim, however deep; if it cannot be read, nothing else is lost.
    #[cold]
    fn read_apart<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let json = <&RawValue>::deserialize(deserializer)?;
        match json.get() {
            "null" => self.visit_unit(),
            _ if T::VERBATIM => self.read(T::verbatim(json)),
            _ => json.deserialize_any(Reader(self.0, self.1)).or_else(|_| self.read(None)),
        }
    }
}

impl<T> Reader<'_, '_, T> {
    fn read<E>(self, value: Option<T>) -> Result<(), E> {
        *self.1 = value;
        if self.1.is_none() {
            self.0.skip();
        }
        Ok(())
    }
}

impl<'de, T: Member> Visitor<'de> for Reader<'_, '_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    /// `null` says nothing, so nothing is skipped.
    fn visit_unit<E>(self) -> Result<(), E> {
        *self.1 = None;
        Ok(())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.read(T::flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.read(T::number(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.read(T::other_number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.read(serde_json::Number::from_f64(number).and_then(T::other_number))
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.read(T::text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let value = T::object(map, self.0)?;
        self.read(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        let value = T::list(list, self.0)?;
        self.read(value)
    }
}

/// The name of the next member, if there is one, looked up without a copy.
pub(crate) fn next_name<'de, T, A: MapAccess<'de>>(
    map: &mut A,
    trace: &mut Trace,
    look_up: impl FnOnce(&str, &mut Trace) -> T,
) -> Result<Option<T>, A::Error> {
    map.next_key_seed(Name(trace, look_up))
}

struct Name<'a, 'b, F>(&'a mut Trace<'b>, F);

impl<'de, T, F: FnOnce(&str, &mut Trace) -> T> DeserializeSeed<'de> for Name<'_, '_, F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        if self.0.is_on() { deserializer.deserialize_bytes(self) } else { deserializer.deserialize_identifier(self) }
    }
}

impl<T, F: FnOnce(&str, &mut Trace) -> T> Visitor<'_> for Name<'_, '_, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<T, E> {
        Ok((self.1)(name, self.0))
    }

    /// With the trace on: a lone surrogate comes as bytes that are not UTF-8.
    fn visit_bytes<E>(self, name: &[u8]) -> Result<T, E> {
        Ok((self.1)(&String::from_utf8_lossy(name), self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Device, DeviceAuthentication};

    fn read<T: Member>(json: &[u8]) -> Result<T, serde_json::Error> {
        super::read(json, &mut Trace::off())
    }

    #[test]
    fn a_member_of_another_type_is_skipped_and_its_siblings_are_not() {
        for odd in
            ["7", "-7", "7.5", "123456789012345678901234567890", r#"[{"a":[1]}]"#, r#"{"a":{}}"#, "null", "\"x\""]
        {
            let json =
                format!(r#"{{"new":{odd},"rooted":{odd},"os":{odd},"locale":"en","pushFails":{odd},"nickname":"n"}}"#);
            let device: Device = read(json.as_bytes()).unwrap();
            assert_eq!((device.nickname(), device.locale(), device.rooted()), (Some("n"), Some("en"), None), "{odd}");
            assert!(device.push_fails().is_empty(), "{odd}");
        }
        let device: Device = read(br#"{"pushFails":[1,"two",3,null,-4,[5]],"os":{"type":"iOS","version":7}}"#).unwrap();
        assert_eq!(device.push_fails(), [1, 3]);
        assert_eq!((device.os().unwrap().kind().unwrap().as_str(), device.os().unwrap().version()), ("iOS", None));
    }

    #[test]
    fn what_must_be_there_and_broken_json_are_errors() {
        let without_status = [r#"{"id":"a"}"#, r#"{"status":7}"#, r#"{"status":null}"#, r#"["FAILED"]"#, "7"];
        let broken = [
            "",
            r#"{"status":"X""#,
            r#"{"status":"X"}}"#,
            r#"{"status":"X"} 1"#,
            r#"{"status":"\ud800"}"#,
            r#"{"status":"X","a":tru}"#,
        ];
        for bad in without_status.into_iter().chain(broken) {
            assert!(read::<DeviceAuthentication>(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(read::<DeviceAuthentication>(b"{\"status\":\"\xff\"}").is_err());
    }

    #[test]
    fn digits_are_read_from_text_and_from_a_number() {
        for (json, otp) in
            [(r#"{"otp":"012345"}"#, Some("012345")), (r#"{"otp":12345}"#, Some("12345")), (r#"{"otp":-1}"#, None)]
        {
            let test: crate::TestMode = read(json.as_bytes()).unwrap();
            assert_eq!(test.otp(), otp);
        }
    }

    #[test]
    fn debug_shows_words_and_no_free_text() {
        let device: Device = read(br#"{"id":"d-1","nickname":"Ada's phone","locale":"en","rooted":true}"#).unwrap();
        assert_eq!(
            format!("{device:?}"),
            r#"Device { id: DeviceId("d-1"), nickname: .., locale: "en", rooted: true, .. }"#
        );
    }
}
