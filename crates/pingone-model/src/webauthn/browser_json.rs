//! A passkey's options as browsers read them, converted value by value: what needs no change is copied.

use std::{borrow::Cow, fmt};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{
    Deserializer,
    de::{Error as _, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Error, value::RawValue};

/// No options are nested deeper; anything that is, is copied.
const DEPTH: u8 = 16;

/// Which options they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Options {
    Request,
    Creation,
}

/// Where a value is, which decides how it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Options,
    User,
    Credentials,
    Credential,
    Parameters,
    Parameter,
    Bytes,
    Algorithm,
    Other,
}

impl Place {
    fn of_member(self, name: &str) -> Self {
        match (self, name) {
            (Self::Options, "challenge") | (Self::User | Self::Credential, "id") => Self::Bytes,
            (Self::Options, "user") => Self::User,
            (Self::Options, "allowCredentials" | "excludeCredentials") => Self::Credentials,
            (Self::Options, "pubKeyCredParams") => Self::Parameters,
            (Self::Parameter, "alg") => Self::Algorithm,
            _ => Self::Other,
        }
    }

    fn of_element(self) -> Self {
        match self {
            Self::Credentials => Self::Credential,
            Self::Parameters => Self::Parameter,
            _ => Self::Other,
        }
    }
}

pub(super) fn write(which: Options, options: &str) -> Result<String, Error> {
    let mut writer = Writer { out: String::new(), has_challenge: false, has_user_id: false };
    writer.write(Place::Options, serde_json::from_str(options)?, DEPTH)?;
    if !writer.has_challenge {
        return Err(Error::missing_field("challenge"));
    }
    if which == Options::Creation && !writer.has_user_id {
        return Err(Error::missing_field("user.id"));
    }
    Ok(writer.out)
}

struct Writer {
    out: String,
    has_challenge: bool,
    has_user_id: bool,
}

impl Writer {
    fn write(&mut self, place: Place, json: &RawValue, depth: u8) -> Result<(), Error> {
        match (place, json.get().as_bytes()) {
            (Place::Bytes, [b'[', ..]) => {
                let bytes: Result<Vec<u8>, Error> =
                    serde_json::from_str::<Vec<i16>>(json.get())?.into_iter().map(byte).collect();
                self.out.push('"');
                BASE64_URL_SAFE_NO_PAD.encode_string(bytes?, &mut self.out);
                self.out.push('"');
            }
            (Place::Bytes, [b'"', ..]) => self.out.push_str(json.get()),
            (Place::Bytes, _) => return Err(Error::custom("neither bytes nor text")),
            (Place::Algorithm, [b'"', ..]) => {
                let algorithm: Cow<'_, str> = serde_json::from_str(json.get())?;
                let number: i64 = algorithm.parse().map_err(|_| Error::custom("an algorithm is not a number"))?;
                self.out.push_str(&number.to_string());
            }
            (_, [b'{' | b'[', ..]) if depth > 0 => {
                json.deserialize_any(Inside { writer: self, place, depth: depth - 1 })?;
            }
            (Place::Options, _) => return Err(Error::custom("not an object")),
            _ => self.out.push_str(json.get()),
        }
        Ok(())
    }
}

/// The service writes bytes as signed numbers.
fn byte(number: i16) -> Result<u8, Error> {
    let signed = i8::try_from(number).map(|signed| signed.to_be_bytes()[0]);
    signed.or_else(|_| u8::try_from(number)).map_err(|_| Error::custom("a number is not a byte"))
}

/// What is inside of an object or an array.
struct Inside<'a> {
    writer: &'a mut Writer,
    place: Place,
    depth: u8,
}

impl<'de> Visitor<'de> for Inside<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { writer, place, depth } = self;
        let mut before = '{';
        while let Some((name, json)) = map.next_entry::<Cow<'_, str>, &RawValue>()? {
            if json.get() == "null" {
                continue;
            }
            writer.has_challenge |= place == Place::Options && name == "challenge";
            writer.has_user_id |= place == Place::User && name == "id";
            writer.out.push(before);
            writer.out.push_str(&serde_json::to_string(&name).map_err(A::Error::custom)?);
            writer.out.push(':');
            writer.write(place.of_member(&name), json, depth).map_err(A::Error::custom)?;
            before = ',';
        }
        writer.out.push_str(if before == '{' { "{}" } else { "}" });
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { writer, place, depth } = self;
        if place == Place::Options {
            return Err(A::Error::custom("not an object"));
        }
        let mut before = '[';
        while let Some(json) = list.next_element::<&RawValue>()? {
            writer.out.push(before);
            writer.write(place.of_element(), json, depth).map_err(A::Error::custom)?;
            before = ',';
        }
        writer.out.push_str(if before == '[' { "[]" } else { "]" });
        Ok(())
    }
}
