//! JSON as it is in a body: finds a member or an element without reading what is in it.

use std::{borrow::Cow, fmt, ops::Range};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The members of `object` with these names, each verbatim.
pub(crate) fn members<'a, const N: usize>(
    object: &'a str,
    names: [&str; N],
) -> Result<[Option<&'a str>; N], serde_json::Error> {
    read(object, Members(names))
}

/// The member `name` of `object`, if this is an object that has it.
pub(crate) fn member<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let [member] = members(object, [name]).ok()?;
    member
}

/// Where in `body` the elements of `array` are that are objects.
pub(crate) fn objects(body: &str, array: &str) -> Result<Vec<Range<u32>>, serde_json::Error> {
    read(array, Objects { start: body.as_ptr().addr() })
}

/// The text that this member is, if it is text.
pub(crate) fn text(member: &str) -> Option<Cow<'_, str>> {
    match serde_json::from_str::<&str>(member) {
        Ok(text) => Some(text.into()),
        // With an escape in it, it cannot be borrowed.
        Err(_) => serde_json::from_str::<String>(member).ok().map(Cow::from),
    }
}

fn read<'a, T: DeserializeSeed<'a>>(json: &'a str, seed: T) -> Result<T::Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = seed.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

struct Members<'n, const N: usize>([&'n str; N]);

impl<'de, const N: usize> DeserializeSeed<'de> for Members<'_, N> {
    type Value = [Option<&'de str>; N];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for Members<'_, N> {
    type Value = [Option<&'de str>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = [None; N];
        while let Some(index) = map.next_key_seed(Place(self.0))? {
            match index.and_then(|index| found.get_mut(index)) {
                Some(place) => *place = Some(map.next_value::<&RawValue>()?.get()),
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

/// The index of a member's name among those that we look for. A lone surrogate is the name of some other member.
struct Place<'n, const N: usize>([&'n str; N]);

impl<'de, const N: usize> DeserializeSeed<'de> for Place<'_, N> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl<const N: usize> Visitor<'_> for Place<'_, N> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_bytes<E>(self, name: &[u8]) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|wanted| wanted.as_bytes() == name))
    }
}

struct Objects {
    start: usize,
}

impl<'de> DeserializeSeed<'de> for Objects {
    type Value = Vec<Range<u32>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Objects {
    type Value = Vec<Range<u32>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let too_large = |_| A::Error::custom("the body is larger than 4 GiB");
        let mut all = Vec::new();
        while let Some(element) = elements.next_element::<&RawValue>()? {
            let text = element.get();
            if text.starts_with('{') {
                let start = text.as_ptr().addr() - self.start;
                all.push(
                    u32::try_from(start).map_err(too_large)?..u32::try_from(start + text.len()).map_err(too_large)?,
                );
            }
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_elements_are_found_as_they_stand() {
        let body = r#"{"\ud800": 0, "b": [ {"x": [1]} , 7, null,{}, [{}]], "a" : "\ud800", "c": 1e999}"#;
        let [a, b, missing] = members(body, ["a", "b", "z"]).unwrap();
        assert_eq!((a, missing), (Some(r#""\ud800""#), None));
        assert_eq!(member(body, "c"), Some("1e999"));
        let objects = objects(body, b.unwrap()).unwrap();
        let texts: Vec<_> = objects.iter().map(|range| &body[range.start as usize..range.end as usize]).collect();
        assert_eq!(texts, [r#"{"x": [1]}"#, "{}"]);
        for bad in ["", "7", "[]", r#"{"a":1"#, r#"{"a":1} 2"#] {
            assert!(members(bad, ["a"]).is_err() && member(bad, "a").is_none(), "{bad}");
        }
        assert!(super::objects(body, "7").is_err());
    }
}
