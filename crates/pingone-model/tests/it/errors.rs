use bytes::Bytes;
use http::Response;
use pingone_model::ResponseError;

use crate::fixtures;

fn error(name: &str, body: String) -> ResponseError {
    let (_, status) = name.rsplit_once('.').unwrap();
    let status: u16 = status.parse().unwrap();
    ResponseError::refused(Response::builder().status(status).body(Bytes::from(body)).unwrap())
}

#[test]
fn every_documented_error_is_kept_verbatim() {
    for (name, body) in fixtures::all("errors") {
        let error = error(&name, body.clone());
        assert_eq!(error.body(), &body, "{name}");
        let oauth = name.starts_with("token_");
        assert_eq!(error.oauth().is_some(), oauth, "{name}");
        let nothing_required = matches!(name.as_str(), "empty_object.502");
        assert_eq!(error.platform().is_some(), !oauth && !nothing_required, "{name}");
    }
}

#[test]
fn error_snapshots() {
    for (name, body) in fixtures::all("errors") {
        let error = error(&name, body);
        fixtures::assert_snapshot(&format!("error.{name}"), format!("{error}\n\n{error:#?}"));
    }
}
