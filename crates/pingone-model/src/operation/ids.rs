//! The ids that fill the placeholders of a path.

/// The ids that fill the placeholders of an operation's path, in order.
///
/// ```
/// use pingone_model::{DeviceId, Ids, UserId};
///
/// let (user, device) = (UserId::from("u-1"), DeviceId::from("d-1"));
/// let of_a_device = Ids::of(&user).and(&device);
/// // For an id of a kind that this crate lacks, name the argument, so that an error can.
/// let of_an_order = Ids::of(("order_id", "o-1"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Ids<'a> {
    ids: [Option<PathId<'a>>; MOST],
    len: usize,
}

/// No path has more placeholders, besides the environment's.
const MOST: usize = 4;

impl<'a> Ids<'a> {
    /// None: the path has no placeholder but the environment's.
    pub const NONE: Self = Self { ids: [None; MOST], len: 0 };

    /// The id of the first placeholder.
    #[must_use]
    pub fn of(id: impl Into<PathId<'a>>) -> Self {
        Self::NONE.and(id)
    }

    /// The id of the next placeholder.
    #[must_use]
    pub fn and(mut self, id: impl Into<PathId<'a>>) -> Self {
        // Too many are refused when the path is built, because the number does not match.
        if let Some(place) = self.ids.get_mut(self.len) {
            *place = Some(id.into());
        }
        self.len += 1;
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = PathId<'a>> {
        self.ids.into_iter().flatten()
    }

    pub(crate) fn last(&self) -> Option<&'a str> {
        self.iter().last().map(|id| id.as_str())
    }
}

/// An id, and the argument's name for an error.
#[derive(Clone, Copy, Debug)]
pub struct PathId<'a> {
    argument: &'static str,
    id: &'a str,
}

impl<'a> PathId<'a> {
    pub(crate) fn new(argument: &'static str, id: &'a str) -> Self {
        Self { argument, id }
    }

    pub(crate) fn argument(&self) -> &'static str {
        self.argument
    }

    pub(crate) fn as_str(&self) -> &'a str {
        self.id
    }
}

impl<'a> From<(&'static str, &'a str)> for PathId<'a> {
    fn from((argument, id): (&'static str, &'a str)) -> Self {
        Self::new(argument, id)
    }
}
