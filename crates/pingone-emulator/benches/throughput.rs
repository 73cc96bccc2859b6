//! How many whole authentications, with a cancel in each, the emulator carries in a second. Prints; asserts nothing.

#![allow(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

use std::time::Instant;

use bytes::Bytes;
use http::Request;
use pingone_emulator::{Data, Service, TokenKind};
use serde_json::Value;

const COUNT: u32 = 10_000;

const EMAIL: &str = "daba8c2b-5f01-42fa-91a5-ee91e58b0b26";

fn main() {
    let service = Service::new(Data::built_in());
    let bearer = format!("Bearer {}", service.issue_token(TokenKind::Worker));
    let ask = |path: &str, media_type: &str, body: String| -> Value {
        let request = Request::post(path).header("authorization", &bearer).header("content-type", media_type);
        serde_json::from_slice(service.handle(request.body(Bytes::from(body)).unwrap()).body()).unwrap()
    };
    let all = format!("/{}/deviceAuthentications", service.environment_id());
    let user = format!(r#"{{"user":{{"id":"{}"}}}}"#, service.user_id());
    let action = |name: &str| format!("application/vnd.pingidentity.{name}+json");
    let (cancel, select, check) = (action("cancel.push.authentication"), action("device.select"), action("otp.check"));

    let start = Instant::now();
    for _ in 0..COUNT {
        let begun = ask(&all, "application/json", user.clone());
        let id = begun["id"].as_str().unwrap();
        let one = format!("{all}/{id}");
        ask(&one, &cancel, r#"{"reason":"CHANGE_DEVICE"}"#.to_owned());
        ask(&one, &select, format!(r#"{{"device":{{"id":"{EMAIL}"}}}}"#));
        let code = service.last_code_for(id).unwrap();
        let done = ask(&one, &check, format!(r#"{{"otp":"{}"}}"#, code.code()));
        assert_eq!(done["status"], "COMPLETED");
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{COUNT} authentications of 4 requests in {seconds:.2} s: {:.0} a second", f64::from(COUNT) / seconds);
}
