//! What is known of a person: who they are, where they are reached, and their password.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Response;
use pingone_client_core::{Configuration, Credentials, RetryPolicy};
use pingone_model::{
    Document, Environment, Operation, ResponseError,
    population::{ListPopulations, PopulationFilter},
    user::{
        ChangeUser, CreateUser, FindUser, ImportUser, ListUsers, LockUser, ReadUser, ReplaceUser, User, UserAttribute,
        UserFilter,
    },
};
use pingone_transport_kit::{CANARY, Shown, reply};
use serde_json::json;
use tracing_subscriber::filter::LevelFilter;

use super::log::{levels, log_at};
use crate::{EitherClient, Kind, Wire};

/// A user with a canary wherever a person can be known by.
fn personal_user() -> String {
    json!({
        "id": "u-1", "username": CANARY, "email": CANARY, "nickname": CANARY, "title": CANARY, "type": CANARY,
        "name": { "given": CANARY, "family": CANARY, "formatted": CANARY, "future": CANARY },
        "primaryPhone": CANARY, "mobilePhone": CANARY, "locale": CANARY, "preferredLanguage": CANARY,
        "timezone": CANARY, "externalId": CANARY, "accountId": CANARY, "photo": { "href": CANARY },
        "address": { "streetAddress": CANARY, "locality": CANARY, "region": CANARY, "postalCode": CANARY },
        "memberOfGroupNames": [CANARY], "lastSignOn": { "remoteIp": CANARY }, "account": { "status": "LOCKED" },
        "_embedded": { "population": { "name": CANARY, "description": CANARY, "alternativeIdentifiers": [CANARY] } },
        "future": CANARY, "shirtSize": [CANARY],
    })
    .to_string()
}

fn page(users: &[&str]) -> String {
    format!(r#"{{"_embedded":{{"users":[{}]}}}}"#, users.join(","))
}

fn import() -> ImportUser {
    ImportUser::new(CANARY, "p-1")
        .set(UserAttribute::Email, CANARY)
        .set(UserAttribute::GivenName, CANARY)
        .custom("shirtSize", json!(CANARY))
        .password(CANARY)
        .external_password(json!({ "gateway": { "correlationAttributes": { "uid": CANARY } } }))
}

fn change() -> ChangeUser {
    ChangeUser::new("u-1").set(UserAttribute::MobilePhone, CANARY).clear(UserAttribute::Email)
}

/// Operations on users, their replies and their errors.
pub fn nothing_shows_who_a_user_is() {
    let mut shown = Shown::default();
    let user = Document::<User>::from_json(personal_user()).unwrap();
    shown.debug(&user);
    shown.debug(&user.embedded().unwrap().population());
    shown.debug(&import());
    shown.debug(&CreateUser::new(CANARY).set(UserAttribute::Email, CANARY));
    shown.debug(&change());
    shown.debug(&ReplaceUser::edit(&user).set(UserAttribute::Nickname, CANARY));
    let filter =
        UserFilter::eq(UserAttribute::Email, CANARY).or(UserFilter::starts_with(UserAttribute::Username, CANARY));
    shown.debug(&filter.clone().and(UserFilter::id(CANARY)));
    shown.debug(&ListUsers::new().filter(filter));
    shown.debug(&ListPopulations::new().filter(PopulationFilter::name_starts_with(CANARY)));

    let personal = personal_user();
    for find in [FindUser::by_username(CANARY), FindUser::by_email(CANARY)] {
        shown.debug(&find);
        let found = |body: String| find.read(Response::new(Bytes::from(body)));
        shown.debug(&found(page(&[&personal])).unwrap().unwrap());
        shown.error(&found(page(&[&personal, &personal])).unwrap_err());
        shown.error(&found(page(&[&personal.replace(CANARY, &format!("{CANARY}2"))])).unwrap_err());
        shown.error(&found(personal.clone()).unwrap_err());
    }
    let taken = json!({ "code": "INVALID_DATA", "details": [{ "code": "UNIQUENESS_VIOLATION", "message": CANARY }] });
    let response = Response::builder().status(400).body(Bytes::from(taken.to_string())).unwrap();
    let error = ResponseError::refused(response);
    shown.error(&error);
    shown.debug(&error.problem());

    let environment = Environment::at("https://auth.example.com", "e-1").unwrap();
    let identity_provider = format!("{CANARY}/1");
    shown.error(&change().identity_provider(&*identity_provider).request(&environment).unwrap_err());
    let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
    shown.error(&LockUser::new("u-1", before).request(&environment).unwrap_err());
    assert!(user.as_json().contains(CANARY), "it is all there, for whoever asks for it");
    shown.assert_clean(&[
        "\"password\"",
        "\"mobilePhone\"",
        "email eq .. or username sw ..",
        "several users match",
        "another user matches",
        "Taken { target: None",
        "identity_provider_id has a character",
        "until is before the year 1970",
        "Locked",
    ]);
}

/// The same over the wire, in everything that is written to a log at the level TRACE.
pub fn no_log_shows_who_a_user_is(kind: Kind) {
    let personal = personal_user();
    let refusal = json!({ "code": "INVALID_DATA", "message": CANARY }).to_string();
    let answers = [
        reply(201, "application/json", &personal),
        reply(400, "application/json", &refusal),
        reply(200, "application/json", &page(&[&personal])),
        reply(200, "application/json", &page(&[&personal, &personal])),
        reply(200, "application/json", &personal),
        reply(200, "application/json", &format!("{personal}}}")),
        Vec::new(),
    ];
    let count = answers.len();
    let wire = Wire::sequence(answers, Duration::ZERO).unwrap();
    let environment = Environment::at(&wire.url(), "e-1").unwrap();
    let configuration = Configuration::new(environment, Credentials::client_secret_basic("id", CANARY));
    let client = EitherClient::new(kind, configuration.retry(RetryPolicy::never())).unwrap();
    // One level more, and ureq would write addresses whole: the blocking client refuses to send what has a query.
    let levels = match kind {
        Kind::Async => levels(),
        Kind::Blocking => levels().with_target("ureq", LevelFilter::DEBUG),
    };
    let shown = log_at(levels, || {
        client.send(import()).unwrap();
        client.send(import()).unwrap_err();
        client.send(FindUser::by_username(CANARY)).unwrap().unwrap();
        client.send(FindUser::by_email(CANARY)).unwrap_err();
        client.send(change()).unwrap();
        client.send(ReadUser::new("u-1")).unwrap_err();
        client.send(CreateUser::new(CANARY)).unwrap_err();
    });
    assert_eq!(wire.requests(), count);
    assert!(wire.received()[2].line.contains(CANARY), "the query has it");
    shown.assert_clean(&[
        "pingone.call",
        "user.import",
        "user.list",
        "user.change",
        "status=400",
        "maybe_applied=true",
    ]);
}
