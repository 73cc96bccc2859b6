//! The path of an operation, written once: with the documentation's placeholders.

use std::fmt;

use super::{Ids, ids::PathId};
use crate::{Host, RequestError, shared::id};

/// The path of operations on one of the hosts, with the documentation's placeholders, such as
/// `/{envID}/deviceAuthentications/{deviceAuthID}`.
///
/// `{envID}` is the environment's id; every other placeholder takes one of the operation's ids, in order. It is checked
/// where it is written, if that is a `const`:
///
/// ```compile_fail
/// const PATH: pingone_model::Path = pingone_model::Path::api("/environments/{envID/users");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Path {
    host: Host,
    template: &'static str,
}

const ENVIRONMENT: &str = "{envID}";

impl Path {
    /// A path on the auth host; it begins with `/{envID}`, which a custom domain leaves out.
    #[must_use]
    pub const fn auth(template: &'static str) -> Self {
        let (all, start) = (template.as_bytes(), b"/{envID}");
        let mut index = 0;
        while index < start.len() {
            assert!(index < all.len() && all[index] == start[index], "a path on the auth host begins with /{{envID}}");
            index += 1;
        }
        Self::new(Host::Auth, template)
    }

    /// A path on the API host, behind its version; most begin with `/environments/{envID}`.
    #[must_use]
    pub const fn api(template: &'static str) -> Self {
        Self::new(Host::Api, template)
    }

    const fn new(host: Host, template: &'static str) -> Self {
        let bytes = template.as_bytes();
        assert!(!bytes.is_empty() && bytes[0] == b'/', "a path begins with a slash");
        let (mut index, mut start) = (1, 1);
        while index <= bytes.len() {
            if index == bytes.len() || bytes[index] == b'/' {
                assert!(index > start, "a path has no empty segment");
                let is_open = bytes[start] == b'{';
                assert!(is_open == (bytes[index - 1] == b'}'), "a placeholder is a whole segment in braces");
                assert!(!(index - start == 1 && bytes[start] == b'.'), "a path has no dot segment");
                assert!(
                    !(index - start == 2 && bytes[start] == b'.' && bytes[start + 1] == b'.'),
                    "a path has no dot segment"
                );
                start = index + 1;
            } else {
                let byte = bytes[index];
                let is_brace = byte == b'{' && index == start
                    || byte == b'}' && (index + 1 == bytes.len() || bytes[index + 1] == b'/');
                assert!(
                    is_brace || byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'),
                    "a path has letters, digits, '-', '.', '_', '~' and whole segments in braces"
                );
            }
            index += 1;
        }
        Self { host, template }
    }

    /// The host.
    #[must_use]
    pub const fn host(self) -> Host {
        self.host
    }

    /// The path as the documentation writes it below the host's base.
    #[must_use]
    pub const fn template(self) -> &'static str {
        self.template
    }

    /// Whether it leads to one thing, whose id is the last.
    pub(crate) fn leads_to_one(self) -> bool {
        self.template.ends_with('}') && !self.template.ends_with(ENVIRONMENT)
    }
}

/// With the documentation's name of the host's base: `{authPath}/{envID}/…`.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.host {
            Host::Auth => "{authPath}",
            Host::Api => "{apiPath}",
        })?;
        f.write_str(self.template)
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The segments of a path that is filled in.
#[derive(Clone, Copy)]
pub(crate) struct Segments<'a> {
    path: Path,
    environment: &'a str,
    ids: Ids<'a>,
    more: &'a [&'a str],
}

#[derive(Clone, Copy)]
pub(crate) enum Segment<'a> {
    /// As the path has it.
    Fixed(&'static str),
    /// The environment's id, which has been checked.
    Environment(&'a str),
    Id(PathId<'a>),
}

impl<'a> Segments<'a> {
    pub(crate) fn new(
        path: Path,
        environment: &'a str,
        ids: Ids<'a>,
        more: &'a [&'a str],
    ) -> Result<Self, RequestError> {
        let placeholders = path.template.split('/').filter(|text| text.starts_with('{') && *text != ENVIRONMENT);
        if placeholders.count() == ids.len() {
            Ok(Self { path, environment, ids, more })
        } else {
            Err(RequestError::new("ids", "do not match the path: give one for each of its placeholders"))
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Segment<'a>> + use<'a> {
        let Self { path, environment, ids, more } = *self;
        let mut ids = ids.iter();
        let of_path = path.template.split('/').skip(1).filter_map(move |text| {
            Some(match text {
                ENVIRONMENT => Segment::Environment(environment),
                _ if text.starts_with('{') => Segment::Id(ids.next()?),
                _ => Segment::Fixed(text),
            })
        });
        of_path.chain(more.iter().map(|text| Segment::Id(PathId::new("path segment", text))))
    }
}

impl<'a> Segment<'a> {
    pub(crate) fn is_environment(&self) -> bool {
        matches!(self, Self::Environment(_))
    }

    pub(crate) fn as_str(&self) -> &'a str {
        match *self {
            Self::Fixed(text) => text,
            Self::Environment(text) => text,
            Self::Id(id) => id.as_str(),
        }
    }

    pub(crate) fn checked(&self) -> Result<&'a str, RequestError> {
        match *self {
            Self::Id(id) => id::checked(id.argument(), id.as_str()),
            _ => Ok(self.as_str()),
        }
    }
}
