//! Which resource a path leads to.

/// Where a path leads. Ids are compared as they come: PingOne's need no percent-encoding, so none is undone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    /// `/_emulator/…`: the emulator itself, with what follows.
    Control(&'a [&'a str]),
    /// `/{envID}/…`: a resource of the environment.
    Environment(&'a str, Resource<'a>),
    /// No service is there.
    ///
    /// Rule: UNKNOWN_PATH_ENDS_AT_GATEWAY. Operations have no paths of their own, such as `…/otp` or `…/cancel`.
    Nowhere,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resource<'a> {
    /// `/as/token`
    Token,
    /// `/deviceAuthentications`
    DeviceAuthentications,
    /// `/deviceAuthentications/{deviceAuthID}`
    DeviceAuthentication(&'a str),
}

impl<'a> Route<'a> {
    /// Reads the segments that follow the path's first slash.
    pub(crate) fn of(segments: &'a [&'a str]) -> Self {
        // A client that is made from the OpenAPI document asks for the base with a slash behind it.
        if segments == ["_emulator", ""] {
            return Self::Control(&[]);
        }
        if segments.contains(&"") {
            return Self::Nowhere;
        }
        match *segments {
            ["_emulator", ref rest @ ..] => Self::Control(rest),
            [environment, "as", "token"] => Self::Environment(environment, Resource::Token),
            [environment, "deviceAuthentications"] => Self::Environment(environment, Resource::DeviceAuthentications),
            [environment, "deviceAuthentications", id] => {
                Self::Environment(environment, Resource::DeviceAuthentication(id))
            }
            _ => Self::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_three_resources() {
        assert_eq!(Route::of(&["e", "as", "token"]), Route::Environment("e", Resource::Token));
        let (one, all) = (Resource::DeviceAuthentication("a"), Resource::DeviceAuthentications);
        assert_eq!(Route::of(&["e", "deviceAuthentications"]), Route::Environment("e", all));
        assert_eq!(Route::of(&["e", "deviceAuthentications", "a"]), Route::Environment("e", one));
        assert_eq!(Route::of(&["_emulator", "codes"]), Route::Control(&["codes"]));
        assert_eq!(Route::of(&["_emulator"]), Route::Control(&[]));
        assert_eq!(Route::of(&["_emulator", ""]), Route::Control(&[]));
    }

    #[test]
    fn everything_else_leads_nowhere() {
        let paths: [&[&str]; 8] = [
            &[],
            &[""],
            &["e"],
            &["", "deviceAuthentications"],
            &["e", "deviceAuthentications", ""],
            &["e", "deviceauthentications"],
            &["e", "deviceAuthentications", "a", "otp"],
            &["v1", "environments", "e", "deviceAuthentications"],
        ];
        for path in paths {
            assert_eq!(Route::of(path), Route::Nowhere, "{path:?}");
        }
    }
}
