//! Where a reader is in a body, and what it skipped.

use std::fmt::{self, Write};

/// If it is on, values are read one by one, so that one that cannot be read is skipped alone; and the JSON pointer of
/// everything that a view has no place for can be reported. Nothing is collected: all pointers together can be as long as
/// the square of the body.
///
/// It is off in every ordinary read, so only the question whether it is on is inlined.
pub struct Trace<'a>(Option<Skipped<'a>>);

struct Skipped<'a> {
    here: String,
    tell: Option<&'a mut dyn FnMut(&str)>,
}

/// How long the pointer was outside of a member.
#[must_use]
pub(crate) struct Outside(usize);

impl<'a> Trace<'a> {
    pub(crate) fn off() -> Self {
        Self(None)
    }

    pub(crate) fn on() -> Self {
        Self(Some(Skipped { here: String::new(), tell: None }))
    }

    pub(crate) fn telling(tell: &'a mut dyn FnMut(&str)) -> Self {
        Self(Some(Skipped { here: String::new(), tell: Some(tell) }))
    }

    #[inline]
    pub(crate) fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Whether the view is not needed, so lists need not be kept a second time.
    #[inline]
    pub(crate) fn is_telling(&self) -> bool {
        self.0.as_ref().is_some_and(|skipped| skipped.tell.is_some())
    }

    #[inline]
    pub(crate) fn enter_member(&mut self, name: &str) -> Outside {
        self.0.as_mut().map_or(Outside(0), |skipped| skipped.enter_member(name))
    }

    #[inline]
    pub(crate) fn enter_element(&mut self, index: usize) -> Outside {
        self.0.as_mut().map_or(Outside(0), |skipped| skipped.enter_element(index))
    }

    #[inline]
    pub(crate) fn leave(&mut self, Outside(length): Outside) {
        if let Some(skipped) = &mut self.0 {
            skipped.here.truncate(length);
        }
    }

    /// The value here has no place in the view.
    #[inline]
    pub(crate) fn skip(&mut self) {
        if let Some(skipped) = &mut self.0 {
            skipped.skip();
        }
    }

    /// The member `name` of the object here has no place in the view.
    #[inline]
    pub(crate) fn skip_member(&mut self, name: &str) {
        if let Some(skipped) = &mut self.0 {
            let Outside(outside) = skipped.enter_member(name);
            skipped.skip();
            skipped.here.truncate(outside);
        }
    }
}

impl fmt::Debug for Trace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trace")
            .field("is_on", &self.is_on())
            .field("is_telling", &self.is_telling())
            .finish_non_exhaustive()
    }
}

impl Skipped<'_> {
    #[cold]
    fn enter_member(&mut self, name: &str) -> Outside {
        let outside = self.here.len();
        self.here.push('/');
        // RFC 6901: these two characters are escaped, and nothing else.
        for character in name.chars() {
            match character {
                '~' => self.here.push_str("~0"),
                '/' => self.here.push_str("~1"),
                other => self.here.push(other),
            }
        }
        Outside(outside)
    }

    #[cold]
    fn enter_element(&mut self, index: usize) -> Outside {
        let outside = self.here.len();
        // Writing to a `String` cannot fail.
        let _ = write!(self.here, "/{index}");
        Outside(outside)
    }

    #[cold]
    fn skip(&mut self) {
        if let Some(tell) = &mut self.tell {
            tell(&self.here);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{DeviceAuthentication, Document};

    #[test]
    fn what_a_view_does_not_know_is_reported_by_its_pointer() {
        let json = r#"{
            "status": "NEW", "bypassAllowed": "yes", "user": null, "a/b~c": [1], "policy": {"id": 7, "name": "p"},
            "_embedded": {"devices": ["odd", {"id": "d", "os": {"type": "iOS", "build": {"deep": 1}}}], "more": {}},
            "_links": {"self": {"href": "h", "title": "t"}, "odd": 1}
        }"#;
        let document = Document::<DeviceAuthentication>::from_json(json).unwrap();
        let mut unknown = Vec::new();
        document.for_each_unknown(|pointer| unknown.push(pointer.to_owned()));
        assert_eq!(
            unknown,
            [
                "/bypassAllowed",
                "/a~1b~0c",
                "/policy/id",
                "/policy/name",
                "/_embedded/devices/0",
                "/_embedded/devices/1/os/build",
                "/_embedded/more",
                "/_links/self/title",
                "/_links/odd",
            ]
        );
    }
}
