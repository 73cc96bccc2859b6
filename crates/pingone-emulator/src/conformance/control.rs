//! What the check asks of an emulator itself: users with devices, their phones, the clock.

use http::{Method, Request};
use serde_json::{Value, json};

use super::{
    CheckError,
    entry::{Try, differs, not_applicable},
    http::Http,
    reply::Reply,
    session::Session,
    target::Tenant,
};
use crate::Data;

/// The user whom entries make for themselves.
pub(super) const USER: &str = "conformance-user";

/// As it was before the check.
const BEFORE: &str = "/snapshots/before-check";
/// As it is before each entry.
const READY: &str = "/snapshots/check";

pub(super) struct Control {
    http: Http,
    base: String,
}

impl Control {
    pub(super) fn at(auth_url: &str) -> Self {
        Self { http: Http::to(auth_url), base: format!("{auth_url}/_emulator") }
    }

    /// Where the emulator is, as whom and for whom it is asked.
    pub(super) fn place(&self, auth_url: &str) -> Result<Tenant, CheckError> {
        let about = self.must(Method::GET, "/", &Value::Null)?;
        let text = |pointer: &str| about.text(pointer).to_owned();
        Ok(Tenant {
            base: format!("{auth_url}/{}", about.text("/environmentId")),
            environment_id: text("/environmentId"),
            client_id: text("/clientId"),
            client_secret: text("/clientSecret"),
            user_id: USER.to_owned(),
        })
    }

    /// Keeps everything as it is; then makes a user, and sees that nothing goes wrong on purpose.
    pub(super) fn prepare(&self) -> Result<(), CheckError> {
        self.must(Method::PUT, BEFORE, &Value::Null)?;
        self.must(Method::PUT, &format!("/users/{USER}"), &json!({ "devices": [] }))?;
        self.must(Method::DELETE, "/faults", &Value::Null)?;
        self.must(Method::DELETE, "/push-script", &Value::Null).map(drop)
    }

    pub(super) fn keep(&self) -> Result<(), CheckError> {
        self.must(Method::PUT, READY, &Value::Null).map(drop)
    }

    pub(super) fn start_over(&self) -> Result<(), CheckError> {
        self.must(Method::POST, READY, &Value::Null).map(drop)
    }

    pub(super) fn restore(&self) -> Result<(), CheckError> {
        self.must(Method::POST, BEFORE, &Value::Null).map(drop)
    }

    fn must(&self, method: Method, path: &str, body: &Value) -> Result<Reply, CheckError> {
        let failed = |why: String| CheckError::new(format!("{}{path} cannot be used: {why}", self.base));
        let request =
            Request::builder().method(method).uri(format!("{}{path}", self.base)).body(body.to_string().into());
        let reply = self.http.send(request.map_err(|error| failed(error.to_string()))?);
        let reply = reply.map_err(|error| failed(error.to_string()))?;
        if reply.status == 200 { Ok(reply) } else { Err(failed(reply.status.to_string())) }
    }

    fn ask(&self, method: Method, path: &str, body: &Value) -> Try<Reply> {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        let request = request.body(body.to_string().into_bytes()).map_err(|error| differs("a request", error))?;
        self.http.send(request).map_err(|error| differs("an answer", error))
    }

    fn done(&self, method: Method, path: &str, body: &Value) -> Try<Reply> {
        let reply = self.ask(method, path, body)?;
        reply.is("200")?;
        Ok(reply)
    }

    /// The user in the form of the data file.
    pub(super) fn put_user(&self, user: &Value) -> Try {
        self.done(Method::PUT, &format!("/users/{USER}"), user).map(drop)
    }

    /// The code that was sent last.
    pub(super) fn last_code(&self) -> Try<String> {
        let sent = self.done(Method::GET, "/codes", &Value::Null)?;
        let last = sent.at("/codes").as_array().and_then(|codes| codes.last()?["code"].as_str().map(str::to_owned));
        last.ok_or_else(|| differs("a code that was sent", "none"))
    }

    /// How many codes were sent.
    pub(super) fn codes_sent(&self) -> Try<usize> {
        let sent = self.done(Method::GET, "/codes", &Value::Null)?;
        Ok(sent.at("/codes").as_array().map_or(0, Vec::len))
    }

    /// The code that an app or a hardware token of the user shows.
    pub(super) fn shown_code(&self, device_id: &str) -> Try<String> {
        let code = self.done(Method::GET, &format!("/users/{USER}/devices/{device_id}/code"), &Value::Null)?;
        Ok(code.text("/code").to_owned())
    }

    /// `APPROVE` or `DENY`, with the number that the user picks.
    pub(super) fn answer_push(&self, id: &str, answer: &str, number: Option<u64>) -> Try<Reply> {
        let body =
            number.map_or_else(|| json!({ "answer": answer }), |number| json!({ "answer": answer, "number": number }));
        self.ask(Method::POST, &format!("/pushes/{id}"), &body)
    }

    /// A token that no client asks for.
    pub(super) fn issue_token(&self, kind: &str) -> Try<String> {
        let reply = self.done(Method::POST, "/tokens", &json!({ "kind": kind }))?;
        Ok(reply.text("/access_token").to_owned())
    }

    pub(super) fn revoke_tokens(&self) -> Try {
        self.done(Method::DELETE, "/tokens", &Value::Null).map(drop)
    }

    /// The time at the service.
    pub(super) fn now(&self) -> Try<i64> {
        let now = self.done(Method::GET, "/clock", &Value::Null)?;
        let time: Result<jiff::Timestamp, _> = now.text("/now").parse();
        time.map(jiff::Timestamp::as_second).map_err(|error| differs("a time", error))
    }

    pub(super) fn advance(&self, seconds: u64) -> Try {
        self.done(Method::POST, "/clock", &json!({ "advance": seconds })).map(drop)
    }
}

impl Session {
    /// Gives the entry's user these devices.
    pub(super) fn user_has(&self, devices: &[Value]) -> Try {
        self.control()?.put_user(&json!({ "devices": devices }))
    }

    /// Begins an authentication of the entry's user.
    pub(super) fn begin(&self) -> Try<Reply> {
        self.begin_with(json!({}))
    }

    /// Begins with further members of the body.
    pub(super) fn begin_with(&self, mut body: Value) -> Try<Reply> {
        body["user"] = json!({ "id": USER });
        self.initialize(body)
    }

    /// Gives the entry's user these devices, of which the first is the default, and begins.
    pub(super) fn start(&self, devices: &[Value]) -> Try<String> {
        self.user_has(devices)?;
        let reply = self.begin()?;
        reply.is("201")?;
        Ok(reply.id())
    }

    /// Lets time pass. The token may not outlive it.
    pub(super) fn advance(&self, seconds: u64) -> Try {
        self.control()?.advance(seconds)?;
        self.renew_token()
    }

    /// A client or a policy of the built-in data, which no control path shows. Other data may have none like it.
    pub(super) fn built_in(&self, list: &str, is_it: impl Fn(&Value) -> bool) -> Try<Value> {
        self.control()?;
        let data: Value = serde_json::from_str(Data::BUILT_IN_JSON).unwrap_or_default();
        let is_built_in = data["environment"]["id"].as_str().is_some_and(|id| self.address("").ends_with(id));
        let found = data[list].as_array().and_then(|all| all.iter().find(|one| is_it(one)).cloned());
        found.filter(|_| is_built_in).map_or_else(|| not_applicable("needs the emulator's built-in data"), Ok)
    }

    /// The id of the built-in policy that matches numbers, verifies users, remembers no browser, and whose codes have 8
    /// digits and live a minute.
    pub(super) fn strict_policy(&self) -> Try<Value> {
        self.built_in("policies", |policy| policy["numberMatching"] == true).map(|policy| policy["id"].clone())
    }
}
