//! Users, and whether and how they may log in. All of it is tried on users whom the entries make themselves.

use http::Method;
use serde_json::{Value, json};

use crate::{
    control::USER,
    devices::{mail, phone},
    entry::{Entry, entry},
    reply::{Reply, kind},
    session::{JSON, Session},
    verdict::{Try, holds, not_applicable, same},
};

const IMPORT: &str = "application/vnd.pingidentity.user.import+json";
const LOCK: &str = "application/vnd.pingidentity.account.lock+json";
const UNLOCK: &str = "application/vnd.pingidentity.account.unlock+json";

/// The members of the published reply to *create*, in its order.
const PUBLISHED: &str = "_links id environment account createdAt email enabled identityProvider lifecycle mfaEnabled \
                         population updatedAt username verifyStatus";
const LINKS: &str = "account.sendVerificationCode devices environment linkedAccounts memberOfGroups password \
                     password.check password.recover password.reset password.set population roleAssignments self";

fn own(path: &str) -> String {
    format!("/users/{USER}{path}")
}

fn create(s: &Session<'_>, body: &Value) -> Try<Reply> {
    s.control()?;
    s.manage(Method::POST, "/users", JSON, body)
}

/// A user called `conformance`, who has what `create` says; returns the path.
fn created(s: &Session<'_>, more: &Value) -> Try<String> {
    let mut body = json!({ "username": "conformance", "email": "conformance@example.com" });
    for (name, value) in more.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    let reply = create(s, &body)?;
    reply.is("201")?;
    Ok(format!("/users/{}", reply.id()))
}

fn read(s: &Session<'_>, path: &str) -> Try<Reply> {
    let reply = s.manage(Method::GET, path, JSON, "")?;
    reply.is("200")?;
    Ok(reply)
}

fn patch(s: &Session<'_>, path: &str, body: &Value) -> Try<Reply> {
    let reply = s.manage(Method::PATCH, path, JSON, body)?;
    reply.is("200")?;
    Ok(reply)
}

/// The entries' user has an e-mail address, and is managed.
fn is_managed(s: &Session<'_>) -> Try {
    s.user_has(&[mail()])
}

/// Locks the entries' user for so many seconds.
fn lock(s: &Session<'_>, seconds: i64) -> Try<Reply> {
    let until = jiff::Timestamp::from_second(s.control()?.now()? + seconds).unwrap_or_default();
    let reply = s.manage(Method::POST, &own(""), LOCK, json!({ "unlockAt": format!("{until:.3}") }))?;
    reply.is("200")?;
    Ok(reply)
}

fn put_bypass(s: &Session<'_>, until: &str) -> Try<Reply> {
    s.manage(Method::PUT, &own("/bypassMFA"), JSON, json!({ "bypassMFAEnabledUntil": until }))
}

/// How many tries are left after a wrong code.
fn tries_left(s: &Session<'_>) -> Try<Value> {
    let begun = s.begin()?;
    begun.is("201 OTP_REQUIRED")?;
    let code = s.control()?.last_code()?;
    let wrong = s.check(&begun.id(), if code == "111111" { "222222" } else { "111111" })?;
    if wrong.status == 200 {
        return not_applicable("a wrong code is no error");
    }
    wrong.is("400 INVALID_OTP")?;
    Ok(wrong.at("/details/0/innerError/attemptsRemaining").clone())
}

pub(super) const ENTRIES: &[Entry] = &[
    entry("user-is-shown-as-published", "a user has the published members in their order", |s| {
        let user = read(s, &created(s, &Value::Null)?)?;
        let names: Vec<String> = user.body.as_object().map(|user| user.keys().cloned().collect()).unwrap_or_default();
        same("members", PUBLISHED, names.join(" "))?;
        same("links", LINKS, user.links())
    }),
    entry("create-user-is-201", "a user who is created has an address", |s| {
        let reply = create(s, &json!({ "username": "conformance", "email": "conformance@example.com" }))?;
        reply.is("201")?;
        same("Location", reply.text("/_links/self/href"), reply.header("location"))?;
        holds("an address that ends in the id", reply.header("location").ends_with(&format!("/users/{}", reply.id())))
    }),
    entry("username-is-required", "a user without a username is refused", |s| {
        create(s, &json!({ "email": "conformance@example.com" }))?.is("400 REQUIRED_VALUE username")
    }),
    entry("email-is-optional", "a user without an e-mail address is created", |s| {
        create(s, &json!({ "username": "conformance" }))?.is("201")
    }),
    entry("username-is-unique", "a username that is taken is refused, whatever its case", |s| {
        created(s, &Value::Null)?;
        let body = json!({ "username": "CONFORMANCE", "email": "other@example.com" });
        create(s, &body)?.is("400 UNIQUENESS_VIOLATION username")
    }),
    entry("taken-names-whose", "the error says whose the username is", |s| {
        let path = created(s, &Value::Null)?;
        let reply = create(s, &json!({ "username": "conformance", "email": "other@example.com" }))?;
        let is_told = path == format!("/users/{}", reply.text("/details/0/innerError/existingId"));
        same("existingId", true, is_told)
    }),
    entry("unknown-attributes-are-ignored", "an attribute that nobody knows is ignored", |s| {
        let user = read(s, &created(s, &json!({ "shoeSize": 42, "Nickname": "c" }))?)?;
        holds("no such member", user.at("/shoeSize").is_null() && user.at("/Nickname").is_null())
    }),
    entry("texts-have-a-length", "a username has 128 characters at most", |s| {
        let body = |length| json!({ "username": "c".repeat(length), "email": "conformance@example.com" });
        create(s, &body(129))?.is("400 INVALID_VALUE username")?;
        create(s, &body(128))?.is("201")
    }),
    entry("default-population", "a user who names no population is in the default one", |s| {
        let populations = read(s, "/populations")?;
        let all = populations.at("/_embedded/populations").as_array().cloned().unwrap_or_default();
        let default = all.iter().find(|one| one["default"] == true).map(|one| one["id"].clone()).unwrap_or_default();
        same("population.id", default, read(s, &created(s, &Value::Null)?)?.at("/population/id"))
    }),
    entry("no-default-population", "a population that is named is the user's", |s| {
        let populations = read(s, "/populations")?;
        let id = populations.at("/_embedded/populations/0/id").clone();
        let path = created(s, &json!({ "population": { "id": id } }))?;
        same("population.id", &id, read(s, &path)?.at("/population/id"))
    }),
    entry("unknown-population-is-400", "a population that does not exist is a bad value", |s| {
        let body = json!({ "username": "c", "email": "c@example.com", "population": { "id": "none" } });
        create(s, &body)?.is("400 INVALID_VALUE population.id")
    }),
    entry("mfa-is-off-at-first", "MFA is disabled for a new user", |s| {
        s.control()?.put_mfa_settings(&json!({}))?;
        same("mfaEnabled", false, read(s, &created(s, &Value::Null)?)?.at("/mfaEnabled"))
    }),
    entry("mfa-is-off-at-first", "the body can enable it", |s| {
        same("mfaEnabled", true, read(s, &created(s, &json!({ "mfaEnabled": true }))?)?.at("/mfaEnabled"))
    }),
    entry("mfa-of-new-users", "the settings enable MFA for new users", |s| {
        s.control()?.put_mfa_settings(&json!({ "users": { "mfaEnabled": true } }))?;
        same("mfaEnabled", true, read(s, &created(s, &Value::Null)?)?.at("/mfaEnabled"))
    }),
    entry("import-takes-a-password", "a user is imported with a password, which is not shown", |s| {
        s.control()?;
        let body = json!({
            "username": "conformance", "email": "conformance@example.com", "emailVerified": true,
            "password": { "value": "a password", "forceChange": false },
        });
        let reply = s.manage(Method::POST, "/users", IMPORT, &body)?;
        reply.is("201")?;
        same("emailVerified", true, reply.at("/emailVerified"))?;
        same("password", "nothing", kind(reply.at("/password")))
    }),
    entry("read-only-is-ignored", "mfaEnabled is not changed by PUT of the user", |s| {
        s.control()?.put_mfa_settings(&json!({}))?;
        let path = created(s, &Value::Null)?;
        let body = json!({ "username": "conformance", "email": "conformance@example.com", "mfaEnabled": true });
        let reply = s.manage(Method::PUT, &path, JSON, &body)?;
        reply.is("200")?;
        same("mfaEnabled", false, reply.at("/mfaEnabled"))
    }),
    entry("put-clears-what-is-left-out", "PUT clears a nickname that it leaves out", |s| {
        let path = created(s, &json!({ "nickname": "c" }))?;
        let body = json!({ "username": "conformance", "email": "conformance@example.com" });
        s.manage(Method::PUT, &path, JSON, &body)?.is("200")?;
        same("nickname", "nothing", kind(read(s, &path)?.at("/nickname")))
    }),
    entry("patch-changes-what-is-given", "PATCH leaves alone what it does not give", |s| {
        let path = created(s, &json!({ "nickname": "c" }))?;
        let user = patch(s, &path, &json!({ "title": "Dr" }))?;
        same("nickname", "c", user.text("/nickname"))?;
        same("title", "Dr", user.text("/title"))
    }),
    entry("patch-changes-what-is-given", "PATCH clears what it gives as null", |s| {
        let path = created(s, &json!({ "nickname": "c" }))?;
        same("nickname", "nothing", kind(patch(s, &path, &json!({ "nickname": null }))?.at("/nickname")))
    }),
    entry("patch-keeps-other-parts", "PATCH of one part of a name keeps the other", |s| {
        let path = created(s, &json!({ "name": { "given": "Con", "family": "Formance" } }))?;
        let user = patch(s, &path, &json!({ "name": { "family": "Form" } }))?;
        same("name.given", "text", kind(user.at("/name/given")))
    }),
    entry("expand-population", "expand adds the population", |s| {
        let user = read(s, &format!("{}?expand=population", created(s, &Value::Null)?))?;
        same("_embedded.population.id", user.text("/population/id"), user.text("/_embedded/population/id"))
    }),
    entry("delete-takes-devices-along", "a user who was deleted is not there, and cannot authenticate", |s| {
        is_managed(s)?;
        s.manage(Method::DELETE, &own(""), JSON, "")?.is("204")?;
        s.manage(Method::GET, &own(""), JSON, "")?.is("404")?;
        s.begin()?.is("404 or 400")
    }),
    entry("delete-takes-devices-along", "with the pairing key of a deleted user no phone is paired", |s| {
        is_managed(s)?;
        let key = s.manage(Method::POST, &own("/pairingKeys"), JSON, json!({}))?;
        key.is("201")?;
        s.manage(Method::DELETE, &own(""), JSON, "")?.is("204")?;
        // Even if the user comes back.
        s.user_has(&[])?;
        s.control()?.pair_phone(key.text("/code"))?.is("404")
    }),
    entry("delete-ends-authentications", "an authentication of a deleted user is not there", |s| {
        s.user_has(&[phone()])?;
        let begun = s.begin()?;
        begun.is("201 PUSH_CONFIRMATION_REQUIRED")?;
        s.manage(Method::DELETE, &own(""), JSON, "")?.is("204")?;
        s.control()?.answer_push(&begun.id(), "APPROVE", None)?.is("404")?;
        s.read(&begun.id())?.is("404 NOT_FOUND")
    }),
    entry("account-tells-the-lock", "an account that is not locked says so, and no more", |s| {
        is_managed(s)?;
        let user = read(s, &own(""))?;
        same("account", r#"{"canAuthenticate":true,"status":"OK"}"#, user.at("/account"))
    }),
    entry("account-tells-the-lock", "a locked account says since when, and until when", |s| {
        is_managed(s)?;
        let user = lock(s, 60)?;
        same("account.status", "LOCKED", user.text("/account/status"))?;
        same("account.canAuthenticate", false, user.at("/account/canAuthenticate"))?;
        let names = ["lockedAt", "unlockAt", "secondsUntilUnlock"];
        let is_told = |name: &&str| !user.at(&format!("/account/{name}")).is_null();
        holds("lockedAt, unlockAt and secondsUntilUnlock", names.iter().all(is_told))
    }),
    entry("lock-needs-a-time-to-come", "a lock without unlockAt locks nothing", |s| {
        is_managed(s)?;
        let reply = s.manage(Method::POST, &own(""), LOCK, "")?;
        reply.is("200")?;
        same("account.status", "OK", reply.text("/account/status"))
    }),
    entry("lock-needs-a-time-to-come", "a lock until a time that is past locks nothing", |s| {
        is_managed(s)?;
        same("account.status", "OK", lock(s, -60)?.text("/account/status"))
    }),
    entry("lock-ends-by-itself", "a lock ends at its time", |s| {
        is_managed(s)?;
        lock(s, 60)?;
        s.begin()?.is("400 or 201 FAILED")?;
        s.control()?.advance(61)?;
        s.begin()?.is("201 OTP_REQUIRED")
    }),
    entry("unlock-resets-devices", "unlock of a locked account forgets the wrong codes of a device", |s| {
        is_managed(s)?;
        let left = tries_left(s)?;
        lock(s, 60)?;
        s.manage(Method::POST, &own(""), UNLOCK, "")?.is("200")?;
        same("attemptsRemaining", left, tries_left(s)?)
    }),
    entry("mfa-enabled-is-set", "mfaEnabled is set by PUT", |s| {
        is_managed(s)?;
        s.manage(Method::PUT, &own("/mfaEnabled"), JSON, json!({ "mfaEnabled": false }))?.is("200")?;
        same("mfaEnabled", false, read(s, &own(""))?.at("/mfaEnabled"))
    }),
    entry("mfa-enabled-is-set", "mfaEnabled is required", |s| {
        is_managed(s)?;
        s.manage(Method::PUT, &own("/mfaEnabled"), JSON, json!({}))?.is("400 REQUIRED_VALUE mfaEnabled")
    }),
    entry("mfa-enabled-is-small", "mfaEnabled is answered with two links", |s| {
        is_managed(s)?;
        let reply = read(s, &own("/mfaEnabled"))?;
        same("links", "self user", reply.links())?;
        same("mfaEnabled", true, reply.at("/mfaEnabled"))
    }),
    entry("bypass-has-one-date-form", "a bypass is set by a date with milliseconds", |s| {
        is_managed(s)?;
        let reply = put_bypass(s, "2999-01-31T00:00:00.000Z")?;
        reply.is("200")?;
        same("canBypassMFA", true, reply.at("/canBypassMFA"))?;
        same("bypassMFAEnabledUntil", "2999-01-31T00:00:00.000Z", reply.text("/bypassMFAEnabledUntil"))
    }),
    entry("bypass-has-one-date-form", "a date without milliseconds is refused", |s| {
        is_managed(s)?;
        put_bypass(s, "2999-01-31T00:00:00Z")?.is("400 INVALID_VALUE bypassMFAEnabledUntil")
    }),
    entry("no-bypass-no-members", "without a bypass neither member is there", |s| {
        is_managed(s)?;
        let reply = read(s, &own("/bypassMFA"))?;
        same("links", "self user", reply.links())?;
        same("members", 1, reply.body.as_object().map_or(0, |members| members.len()))
    }),
    entry("past-bypass-is-none", "a bypass whose time is over is none", |s| {
        is_managed(s)?;
        let until = jiff::Timestamp::from_second(s.control()?.now()? + 60).unwrap_or_default();
        put_bypass(s, &format!("{until:.3}"))?.is("200")?;
        s.control()?.advance(61)?;
        same("canBypassMFA", "nothing", kind(read(s, &own("/bypassMFA"))?.at("/canBypassMFA")))
    }),
    entry("past-date-ends-bypass", "a date in the past ends a bypass", |s| {
        is_managed(s)?;
        put_bypass(s, "2999-01-31T00:00:00.000Z")?.is("200")?;
        put_bypass(s, "2001-01-31T00:00:00.000Z")?.is("200")?;
        let ended = read(s, &own("/bypassMFA"))?;
        same("links", "self user", ended.links())?;
        holds("no bypass", ended.at("/canBypassMFA") != true)
    }),
    entry("populations-are-listed", "populations have a name, and how many users they have", |s| {
        s.control()?;
        let list = read(s, "/populations")?;
        let first = list.at("/_embedded/populations/0");
        same("name", "text", kind(&first["name"]))?;
        same("userCount", "a number", kind(&first["userCount"]))?;
        same("default", "a boolean", kind(&first["default"]))
    }),
    entry("populations-by-id-and-name", "a population is found by its id", |s| {
        s.control()?;
        let id = read(s, "/populations")?.text("/_embedded/populations/0/id").to_owned();
        let found = read(s, &format!("/populations?filter=id%20eq%20%22{id}%22"))?;
        same("count", 1, found.at("/count"))
    }),
    entry("populations-by-id-and-name", "populations cannot be found by a part of their id", |s| {
        s.control()?;
        let filter = "/populations?filter=id%20sw%20%22a%22";
        s.manage(Method::GET, filter, JSON, "")?.is("400 INVALID_FILTER")
    }),
];
