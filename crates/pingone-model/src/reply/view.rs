//! The macro that writes the view of a JSON object.

/// Writes a view, one line a member: `kind name = "wire name";`, with `: Type` where the kind has one.
///
/// | kind | accessor | in `Debug` |
/// |---|---|---|
/// | `text` | `Option<&str>`: free or personal text | only that it is there |
/// | `digits` | `Option<&str>`: a code, as text or as a number | only that it is there |
/// | `word` | `Option<&str>`: the service's own words, ids, versions, times | shown |
/// | `flag`, `number` | `Option<bool>`, `Option<u64>` | shown |
/// | `json` | `Option<&RawValue>`: any JSON of the caller's own | only that it is there |
/// | `one` | `Option<&Type>` | shown |
/// | `boxed` | the same, for what is large or rare: it keeps the view small, which is moved when it is read | shown |
/// | `list` | `&[Type]`, empty if there is none | shown |
/// | `texts` | `&[Box<str>]`, empty if there is none: free or personal texts | only that they are there |
///
/// Members in `required { … }` must be there; their accessors have no `Option`.
///
/// `struct Name { … }` has a place for each member, which is fast to read. A list of such views could take hundreds of
/// times the memory of its JSON, so a view in a list is a `struct Name([HeldName]) { … }`: it holds the members
/// that are there, each as a `HeldName`, and takes 16 bytes if there are none.
macro_rules! view {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident($layout:tt) { $($members:tt)* }
    ) => {
        $crate::reply::view::view!(@view $layout $(#[$meta])* $vis struct $name { $($members)* });
    };
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident { $($members:tt)* }
    ) => {
        $crate::reply::view::view!(@view in_place $(#[$meta])* $vis struct $name { $($members)* });
    };

    (
        @view $layout:tt
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $(required { $($(#[$must_doc:meta])+ $must_kind:ident $must:ident = $must_wire:literal $(: $must_type:ty)?;)+ })?
            $($(#[$doc:meta])+ $kind:ident $member:ident = $wire:literal $(: $type:ty)?;)*
        }
    ) => {
        $crate::reply::view::view! {
            @struct $layout
            $(#[$meta])*
            $vis struct $name {
                $($($must: $crate::reply::view::view!(@type $must_kind $($must_type)?),)+)?;
                $($member: $crate::reply::view::view!(@type $kind $($type)?),)*
            }
        }

        impl $name {
            $($($(#[$must_doc])+ #[must_use]
            pub fn $must(&self) -> &$crate::reply::view::view!(@borrowed $must_kind $($must_type)?) { &self.$must })+)?
            $($crate::reply::view::view!(@accessor $layout $kind $(#[$doc])+ $member $($type)?);)*
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
                while let Some(is) = $crate::reply::member::next_name(&mut map, trace, |name, trace| match name {
                    $($($must_wire => Is::$must,)+)?
                    $($wire => Is::$member,)*
                    _ => {
                        trace.skip_member(name);
                        Is::Unknown
                    }
                })? {
                    match is {
                        $($(Is::$must => $crate::reply::member::next(&mut map, $must_wire, trace, &mut $must)?,)+)?
                        $(Is::$member => $crate::reply::member::next(&mut map, $wire, trace, &mut $member)?,)*
                        Is::Unknown => {
                            map.next_value::<serde::de::IgnoredAny>()?;
                        }
                    }
                }
                $($(let $must = $must.ok_or_else(|| serde::de::Error::missing_field($must_wire))?;)+)?
                Ok(Some($crate::reply::view::view!(@made $layout { $($($must,)+)?; $($member,)* })))
            }

            fn id_member(&self) -> Option<&str> {
                $($(if $must_wire == "id" {
                    return $crate::reply::member::Member::as_text(&self.$must);
                })+)?
                $(if $wire == "id" {
                    return $crate::reply::view::view!(@held $layout self $member)
                        .and_then($crate::reply::member::Member::as_text);
                })*
                None
            }

            #[cfg(any(test, feature = "unstable-shown"))]
            fn shown(&self) -> serde_json::Value {
                let mut members = serde_json::Map::new();
                $($(members.insert($must_wire.into(), $crate::reply::member::Member::shown(&self.$must));)+)?
                $(if $crate::reply::view::view!(@held $layout self $member).is_some() {
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
                $(if let Some(_value) = $crate::reply::view::view!(@held $layout self $member) {
                    debug.field(stringify!($member), $crate::reply::view::view!(@debug $kind _value));
                })*
                debug.finish_non_exhaustive()
            }
        }
    };

    // What differs between the two layouts: the type, how it is built, and where a member is.
    (
        @struct in_place
        $(#[$meta:meta])*
        $vis:vis struct $name:ident { $($must:ident: $must_type:ty,)*; $($member:ident: $type:ty,)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone)]
        $vis struct $name {
            $($must: $must_type,)*
            $($member: Option<$type>,)*
        }
    };
    (
        @struct [$held:ident]
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {; $($member:ident: $type:ty,)* }
    ) => {
        $(#[$meta])*
        #[derive(Clone)]
        $vis struct $name(Box<[$held]>);

        #[expect(non_camel_case_types, reason = "each is named after its member")]
        #[derive(Clone)]
        enum $held { $($member($type),)* }

        // The shortest member is some eight bytes in the body.
        const _: () = assert!(size_of::<$held>() <= 64, "a member of what is in a list is to be small: box it");
    };

    (@made in_place { $($must:ident,)*; $($member:ident,)* }) => { Self { $($must,)* $($member,)* } };
    (@made [$held:ident] {; $($member:ident,)* }) => {{
        // Few of many are there, so it goes from one to the next.
        const ALL: &[Is] = &[$(Is::$member),*];
        let mut present = 0_u64 $(| (u64::from($member.is_some()) << Is::$member as u32))*;
        let mut all = Vec::with_capacity(present.count_ones() as usize);
        while let Some(is) = ALL.get(present.trailing_zeros() as usize) {
            present &= present - 1;
            match is {
                $(Is::$member => all.extend($member.take().map($held::$member)),)*
                Is::Unknown => {}
            }
        }
        Self(all.into_boxed_slice())
    }};

    (@held in_place $self:ident $member:ident) => { $self.$member.as_ref() };
    (@held [$held:ident] $self:ident $member:ident) => {
        $self.0.iter().find_map(|held| match held {
            $held::$member(value) => Some(value),
            _ => None,
        })
    };

    (@type text) => { Box<str> };
    (@type digits) => { $crate::reply::member::Digits };
    (@type word) => { Box<str> };
    (@type flag) => { bool };
    (@type number) => { u64 };
    (@type json) => { Box<serde_json::value::RawValue> };
    (@type one $type:ty) => { $type };
    (@type boxed $type:ty) => { Box<$type> };
    (@type list $type:ty) => { Vec<$type> };
    (@type texts) => { Vec<Box<str>> };

    (@borrowed word) => { str };
    (@borrowed one $type:ty) => { $type };

    (@accessor $layout:tt text $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use]
        pub fn $member(&self) -> Option<&str> {
            $crate::reply::view::view!(@held $layout self $member).map(|text| &**text)
        }
    };
    (@accessor $layout:tt digits $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use]
        pub fn $member(&self) -> Option<&str> {
            $crate::reply::view::view!(@held $layout self $member).map($crate::reply::member::Digits::as_str)
        }
    };
    (@accessor $layout:tt word $(#[$doc:meta])+ $member:ident) => {
        $crate::reply::view::view!(@accessor $layout text $(#[$doc])+ $member);
    };
    (@accessor $layout:tt flag $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use]
        pub fn $member(&self) -> Option<bool> { $crate::reply::view::view!(@held $layout self $member).copied() }
    };
    (@accessor $layout:tt number $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use]
        pub fn $member(&self) -> Option<u64> { $crate::reply::view::view!(@held $layout self $member).copied() }
    };
    (@accessor $layout:tt json $(#[$doc:meta])+ $member:ident) => {
        $(#[$doc])+ #[must_use]
        pub fn $member(&self) -> Option<&serde_json::value::RawValue> {
            $crate::reply::view::view!(@held $layout self $member).map(|json| &**json)
        }
    };
    (@accessor $layout:tt one $(#[$doc:meta])+ $member:ident $type:ty) => {
        $(#[$doc])+ #[must_use]
        pub fn $member(&self) -> Option<&$type> { $crate::reply::view::view!(@held $layout self $member) }
    };
    (@accessor $layout:tt boxed $(#[$doc:meta])+ $member:ident $type:ty) => {
        $(#[$doc])+ #[must_use]
        pub fn $member(&self) -> Option<&$type> {
            $crate::reply::view::view!(@held $layout self $member).map(|member| &**member)
        }
    };
    (@accessor $layout:tt list $(#[$doc:meta])+ $member:ident $type:ty) => {
        $(#[$doc])+ #[must_use]
        pub fn $member(&self) -> &[$type] {
            $crate::reply::view::view!(@held $layout self $member).map_or(&[], Vec::as_slice)
        }
    };
    (@accessor $layout:tt texts $(#[$doc:meta])+ $member:ident) => {
        $crate::reply::view::view!(@accessor $layout list $(#[$doc])+ $member Box<str>);
    };

    (@debug text $value:ident) => { &format_args!("..") };
    (@debug digits $value:ident) => { &format_args!("..") };
    (@debug json $value:ident) => { &format_args!("..") };
    (@debug texts $value:ident) => { &format_args!("..") };
    (@debug $kind:ident $value:ident) => { $value };

    // By the public accessor, because that is what is tested.
    (@shown one $accessor:expr) => { $accessor.map(|member| $crate::reply::member::Member::shown(member)).into() };
    (@shown boxed $accessor:expr) => { $accessor.map(|member| $crate::reply::member::Member::shown(member)).into() };
    (@shown list $accessor:expr) => { $accessor.iter().map(|member| $crate::reply::member::Member::shown(member)).collect() };
    (@shown $kind:ident $accessor:expr) => { serde_json::json!($accessor) };
}
pub(crate) use view;
