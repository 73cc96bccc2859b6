//! What the check asks of the emulator itself: users with devices, their phones, the clock.

use http::{Method, Request};
use serde_json::{Value, json};

use super::{
    CheckError,
    reply::Reply,
    target::Target,
    tenant::Tenant,
    verdict::{Try, differs, not_applicable},
};

/// The user that entries create for themselves.
pub(super) const USER: &str = "conformance-user";

/// As it was before the check.
const BEFORE: &str = "/snapshots/before-check";
/// As it is before each entry.
const READY: &str = "/snapshots/check";

pub(super) struct Control<'a> {
    target: &'a Target<'a>,
    auth_url: String,
    base: String,
}

impl<'a> Control<'a> {
    pub(super) fn at(auth_url: &str, target: &'a Target<'a>) -> Self {
        Self { target, auth_url: auth_url.to_owned(), base: format!("{auth_url}/_emulator") }
    }

    pub(super) fn auth_url(&self) -> &str {
        &self.auth_url
    }

    /// Where the emulator is, and the client and user to use.
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

    /// Saves the state; then creates a user and removes all faults.
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
        let reply = self.target.send(request.map_err(|error| failed(error.to_string()))?);
        let reply = reply.map_err(|error| failed(error.to_string()))?;
        if reply.status == 200 { Ok(reply) } else { Err(failed(reply.status.to_string())) }
    }

    fn ask(&self, method: Method, path: &str, body: &Value) -> Try<Reply> {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        let request = request.body(body.to_string().into_bytes()).map_err(|error| differs("a request", error))?;
        self.target.send(request).map_err(|error| differs("an answer", error))
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

    /// The clients, with their secrets.
    pub(super) fn clients(&self) -> Try<Vec<Value>> {
        let clients = self.done(Method::GET, "/clients", &Value::Null)?;
        Ok(clients.at("/clients").as_array().cloned().unwrap_or_default())
    }

    /// A policy in the JSON of the management API.
    pub(super) fn put_policy(&self, id: &str, policy: &Value) -> Try {
        self.done(Method::PUT, &format!("/policies/{id}"), policy).map(drop)
    }

    pub(super) fn put_fido2_policy(&self, id: &str, policy: &Value) -> Try {
        self.done(Method::PUT, &format!("/fido2-policies/{id}"), policy).map(drop)
    }

    /// The MFA settings in the JSON of the management API.
    pub(super) fn put_mfa_settings(&self, settings: &Value) -> Try {
        self.done(Method::PUT, "/mfa-settings", settings).map(drop)
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

    /// A phone's app is given the code of a pairing key.
    pub(super) fn pair_phone(&self, code: &str) -> Try<Reply> {
        self.ask(Method::POST, "/phones", &json!({ "pairingKey": code }))
    }

    /// The serial number of a hardware token of this type, if the environment has one.
    pub(super) fn oath_token(&self, token_type: &str) -> Try<String> {
        let reply = self.done(Method::GET, "/oath-tokens", &Value::Null)?;
        let tokens = reply.at("/oathTokens").as_array().cloned().unwrap_or_default();
        let token = tokens.iter().find(|token| token["type"] == token_type);
        let serial_number = token.and_then(|token| token["serialNumber"].as_str().map(str::to_owned));
        serial_number.map_or_else(|| not_applicable(format!("needs an OATH token of type {token_type}")), Ok)
    }

    /// What this token shows so many windows or presses later, as long as nobody has paired it.
    pub(super) fn token_code(&self, serial_number: &str, ahead: u64) -> Try<String> {
        let code = self.done(Method::GET, &format!("/oath-tokens/{serial_number}/code?ahead={ahead}"), &Value::Null)?;
        Ok(code.text("/code").to_owned())
    }

    /// `APPROVE` or `DENY`, with the number that the user picks.
    pub(super) fn answer_push(&self, id: &str, answer: &str, number: Option<u64>) -> Try<Reply> {
        let body =
            number.map_or_else(|| json!({ "answer": answer }), |number| json!({ "answer": answer, "number": number }));
        self.ask(Method::POST, &format!("/pushes/{id}"), &body)
    }

    /// The app of the user's phone claims an authentication code, and the user answers if asked.
    pub(super) fn take_code(&self, id: &str, device_id: &str, answer: Option<&str>) -> Try<Reply> {
        let mut body = json!({ "userId": USER, "deviceId": device_id });
        if let Some(answer) = answer {
            body["answer"] = answer.into();
        }
        self.ask(Method::POST, &format!("/authentication-codes/{id}"), &body)
    }

    /// What the journal has of the last request.
    pub(super) fn last_request(&self) -> Try<Value> {
        let journal = self.done(Method::GET, "/journal?last=1", &Value::Null)?;
        Ok(journal.at("/requests/0").clone())
    }

    /// Injects a fault.
    pub(super) fn strike(&self, fault: &Value) -> Try {
        self.done(Method::POST, "/faults", fault).map(drop)
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
