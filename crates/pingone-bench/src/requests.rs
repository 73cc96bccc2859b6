//! Building the request that cancels a push, token and all.

use bytes::Bytes;
use http::{HeaderValue, Request, header};
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, Environment, Operation, Region, media_type::CANCEL_PUSH_AUTHENTICATION,
};

use crate::{
    Failure,
    measure::{Clock, Plan, Row, in_turn},
    table::{Goal, Table, What},
};

const PLAN: Plan = Plan { rounds: 400, runs: 500 };

pub(crate) const ENVIRONMENT: &str = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";
pub(crate) const AUTHENTICATION: &str = "004fd27a-c7e7-4e63-8644-0563e43dcd02";
pub(crate) const BODY: &str = r#"{"reason":"CHANGE_DEVICE"}"#;

const WIRE: &str = "the text on the wire, in one buffer, nothing checked";
const NAIVE: &str = "http's builder, all from text";
const OURS: &str = "ours, ids checked";

const GOALS: &[Goal] = &[
    Goal { row: OURS, what: What::ToFloor, at_most: 4.7 },
    Goal { row: OURS, what: What::CpuTo(NAIVE), at_most: 0.45 },
    Goal { row: OURS, what: What::Allocations, at_most: 3.0 },
];

/// As long as PingOne's are.
pub(crate) fn token() -> String {
    "t".repeat(903)
}

pub(crate) fn run(table: &mut Table) -> Result<(), Failure> {
    let token = token();
    let mut bearer = HeaderValue::try_from(format!("Bearer {token}"))?;
    bearer.set_sensitive(true);
    let environment = Environment::new(Region::Europe, ENVIRONMENT);
    let cancel = CancelDeviceAuthentication::new(AUTHENTICATION, CancelReason::ChangeDevice);
    let measured = in_turn(
        PLAN,
        vec![
            Row::here(WIRE, || Ok(wire("auth.pingone.eu", ENVIRONMENT, AUTHENTICATION, &token))),
            Row::here(NAIVE, || naive("https://auth.pingone.eu", ENVIRONMENT, AUTHENTICATION, &token)),
            Row::here(OURS, || {
                let mut request = cancel.request(&environment)?;
                request.headers_mut().insert(header::AUTHORIZATION, bearer.clone());
                Ok(request)
            }),
        ],
    )?;
    table.family("build the request that cancels a push");
    table.rows(&measured, Clock::Cpu, GOALS);
    Ok(())
}

/// The request as a bare socket takes it.
pub(crate) fn wire(host: &str, environment: &str, id: &str, token: &str) -> Vec<u8> {
    let parts = [
        "POST /",
        environment,
        "/deviceAuthentications/",
        id,
        " HTTP/1.1\r\nhost: ",
        host,
        "\r\naccept: */*\r\nauthorization: Bearer ",
        token,
        "\r\ncontent-type: ",
        CANCEL_PUSH_AUTHENTICATION,
        "\r\ncontent-length: 26\r\n\r\n",
        BODY,
    ];
    let mut text = Vec::with_capacity(parts.iter().map(|part| part.len()).sum());
    parts.iter().for_each(|part| text.extend_from_slice(part.as_bytes()));
    text
}

fn naive(base: &str, environment: &str, id: &str, token: &str) -> Result<Request<Bytes>, Failure> {
    let request = Request::builder()
        .method("POST")
        .uri(format!("{base}/{environment}/deviceAuthentications/{id}"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", CANCEL_PUSH_AUTHENTICATION);
    let body = serde_json::to_vec(&serde_json::json!({ "reason": "CHANGE_DEVICE" }))?;
    Ok(request.body(Bytes::from(body))?)
}
