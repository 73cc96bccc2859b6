//! Tables of operations, and how a request finds its row.

use http::Method;
use serde_json::Value;

use super::{
    Stores,
    context::{Conditions, Context},
};
use crate::{
    answer::Answer,
    error::Refusal,
    template::{Parameters, Template},
};

/// The base of a path. Both hosts of the service share one port here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// `/{environmentId}`, as at `auth.pingone.com`; nothing at a custom domain.
    Auth,
    /// `/v1/environments/{environmentId}`, as at `api.pingone.com`.
    Api,
}

/// A path of the service.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    base: Base,
    template: Template,
    /// Whether it needs a worker's token.
    pub(crate) needs_token: bool,
    exists: Exists,
}

/// Whether what a path names exists.
pub(crate) type Exists = fn(&Stores, Parameters<'_>, Conditions<'_>) -> Result<(), Refusal>;

/// An operation: a row of its resource's table.
pub(crate) struct Route {
    /// Resource and operation, such as `device_authentication.cancel`.
    pub(crate) name: &'static str,
    place: &'static Place,
    method: Method,
    /// `None` if the media type has no meaning.
    media_type: Option<&'static str>,
    /// The `type` of the thing that is created, if the row is for that type only.
    of_type: Option<&'static str>,
    /// What the body can have, as paths.
    pub(crate) members: &'static [&'static str],
    /// `None` if PingOne has it and the emulator does not.
    pub(crate) act: Option<Act>,
}

pub(crate) type Act = fn(&mut Stores, &Context<'_>) -> Result<Answer, Refusal>;

/// A place that is always there.
pub(crate) const fn place(base: Base, template: &'static str) -> Place {
    Place { base, template: Template(template), needs_token: true, exists: |_, _, _| Ok(()) }
}

impl Place {
    /// Checks that what the path names exists before it looks at the media type.
    pub(crate) const fn if_exists(self, exists: Exists) -> Self {
        Self { exists, ..self }
    }

    /// Needs no token.
    pub(crate) const fn without_token(self) -> Self {
        Self { needs_token: false, ..self }
    }
}

/// A row that only reads.
pub(crate) const fn get(name: &'static str, place: &'static Place, act: Act) -> Route {
    row(name, place, Method::GET, None, act)
}

/// A row that deletes.
pub(crate) const fn delete(name: &'static str, place: &'static Place, act: Act) -> Route {
    row(name, place, Method::DELETE, None, act)
}

/// A row for this media type.
pub(crate) const fn post(name: &'static str, place: &'static Place, media_type: &'static str, act: Act) -> Route {
    row(name, place, Method::POST, Some(media_type), act)
}

/// A row for every media type.
pub(crate) const fn post_any(name: &'static str, place: &'static Place, act: Act) -> Route {
    row(name, place, Method::POST, None, act)
}

/// A row that replaces something by JSON.
pub(crate) const fn put(name: &'static str, place: &'static Place, act: Act) -> Route {
    row(name, place, Method::PUT, Some("application/json"), act)
}

/// A row that changes what is given, by JSON.
pub(crate) const fn patch(name: &'static str, place: &'static Place, act: Act) -> Route {
    row(name, place, Method::PATCH, Some("application/json"), act)
}

const fn row(
    name: &'static str,
    place: &'static Place,
    method: Method,
    media_type: Option<&'static str>,
    act: Act,
) -> Route {
    Route { name, place, method, media_type, of_type: None, members: &[], act: Some(act) }
}

/// A row for what the emulator lacks.
pub(crate) const fn missing(
    name: &'static str,
    place: &'static Place,
    method: Method,
    media_type: Option<&'static str>,
) -> Route {
    Route { name, place, method, media_type, of_type: None, members: &[], act: None }
}

impl Route {
    /// The row is for a body with this `type`, and precedes the one for all others.
    pub(crate) const fn of_type(mut self, name: &'static str) -> Self {
        self.of_type = Some(name);
        self
    }

    /// Says what a JSON body can have; whatever else it has is not documented.
    pub(crate) const fn with(mut self, members: &'static [&'static str]) -> Self {
        self.members = members;
        self
    }
}

/// Where a request leads to: a place, and the operation that is meant if there is one.
pub(crate) struct Found<'a> {
    pub(crate) place: &'static Place,
    pub(crate) parameters: Parameters<'a>,
    /// `None` at a custom domain, which has one environment only.
    pub(crate) environment_id: Option<&'a str>,
    pub(crate) route: Option<&'static Route>,
    /// Every row of the place.
    here: Vec<&'static Route>,
}

impl Found<'_> {
    /// Whether what the path names exists.
    pub(crate) fn check_existence(&self, stores: &Stores, conditions: Conditions<'_>) -> Result<(), Refusal> {
        (self.place.exists)(stores, self.parameters, conditions)
    }

    pub(crate) fn has_method(&self, method: &Method) -> bool {
        self.here.iter().any(|route| route.method == method)
    }

    /// The methods of the place, as the header `Allow` names them.
    pub(crate) fn methods(&self) -> String {
        let mut methods: Vec<&str> = self.here.iter().map(|route| route.method.as_str()).collect();
        methods.sort_unstable();
        methods.dedup();
        methods.join(", ")
    }
}

/// The target of a request. Ids are compared verbatim: PingOne's need no percent-encoding, so none is decoded.
pub(crate) struct Asked<'a> {
    pub(crate) method: &'a Method,
    /// The segments that follow the path's first slash.
    pub(crate) path: &'a [&'a str],
    pub(crate) media_type: Option<&'a str>,
    pub(crate) body: &'a [u8],
    pub(crate) has_custom_domain: bool,
}

/// Looks a request up in the tables.
///
/// Rule: UNKNOWN_PATH_ENDS_AT_GATEWAY. Operations have no paths of their own, such as `…/otp` or `…/cancel`.
/// Rule: MEDIA_TYPE_CHOOSES.
pub(crate) fn find<'a>(tables: &[&'static [Route]], asked: &Asked<'a>) -> Option<Found<'a>> {
    let (base, environment_id, path) = asked.split()?;
    let rows = || tables.iter().copied().flatten().filter(|route| route.place.base == base);
    let (place, parameters) = rows().find_map(|route| Some((route.place, route.place.template.read(path)?)))?;
    let here: Vec<&'static Route> = rows().filter(|route| route.place.template == place.template).collect();
    let is_meant = |route: &&&'static Route| {
        route.method == asked.method
            && (route.media_type.is_none() || route.media_type == asked.media_type)
            && route.of_type.is_none_or(|name| asked.has_type(name))
    };
    let route = here.iter().find(is_meant).copied();
    Some(Found { place, parameters, environment_id, route, here })
}

impl<'a> Asked<'a> {
    /// Whether the body is an object of this `type`.
    fn has_type(&self, name: &str) -> bool {
        let body: Result<Value, _> = serde_json::from_slice(self.body);
        body.is_ok_and(|body| body["type"] == name)
    }

    /// The base, the environment if the path names one, and what follows.
    fn split(&self) -> Option<(Base, Option<&'a str>, &'a [&'a str])> {
        match *self.path {
            _ if self.path.contains(&"") => None,
            _ if self.has_custom_domain => Some((Base::Auth, None, self.path)),
            ["v1", "environments", environment, ref path @ ..] => Some((Base::Api, Some(environment), path)),
            [environment, ref path @ ..] => Some((Base::Auth, Some(environment), path)),
            [] => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::*;

    static ALL: Place = place(Base::Auth, "/things");
    static ONE: Place = place(Base::Auth, "/things/{thingId}");
    static MANAGED: Place = place(Base::Api, "/things/{thingId}");

    fn act(_: &mut Stores, _: &Context<'_>) -> Result<Answer, Refusal> {
        Ok(Answer::json(StatusCode::OK, serde_json::Value::Null))
    }

    static THINGS: &[Route] = &[
        post("thing.bake", &ALL, "application/json", act).of_type("CAKE"),
        post("thing.create", &ALL, "application/json", act),
        get("thing.read", &ONE, act),
        post("thing.turn", &ONE, "turn+json", act),
        post("thing.break", &ONE, "break+json", act),
        get("thing.manage", &MANAGED, act),
    ];

    fn find_at(has_custom_domain: bool, method: Method, path: &str, media_type: &str) -> Option<(String, String)> {
        find_with(has_custom_domain, method, path, media_type, b"{}")
    }

    fn find_with(
        has_custom_domain: bool,
        method: Method,
        path: &str,
        media_type: &str,
        body: &[u8],
    ) -> Option<(String, String)> {
        let path: Vec<&str> = path.split('/').skip(1).collect();
        let asked = Asked { method: &method, path: &path, media_type: Some(media_type), body, has_custom_domain };
        let found = find(&[THINGS], &asked)?;
        let name = found.route.map_or_else(|| format!("none of {}", found.methods()), |route| route.name.to_owned());
        Some((name, format!("{:?} {}", found.environment_id, found.parameters.get("thingId"))))
    }

    #[test]
    fn path_method_and_media_type_choose_the_row() {
        let find = |method, path, media_type| find_at(false, method, path, media_type);
        let is = |name: &str, place: &str| Some((name.to_owned(), place.to_owned()));
        assert_eq!(find(Method::POST, "/e/things", "application/json"), is("thing.create", "Some(\"e\") "));
        assert_eq!(find(Method::GET, "/e/things/a", "turn+json"), is("thing.read", "Some(\"e\") a"));
        assert_eq!(find(Method::POST, "/e/things/a", "turn+json"), is("thing.turn", "Some(\"e\") a"));
        assert_eq!(find(Method::POST, "/e/things/a", "break+json"), is("thing.break", "Some(\"e\") a"));
        assert_eq!(find(Method::POST, "/e/things/a", "other"), is("none of GET, POST", "Some(\"e\") a"));
        assert_eq!(find(Method::PUT, "/e/things", "application/json"), is("none of POST", "Some(\"e\") "));
        assert_eq!(find(Method::GET, "/v1/environments/e/things/a", ""), is("thing.manage", "Some(\"e\") a"));
        assert_eq!(find_at(true, Method::GET, "/things/a", ""), is("thing.read", "None a"));
    }

    #[test]
    fn the_type_of_what_is_created_chooses_too() {
        let find = |body: &str| {
            let (name, _) = find_with(false, Method::POST, "/e/things", "application/json", body.as_bytes()).unwrap();
            name
        };
        assert_eq!(find(r#"{"type":"CAKE"}"#), "thing.bake");
        for other in [r#"{"type":"BREAD"}"#, r#"{"of":{"type":"CAKE"}}"#, r#"{"type":["CAKE"]}"#, "{}", "CAKE", ""] {
            assert_eq!(find(other), "thing.create", "{other}");
        }
    }

    #[test]
    fn everything_else_leads_nowhere() {
        for path in [
            "",
            "/",
            "//",
            "/e",
            "//things",
            "/e/things/",
            "/e/Things",
            "/e/things/a/turn",
            "/v1/environments/e/things",
        ] {
            assert_eq!(find_at(false, Method::POST, path, "application/json"), None, "{path}");
        }
        for path in ["/e/things/a", "/v1/environments/e/things/a", "/"] {
            assert_eq!(find_at(true, Method::GET, path, ""), None, "{path}");
        }
    }
}
