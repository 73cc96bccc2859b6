//! Paths with names in braces where ids stand, such as `/users/{userId}`.

/// A form that paths may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Template(pub(crate) &'static str);

/// What stands in a path where its template has braces.
#[derive(Clone, Copy)]
pub(crate) struct Parameters<'a> {
    template: Template,
    path: &'a [&'a str],
}

impl Template {
    /// Its parameters in `path`, which is split at its slashes; `None` if the path is of another form.
    pub(crate) fn read<'a>(self, path: &'a [&'a str]) -> Option<Parameters<'a>> {
        let fits = |(expected, given): (&str, &&str)| expected.starts_with('{') || expected == *given;
        let is_it = self.segments().count() == path.len() && self.segments().zip(path).all(fits);
        is_it.then_some(Parameters { template: self, path })
    }

    fn segments(self) -> impl Iterator<Item = &'static str> {
        self.0.split('/').filter(|segment| !segment.is_empty())
    }
}

impl<'a> Parameters<'a> {
    /// What stands where the template has `{name}`; nothing if it has not.
    pub(crate) fn get(&self, name: &str) -> &'a str {
        let is_it = |segment: &str| segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(name);
        let found = self.template.segments().zip(self.path).find(|(segment, _)| is_it(segment));
        found.map_or("", |(_, given)| given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_gives_its_parameters() {
        let device = Template("/users/{userId}/devices/{deviceId}");
        let parameters = device.read(&["users", "u", "devices", "d"]).unwrap();
        assert_eq!(["userId", "deviceId", "other"].map(|name| parameters.get(name)), ["u", "d", ""]);
        assert!(Template("/").read(&[]).is_some());
        assert!(Template("/users/{userId}").read(&["users"]).is_none());
        assert!(Template("/users").read(&["codes"]).is_none());
    }
}
