use http::header::CONTENT_TYPE;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use pingone_fixtures::{Built, ENVIRONMENT, is_id, rows};
use pingone_model::{Environment, Host, Region};
use serde_json::Value;

use crate::fixtures;

fn environment() -> Environment {
    Environment::new(Region::NorthAmerica, ENVIRONMENT)
}

#[test]
fn each_row_builds_the_documented_request() {
    for row in rows() {
        let (name, documented) = (row.name(), row.documented());
        let operation = row.built().operation;
        let (info, request) = (operation.info(), operation.request(&environment()).unwrap());
        assert_eq!(documented.operation, info.name, "{name}");
        assert_eq!(documented.method, request.method().as_str(), "{name}");
        let base = match info.path.host() {
            Host::Auth => "https://auth.pingone.com",
            Host::Api => "https://api.pingone.com/v1",
        };
        assert_eq!(request.uri().to_string(), format!("{base}{}", documented.path), "{name}");
        let media_type = request.headers().get(CONTENT_TYPE).map(|value| value.to_str().unwrap());
        assert_eq!(documented.media_type.as_deref(), media_type, "{name}");
        match documented.body {
            Some(body) => assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), body, "{name}"),
            None => assert!(request.body().is_empty(), "{name}"),
        }
    }
}

/// Every text that a request carries, and where.
fn texts(built: &Built) -> Vec<(String, String)> {
    fn leaves(value: &Value, here: String, all: &mut Vec<(String, String)>) {
        match value {
            Value::String(text) => all.push((here, text.clone())),
            Value::Array(list) => list.iter().for_each(|value| leaves(value, here.clone(), all)),
            Value::Object(members) => {
                members.iter().for_each(|(name, value)| leaves(value, format!("{here}/{name}"), all));
            }
            _ => {}
        }
    }
    let request = built.operation.request(&environment()).unwrap();
    let mut all = Vec::new();
    for (header, value) in request.headers().iter().filter(|(header, _)| *header != CONTENT_TYPE) {
        all.push((format!("the header {header}"), value.to_str().unwrap().to_owned()));
    }
    for pair in request.uri().query().into_iter().flat_map(|query| query.split('&')) {
        let (name, value) = pair.split_once('=').unwrap();
        all.push((format!("the query's {name}"), percent_decode_str(value).decode_utf8().unwrap().into_owned()));
    }
    if !request.body().is_empty() {
        leaves(&serde_json::from_slice(request.body()).unwrap(), "the body's ".to_owned(), &mut all);
    }
    all
}

/// One of the service's own words, such as `CHANGE_DEVICE` or `FIDO2`; or a number.
fn is_word(text: &str) -> bool {
    let word = text.strip_suffix(|last: char| last.is_ascii_digit()).unwrap_or(text);
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// So that nobody forgets to say what is secret, everything is said to be that or not.
#[test]
fn every_text_of_a_request_is_said_to_be_secret_or_plain() {
    let mut complaints = Vec::new();
    for row in rows() {
        let built = row.built();
        for (place, text) in texts(&built) {
            let is_said = |said: &[&str]| said.iter().any(|said| text.contains(said));
            if !is_id(&text) && !is_word(&text) && !is_said(&built.secret) && !is_said(&built.plain) {
                complaints.push(format!(
                    "{}: is {place} secret? Write `say.secret({text:?})` or `say.plain({text:?})` in its row in \
                     crates/pingone-fixtures/src",
                    row.name()
                ));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// What a query encodes.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[test]
fn request_snapshots() {
    for row in rows() {
        let built = row.built();
        let request = built.operation.request(&environment()).unwrap();
        let mut text = format!("{} {}\n", request.method(), request.uri());
        for (header, value) in request.headers() {
            let value = if value.is_sensitive() { "[secret]" } else { value.to_str().unwrap() };
            text += &format!("{header}: {value}\n");
        }
        text += &format!("\n{}", std::str::from_utf8(request.body()).unwrap());
        // What is personal in the documentation's examples is personal in a snapshot.
        for secret in built.secret {
            let in_query = utf8_percent_encode(secret, RESERVED).to_string();
            text = text.replace(&Value::from(secret).to_string(), r#""[secret]""#).replace(&in_query, "[secret]");
            assert!(!text.contains(secret), "{} would show {secret} in its snapshot", row.name());
        }
        fixtures::assert_snapshot(&format!("request.{}", row.name()), text);
    }
}
