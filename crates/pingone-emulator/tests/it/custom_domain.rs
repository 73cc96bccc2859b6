//! The paths of a custom domain, which name no environment.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{Method, Request};
use pingone_emulator::{Data, Service};
use serde_json::json;

use crate::support::{CANCEL, FORM, JSON, Reply};

const HOST: &str = "Login.Example.com:8420";

/// Asks as somebody whom the name has led here.
fn ask(service: &Service, host: &str, method: Method, path: &str, headers: [(&str, &str); 2], body: String) -> Reply {
    let request = Request::builder().method(method).uri(path).header("host", host);
    let request = headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
    Reply::of(service.handle(request.body(Bytes::from(body)).unwrap()))
}

#[test]
fn its_paths_have_no_environment() {
    let service = Service::new(Data::built_in().custom_domain("login.example.com"));
    let basic = STANDARD.encode(format!("{}:{}", service.client_id(), service.client_secret()));
    let basic = format!("Basic {basic}");
    let form = "grant_type=client_credentials".to_owned();
    let headers = [("content-type", FORM), ("authorization", &*basic)];
    let token = ask(&service, HOST, Method::POST, "/as/token", headers, form.clone());
    let bearer = format!("Bearer {}", token.body["access_token"].as_str().unwrap());

    let user = json!({ "user": { "id": service.user_id() } }).to_string();
    let headers = [("content-type", JSON), ("authorization", &*bearer)];
    let begun = ask(&service, HOST, Method::POST, "/deviceAuthentications", headers, user.clone());
    assert_eq!(begun.step(), "PUSH_CONFIRMATION_REQUIRED");
    let address = begun.body["_links"]["self"]["href"].as_str().unwrap();
    assert_eq!(address, format!("http://{HOST}/deviceAuthentications/{}", begun.id()), "links lead back to it");
    let body = json!({ "reason": "CHANGE_DEVICE" }).to_string();
    let headers = [("content-type", CANCEL), ("authorization", &*bearer)];
    let cancelled = ask(&service, HOST, Method::POST, &address["http://Login.Example.com:8420".len()..], headers, body);
    assert_eq!(cancelled.step(), "DEVICE_SELECTION_REQUIRED");

    // Neither has the paths of the other; and no management host can have a name of one's own.
    let environment = service.environment_id();
    let headers = [("content-type", JSON), ("authorization", &*bearer)];
    for (host, path) in [
        (HOST, format!("/{environment}/deviceAuthentications")),
        (HOST, format!("/v1/environments/{environment}/deviceAuthentications")),
        ("auth.example.com", "/deviceAuthentications".to_owned()),
        ("127.0.0.1:8420", "/deviceAuthentications".to_owned()),
    ] {
        assert_eq!(ask(&service, host, Method::POST, &path, headers, user.clone()).status, 403, "{host}{path}");
    }
    let begun =
        ask(&service, "127.0.0.1", Method::POST, &format!("/{environment}/deviceAuthentications"), headers, user);
    assert_eq!(begun.status, 201, "the other host is there as before");
}

#[test]
fn a_host_that_is_named_in_the_data_is_one() {
    let with_domain = Data::BUILT_IN_JSON.replacen('{', r#"{"customDomains": ["login.example.com"],"#, 1);
    let service = Service::new(Data::from_json(&with_domain).unwrap());
    let headers = [("content-type", FORM), ("accept", "*/*")];
    assert_eq!(ask(&service, HOST, Method::POST, "/as/token", headers, String::new()).status, 401);
    let wrong = Data::BUILT_IN_JSON.replacen('{', r#"{"customDomains": "login.example.com","#, 1);
    assert_eq!(Data::from_json(&wrong).unwrap_err().to_string(), "customDomains: must be an array of strings");
}
