//! What an entry does with an emulator: a user of its own, time that passes, the built-in data.

use serde_json::{Value, json};

use super::{
    control::USER,
    devices::APPLICATION,
    entry::{Try, not_applicable},
    reply::Reply,
    session::Session,
};
use crate::Data;

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

    /// The id of a policy that lets the user choose, matches numbers, verifies users, remembers no browser, and whose
    /// codes by e-mail have 8 digits and live a minute.
    pub(super) fn strict_policy(&self) -> Try<Value> {
        let verification = json!({ "option": "REQUIRED", "enforceDuringAuthentication": true });
        self.control()?.put_fido2_policy(STRICT, &json!({ "userVerification": verification }))?;
        let minute = json!({ "duration": 1, "timeUnit": "MINUTES" });
        let app = json!({ "id": APPLICATION, "push": { "enabled": true, "numberMatching": { "enabled": true } } });
        self.put_policy(&json!({
            "authentication": { "deviceSelection": "ALWAYS_DISPLAY_DEVICES" },
            "email": { "enabled": true, "otp": { "otpLength": 8, "lifeTime": minute } },
            "mobile": { "enabled": true, "applications": [app] },
            "fido2": { "enabled": true, "fido2PolicyId": STRICT },
            "rememberMe": { "web": { "enabled": false } },
        }))
    }

    /// Makes a policy of one's own; returns its id.
    pub(super) fn put_policy(&self, policy: &Value) -> Try<Value> {
        self.control()?.put_policy(STRICT, policy)?;
        Ok(STRICT.into())
    }
}

/// The id of the policies that entries make for themselves.
const STRICT: &str = "conformance-policy";
