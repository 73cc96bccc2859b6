//! Where a reader is in a body, and what it skipped.

use std::fmt::Write;

/// Writes down, if it is on, the JSON pointer of everything that a view has no place for.
///
/// It is off in every ordinary read, so only the question whether it is on is inlined.
#[derive(Debug)]
pub struct Trace(Option<Box<Skipped>>);

#[derive(Debug, Default)]
struct Skipped {
    here: String,
    pointers: Vec<String>,
}

/// How long the pointer was outside of a member.
#[must_use]
pub(crate) struct Outside(usize);

impl Trace {
    pub(crate) fn off() -> Self {
        Self(None)
    }

    pub(crate) fn on() -> Self {
        Self(Some(Box::default()))
    }

    pub(crate) fn into_pointers(self) -> Vec<String> {
        self.0.map_or_else(Vec::new, |skipped| skipped.pointers)
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

impl Skipped {
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
        self.pointers.push(self.here.clone());
    }
}

#[cfg(test)]
mod tests {
    use crate::{DeviceAuthentication, Document};

    #[test]
    fn what_a_view_has_no_place_for_is_told_by_its_pointer() {
        let json = r#"{
            "status": "NEW", "bypassAllowed": "yes", "user": null, "a/b~c": [1], "policy": {"id": 7, "name": "p"},
            "_embedded": {"devices": ["odd", {"id": "d", "os": {"type": "iOS", "build": {"deep": 1}}}], "more": {}},
            "_links": {"self": {"href": "h", "title": "t"}, "odd": 1}
        }"#;
        let document = Document::<DeviceAuthentication>::from_json(json).unwrap();
        assert_eq!(
            document.unknown(),
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
