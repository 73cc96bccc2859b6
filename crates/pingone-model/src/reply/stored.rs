//! How JSON is stored: as itself in JSON, as one text in a binary format. So no content depends on the format.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor},
    forward_to_deserialize_any, ser,
};
use serde_json::{Value, value::RawValue};

pub(super) fn serialize<S: Serializer>(json: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        serde_json::from_str::<&RawValue>(json).map_err(ser::Error::custom)?.serialize(serializer)
    } else {
        serializer.serialize_str(json)
    }
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    if deserializer.is_human_readable() {
        let json = Box::<RawValue>::deserialize(OrValue(deserializer))?;
        Ok(String::from(Box::<str>::from(json)))
    } else {
        String::deserialize(deserializer)
    }
}

/// Lets a `RawValue` be read from what is not serde_json's: another text format, or what serde keeps while it finds out
/// which variant of an enum it reads.
struct OrValue<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for OrValue<D> {
    type Error = D::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_newtype_struct(name, RawVisitor { name, visitor })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.0.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct RawVisitor<V> {
    name: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for RawVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    /// serde_json calls this one.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(map)
    }

    /// The others call this one.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let json = Value::deserialize(deserializer)?.to_string();
        serde_json::Deserializer::from_reader(json.as_bytes())
            .deserialize_newtype_struct(self.name, self.visitor)
            .map_err(de::Error::custom)
    }
}
