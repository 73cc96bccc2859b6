//! The macro that writes the view of a JSON object.

/// Writes a view, one line a member: `kind name = "wire name";`, with `: Type` where the kind has one.
///
/// | kind | accessor | in `Debug` |
/// |---|---|---|
/// | `text` | `Option<&str>`: free or personal text | only that it is there |
/// | `digits` | `Option<&str>`: a code, as text or as a number | only that it is there |
/// | `word` | `Option<&str>`: the service's own words, ids, versions, times | shown |
/// | `flag`, `number` | `Option<bool>`, `Option<u64>` | shown |
/// | `json` | `Option<&Value>`: any JSON of the caller's own | only that it is there |
/// | `one` | `Option<&Type>` | shown |
/// | `boxed` | the same, for what is large or rare: it keeps the view small, which is moved when it is read | shown |
/// | `list` | `&[Type]`, empty if there is none | shown |
///
/// Members in `required { … }` must be there; their accessors have no `Option`.
macro_rules! view {
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
            $($($must: $crate::reply::view::view!(@type $must_kind $($must_type)?),)+)?
            $($member: Option<$crate::reply::view::view!(@type $kind $($type)?)>,)*
        }

        impl $name {
            $($($(#[$must_doc])+ #[must_use]
            pub fn $must(&self) -> &$crate::reply::view::view!(@borrowed $must_kind $($must_type)?) { &self.$must })+)?
            $($crate::reply::view::view!(@accessor $kind $(#[$doc])+ $member $($type)?);)*
        }

        impl $crate::reply::member::Member for $name {
            fn object<'de, A: serde::de::MapAccess<'de>>(
                mut map: A,
                trace: &mut $crate::reply::trace::Trace,
            ) -> Result<Option<Self>, A::Error> {
                #[expect(non_camel_case_types, reason = "each is named after its member")]
                enum Is { $($($must,)+)? $($member,)* Unknown }

                $($(let mut $must = None;)+)?
                $(let mut $member = None;)*
                while let Some(is) = map.next_key_seed($crate::reply::member::Name(|name: &str| match name {
                    $($($must_wire => Is::$must,)+)?
                    $($wire => Is::$member,)*
                    _ => {
                        trace.skip_member(name);
                        Is::Unknown
                    }
                }))? {
                    match is {
                        $($(Is::$must => $crate::reply::member::next(&mut map, $must_wire, trace, &mut $must)?,)+)?
                        $(Is::$member => $crate::reply::member::next(&mut map, $wire, trace, &mut $member)?,)*
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

            fn id_member(&self) -> Option<&str> {
                $($(if $must_wire == "id" {
                    return $crate::reply::member::Member::as_text(&self.$must);
                })+)?
                $(if $wire == "id" {
                    return self.$member.as_ref().and_then($crate::reply::member::Member::as_text);
                })*
                None
            }

            #[cfg(any(test, feature = "unstable-shown"))]
            fn shown(&self) -> serde_json::Value {
                let mut members = serde_json::Map::new();
                $($(members.insert($must_wire.into(), $crate::reply::member::Member::shown(&self.$must));)+)?
                $(if self.$member.is_some() {
                    members.insert($wire.into(), $crate::reply::view::view!(@shown $kind self.$member()));
                })*
                members.into()
            }
        }

        impl $crate::reply::member::View for $name {}

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                let mut debug = f.debug_struct(stringify!($name));
                $($(debug.field(stringify!($must), &self.$must);)+)?
                $(if let Some(_value) = &self.$member {
                    debug.field(stringify!($member), $crate::reply::view::view!(@debug $kind _value));
                })*
                debug.finish_non_exhaustive()
            }
        }
    };

    (@type text) => { Box<str> };
    (@type digits) => { $crate::reply::member::Digits };
    (@type word) => { Box<str> };
    (@type flag) => { bool };
    (@type number) => { u64 };
    (@type json) => { serde_json::Value };
    (@type one $type:ty) => { $type };
    (@type boxed $type:ty) => { Box<$type> };
    (@type list $type:ty) => { Vec<$type> };

    (@borrowed word) => { str };
    (@borrowed one $type:ty) => { $type };

    (@accessor text $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<&str> { self.$member.as_deref() }
    };
    (@accessor digits $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<&str> { Some(self.$member.as_ref()?.as_str()) }
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
    (@accessor json $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<&serde_json::Value> { self.$member.as_ref() }
    };
    (@accessor one $(#[$doc:meta])+ $member:ident $type:ty) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<&$type> { self.$member.as_ref() }
    };
    (@accessor boxed $(#[$doc:meta])+ $member:ident $type:ty) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> Option<&$type> { self.$member.as_deref() }
    };
    (@accessor list $(#[$doc:meta])+ $member:ident $type:ty) => {
        $(#[$doc])+ #[must_use] pub fn $member(&self) -> &[$type] { self.$member.as_deref().unwrap_or_default() }
    };

    (@debug text $value:ident) => { &format_args!("..") };
    (@debug digits $value:ident) => { &format_args!("..") };
    (@debug json $value:ident) => { &format_args!("..") };
    (@debug $kind:ident $value:ident) => { $value };

    // By the public accessor, for it is what is tested.
    (@shown one $accessor:expr) => { $accessor.map(|member| $crate::reply::member::Member::shown(member)).into() };
    (@shown boxed $accessor:expr) => { $accessor.map(|member| $crate::reply::member::Member::shown(member)).into() };
    (@shown list $accessor:expr) => { $accessor.iter().map(|member| $crate::reply::member::Member::shown(member)).collect() };
    (@shown $kind:ident $accessor:expr) => { serde_json::json!($accessor) };
}
pub(crate) use view;
