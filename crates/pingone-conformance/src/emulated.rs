//! What an entry does with an emulator: its own user and policy, and moving the clock.

use http::Method;
use serde_json::{Value, json};

use super::{
    control::USER,
    devices::APPLICATION,
    reply::Reply,
    session::{ACTIVATE, JSON, Session},
    verdict::{Try, not_applicable},
};

/// The devices of the entry's user, on the management host.
pub(super) const DEVICES: &str = "/users/conformance-user/devices";

impl Session<'_> {
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

    /// Creates a device of the entry's user, who has no other.
    pub(super) fn create_only(&self, device: Value) -> Try<Reply> {
        self.user_has(&[])?;
        self.create(device)
    }

    pub(super) fn create(&self, device: Value) -> Try<Reply> {
        self.manage(Method::POST, DEVICES, JSON, device)
    }

    pub(super) fn read_device(&self, id: &str) -> Try<Reply> {
        self.manage(Method::GET, &format!("{DEVICES}/{id}"), JSON, "")
    }

    /// What is done with a device, by a media type.
    pub(super) fn act_on_device(&self, id: &str, media_type: &str, body: impl ToString) -> Try<Reply> {
        self.manage(Method::POST, &format!("{DEVICES}/{id}"), media_type, body)
    }

    pub(super) fn activate(&self, id: &str, otp: &str) -> Try<Reply> {
        self.act_on_device(id, ACTIVATE, json!({ "otp": otp }))
    }

    /// Begins an authentication with this device.
    pub(super) fn begin_by(&self, id: &str) -> Try<Reply> {
        self.begin_with(json!({ "selectedDevice": { "id": id } }))
    }

    /// Moves the clock. The token may expire.
    pub(super) fn advance(&self, seconds: u64) -> Try {
        self.control()?.advance(seconds)?;
        self.renew_token()
    }

    /// A client that authenticates in this way.
    pub(super) fn client_by(&self, method: &str) -> Try<Value> {
        let clients = self.control()?.clients()?;
        let found = clients.into_iter().find(|client| client["token_endpoint_auth_method"] == method);
        found.map_or_else(|| not_applicable(format!("needs a client that authenticates by {method}")), Ok)
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

    /// Creates a policy for the entry; returns its id.
    pub(super) fn put_policy(&self, policy: &Value) -> Try<Value> {
        self.control()?.put_policy(STRICT, policy)?;
        Ok(STRICT.into())
    }
}

/// The id of the policies that entries create for themselves.
const STRICT: &str = "conformance-policy";
