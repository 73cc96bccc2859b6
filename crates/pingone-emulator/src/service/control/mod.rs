//! `/_emulator/…`: the control paths, for tests in any language. They need no token, and do not appear
//! in the journal.

mod answers;
mod directory;
mod observed;
mod scripted;

use http::{Method, StatusCode, header::ALLOW};
use serde_json::{Map, Value};

use self::answers::{Problem, error};
use super::Service;
use crate::{
    answer::Answer,
    request::Request,
    template::{Parameters, Template},
};

/// A request to a control path, taken apart.
struct Call<'a> {
    service: &'a Service,
    request: &'a Request,
    parameters: Parameters<'a>,
}

/// A control path.
struct Route {
    method: Method,
    template: Template,
    action: fn(&Call<'_>) -> Result<Answer, Problem>,
}

const fn route(method: Method, template: &'static str, action: fn(&Call<'_>) -> Result<Answer, Problem>) -> Route {
    Route { method, template: Template(template), action }
}

/// All control paths. `openapi.json` describes the same, and a test compares them.
const ROUTES: &[Route] = &[
    route(Method::GET, "/", observed::about),
    route(Method::GET, "/openapi.json", observed::openapi),
    route(Method::GET, "/journal", observed::journal),
    route(Method::DELETE, "/journal", observed::clear_journal),
    route(Method::GET, "/codes", observed::codes),
    route(Method::GET, "/device-authentications", observed::device_authentications),
    route(Method::GET, "/pushes", observed::pushes),
    route(Method::POST, "/pushes/{deviceAuthenticationId}", scripted::answer_push),
    route(Method::GET, "/authentication-codes", observed::authentication_codes),
    route(Method::POST, "/authentication-codes/{authenticationCodeId}", scripted::take_authentication_code),
    route(Method::PUT, "/push-script", scripted::script_pushes),
    route(Method::DELETE, "/push-script", scripted::clear_scripts),
    route(Method::GET, "/users", directory::users),
    route(Method::GET, "/users/{userId}", directory::user),
    route(Method::PUT, "/users/{userId}", directory::put_user),
    route(Method::DELETE, "/users/{userId}", directory::delete_user),
    route(Method::PUT, "/users/{userId}/devices/{deviceId}", directory::put_device),
    route(Method::DELETE, "/users/{userId}/devices/{deviceId}", directory::delete_device),
    route(Method::GET, "/users/{userId}/devices/{deviceId}/code", directory::generated_code),
    route(Method::POST, "/users/{userId}/passkeys", directory::add_passkey),
    route(Method::POST, "/phones", directory::pair_phone),
    route(Method::GET, "/oath-tokens", directory::oath_tokens),
    route(Method::GET, "/oath-tokens/{serialNumber}/code", directory::oath_token_code),
    route(Method::PUT, "/policies/{policyId}", directory::put_policy),
    route(Method::PUT, "/fido2-policies/{policyId}", directory::put_fido2_policy),
    route(Method::PUT, "/mfa-settings", directory::put_mfa_settings),
    route(Method::GET, "/clients", observed::clients),
    route(Method::GET, "/clock", observed::clock),
    route(Method::POST, "/clock", scripted::set_clock),
    route(Method::GET, "/faults", observed::faults),
    route(Method::POST, "/faults", scripted::add_fault),
    route(Method::DELETE, "/faults", scripted::clear_faults),
    route(Method::GET, "/rules", observed::rules),
    route(Method::PUT, "/rules/{name}", scripted::switch_rule),
    route(Method::GET, "/tokens", observed::tokens),
    route(Method::POST, "/tokens", scripted::issue_token),
    route(Method::PUT, "/tokens", scripted::set_token_lifetime),
    route(Method::DELETE, "/tokens", scripted::revoke_tokens),
    route(Method::POST, "/reset", scripted::reset),
    route(Method::PUT, "/snapshots/{name}", scripted::save_snapshot),
    route(Method::POST, "/snapshots/{name}", scripted::restore_snapshot),
];

/// What follows `/_emulator`, if that is where a path leads.
pub(super) fn path<'a>(path: &'a [&'a str]) -> Option<&'a [&'a str]> {
    match path {
        // A client generated from the OpenAPI document adds a slash to the base.
        ["_emulator", ""] => Some(&[]),
        ["_emulator", rest @ ..] if !rest.contains(&"") => Some(rest),
        _ => None,
    }
}

pub(super) fn answer(service: &Service, request: &Request, path: &[&str]) -> Answer {
    let here = || ROUTES.iter().filter_map(|route| Some((route, route.template.read(path)?)));
    if let Some((route, parameters)) = here().find(|(route, _)| route.method == request.method()) {
        return (route.action)(&Call { service, request, parameters }).unwrap_or_else(Problem::into_answer);
    }
    let allowed: Vec<&str> = here().map(|(route, _)| route.method.as_str()).collect();
    if allowed.is_empty() {
        return error(StatusCode::NOT_FOUND, "there is nothing here; see /_emulator/openapi.json");
    }
    let allowed = allowed.join(", ");
    error(StatusCode::METHOD_NOT_ALLOWED, &format!("the method must be {allowed}")).header(ALLOW, &allowed)
}

impl<'a> Call<'a> {
    /// The part of the path that matches `{name}`.
    fn parameter(&self, name: &str) -> &'a str {
        self.parameters.get(name)
    }

    /// To how many of the newest an answer is limited: `?last=50`.
    fn last(&self) -> Result<Option<usize>, Problem> {
        let last = self.request.query("last").map(|last| last.parse());
        last.transpose().map_err(|_| Problem::bad("last: must be a whole number"))
    }

    /// The body, which has to be a JSON object.
    fn body(&self) -> Result<Value, Problem> {
        let object: Result<Map<String, Value>, _> = serde_json::from_slice(self.request.body());
        object.map(Value::Object).map_err(|_| Problem::bad("the body must be a JSON object"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_openapi_document_describes_every_route_and_no_other() {
        let document: Value = serde_json::from_str(observed::OPENAPI).unwrap();
        let described: BTreeSet<(String, String)> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, operations)| {
                let methods = operations.as_object().unwrap().keys().filter(|name| *name != "parameters");
                methods.map(|method| (path.clone(), method.to_uppercase())).collect::<Vec<_>>()
            })
            .collect();
        let routes = ROUTES.iter().map(|route| (route.template.0.to_owned(), route.method.to_string())).collect();
        assert_eq!(described, routes);
    }

    #[test]
    fn the_openapi_document_names_every_operation() {
        let document: Value = serde_json::from_str(observed::OPENAPI).unwrap();
        let described = &document["components"]["schemas"]["Fault"]["properties"]["operation"]["enum"];
        let all = crate::operations().chain(crate::unserved_operations());
        let known: Value = all.map(crate::Operation::name).collect();
        assert_eq!(*described, known);
    }

    #[test]
    fn lies_below_one_segment() {
        assert_eq!(path(&["_emulator", "codes"]), Some(&["codes"][..]));
        for base in [&["_emulator"][..], &["_emulator", ""]] {
            assert_eq!(path(base), Some(&[][..]));
        }
        for elsewhere in [&["e", "_emulator"][..], &["_emulators"], &["_emulator", "codes", ""], &[""]] {
            assert_eq!(path(elsewhere), None, "{elsewhere:?}");
        }
    }
}
