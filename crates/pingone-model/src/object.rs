//! The views of replies: what is typed is read, everything else is skipped, and only broken JSON is an error.

use std::{fmt, marker::PhantomData};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What a member of a reply is read from. A JSON type that is not overridden is skipped: the member is absent from
/// the view, and the body still has it.
pub trait Member: Sized {
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

    #[doc(hidden)]
    fn object<'de, A: MapAccess<'de>>(mut map: A) -> Result<Option<Self>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    #[doc(hidden)]
    fn list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

impl Member for Box<str> {
    fn text(text: &str) -> Option<Self> {
        Some(text.into())
    }
}

impl Member for bool {
    fn flag(flag: bool) -> Option<Self> {
        Some(flag)
    }
}

impl Member for u64 {
    fn number(number: u64) -> Option<Self> {
        Some(number)
    }
}

/// An odd element does not take its siblings with it.
impl<T: Member> Member for Vec<T> {
    fn list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut all = Self::new();
        while let Some(Lenient(element)) = list.next_element()? {
            all.extend(element);
        }
        Ok(Some(all))
    }
}

/// Reads a whole body. The UTF-8 check made once for all of it costs less than one for each text.
pub(crate) fn read<T: Member>(json: &[u8]) -> Result<T, serde_json::Error> {
    let text = std::str::from_utf8(json).map_err(serde_json::Error::custom)?;
    let Lenient(view) = serde_json::from_str(text)?;
    view.ok_or_else(|| serde_json::Error::custom("not the expected JSON type"))
}

/// A member, if it is of the expected type.
pub(crate) struct Lenient<T>(pub(crate) Option<T>);

impl<'de, T: Member> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MemberVisitor(PhantomData)).map(Self)
    }
}

struct MemberVisitor<T>(PhantomData<T>);

impl<'de, T: Member> Visitor<'de> for MemberVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Option<T>, E> {
        Ok(T::flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Option<T>, E> {
        Ok(T::number(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<T>, E> {
        Ok(T::text(text))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
        T::object(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Option<T>, A::Error> {
        T::list(list)
    }
}

/// The name of a member, looked up without a copy.
pub(crate) struct Name<F>(pub(crate) F);

impl<'de, T, F: FnOnce(&str) -> T> DeserializeSeed<'de> for Name<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<T, F: FnOnce(&str) -> T> Visitor<'_> for Name<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<T, E> {
        Ok((self.0)(name))
    }
}

/// Writes a view, one line a member: `kind name = "wire name";`, with `: Type` where the kind has one.
///
/// | kind | accessor | in `Debug` |
/// |---|---|---|
/// | `text` | `Option<&str>`: free or personal text | only that it is there |
/// | `word` | `Option<&str>`: the service's own words, ids, versions, times | shown |
/// | `flag`, `number` | `Option<bool>`, `Option<u64>` | shown |
/// | `one` | `Option<&Type>` | shown |
/// | `list` | `&[Type]`, empty if there is none | shown |
///
/// Members in `required { … }` must be there; their accessors have no `Option`.
macro_rules! object {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $(required { $($(#[$must_doc:meta])+ $must_kind:ident $must:ident = $must_wire:literal $(: $must_type:ty)?;)+ })?
            $($(#[$doc:meta])+ $kind:ident $member:ident = $wire:literal $(: $type:ty)?;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone)]
        $vis struct $name {
            $($($must: $crate::object::object!(@type $must_kind $($must_type)?),)+)?
            $($member: Option<$crate::object::object!(@type $kind $($type)?)>,)*
        }

        impl $name {
            $($($(#[$must_doc])+ #[must_use]
            pub fn $must(&self) -> &$crate::object::object!(@borrowed $must_kind $($must_type)?) { &self.$must })+)?
            $($crate::object::object!(@accessor $kind $(#[$doc])+ $member $($type)?);)*
        }

        impl $crate::object::Member for $name {
            fn object<'de, A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Option<Self>, A::Error> {
                #[expect(non_camel_case_types, reason = "each is named after its member")]
                enum Is { $($($must,)+)? $($member,)* Unknown }

                $($(let mut $must = None;)+)?
                $(let mut $member = None;)*
                while let Some(is) = map.next_key_seed($crate::object::Name(|name: &str| match name {
                    $($($must_wire => Is::$must,)+)?
                    $($wire => Is::$member,)*
                    _ => Is::Unknown,
                }))? {
                    match is {
                        $($(Is::$must => $must = map.next_value::<$crate::object::Lenient<_>>()?.0,)+)?
                        $(Is::$member => $member = map.next_value::<$crate::object::Lenient<_>>()?.0,)*
                        Is::Unknown => {
                            map.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                Ok(Some(Self {
                    $($($must: $must.ok_or_else(|| serde::de::Error::missing_field($must_wire))?,)+)?
                    $($member,)*
                }))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut debug = f.debug_struct(stringify!($name));
                $($(debug.field(stringify!($must), &self.$must);)+)?
                $(if let Some(value) = &self.$member {
                    $crate::object::object!(@show $kind debug $member value);
                })*
                debug.finish_non_exhaustive()
            }
        }
    };

    (@type text) => { Box<str> };
    (@type word) => { Box<str> };
    (@type flag) => { bool };
    (@type number) => { u64 };
    (@type one $type:ty) => { $type };
    (@type list $type:ty) => { Vec<$type> };

    (@borrowed word) => { str };
    (@borrowed one $type:ty) => { $type };

    (@accessor text $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<&str> { self.$member.as_deref() }
    };
    (@accessor word $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<&str> { self.$member.as_deref() }
    };
    (@accessor flag $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<bool> { self.$member }
    };
    (@accessor number $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<u64> { self.$member }
    };
    (@accessor one $(#[$doc:meta])+ $member:ident $type:ty) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<&$type> { self.$member.as_ref() }
    };
    (@accessor list $(#[$doc:meta])+ $member:ident $type:ty) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> &[$type] { self.$member.as_deref().unwrap_or_default() }
    };

    (@show text $debug:ident $member:ident $value:ident) => {
        // Touching the value keeps the arms alike; its text is nobody's business.
        let _ = $value;
        $debug.field(stringify!($member), &format_args!(".."));
    };
    (@show $kind:ident $debug:ident $member:ident $value:ident) => {
        $debug.field(stringify!($member), $value);
    };
}
pub(crate) use object;

#[cfg(test)]
mod tests {
    use super::read;
    use crate::{Device, DeviceAuthentication};

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
        assert_eq!((device.os().unwrap().kind(), device.os().unwrap().version()), (Some("iOS"), None));
    }

    #[test]
    fn what_must_be_there_and_broken_json_are_errors() {
        let without_status = [r#"{"id":"a"}"#, r#"{"status":7}"#, r#"{"status":null}"#, r#"["FAILED"]"#, "7"];
        let broken =
            ["", r#"{"status":"X""#, r#"{"status":"X"}}"#, r#"{"status":"\ud800"}"#, r#"{"status":"X","a":tru}"#];
        for bad in without_status.into_iter().chain(broken) {
            assert!(read::<DeviceAuthentication>(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(read::<DeviceAuthentication>(b"{\"status\":\"\xff\"}").is_err());
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
