//! Reading members with serde, each into its place.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Member;
use crate::reply::trace::Trace;

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
pub(super) struct Reader<'a, 'b, T>(pub(super) &'a mut Trace<'b>, pub(super) &'a mut Option<T>);

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
