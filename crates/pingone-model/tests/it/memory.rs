//! Whatever is in a body, what it takes to read it is bounded by its length. Counted exactly, at its highest, with a
//! growing list in both of its places.

use std::iter;

use bytes::Bytes;
use http::Response;
use pingone_model::{
    DeviceAuthentication, Document, Environment, Glance, Operation, Region, ResponseError,
    user::{ListUsers, ReplaceUser, User},
};

/// The clients read no more of a body, unless they are told to.
const LIMIT: usize = 4 << 20;

/// A body that says as much as possible in as few bytes as possible: many times the same part.
struct Shape {
    name: &'static str,
    before: String,
    part: &'static str,
    after: String,
}

impl Shape {
    fn new(name: &'static str, [before, part, after]: [&'static str; 3]) -> Self {
        Self { name, before: before.into(), part, after: after.into() }
    }

    fn devices(name: &'static str, part: &'static str) -> Self {
        Self::new(name, [r#"{"status":"NEW","_embedded":{"devices":["#, part, "{}]}}"])
    }

    fn details(name: &'static str, part: &'static str) -> Self {
        Self::new(name, [r#"{"code":"X","details":["#, part, "{}]}"])
    }

    fn of_depth(name: &'static str, member: &str) -> Self {
        let depth = LIMIT / 2 - 40;
        let before = format!(r#"{{"status":"NEW","{member}":{}"#, "[".repeat(depth));
        Self { name, before, part: "", after: format!("{}}}", "]".repeat(depth)) }
    }

    fn body(&self, parts: usize) -> Bytes {
        format!("{}{}{}", self.before, self.part.repeat(parts), self.after).into()
    }

    /// The largest body, and smaller ones for which a list that doubles has just done so.
    fn bodies(&self) -> Vec<Bytes> {
        let most = (LIMIT - self.before.len() - self.after.len()).checked_div(self.part.len()).unwrap_or(0);
        let doubled = (10..22).map(|power| (1 << power) + 1).filter(|parts| (most / 4..most).contains(parts));
        iter::once(most).chain(doubled).map(|parts| self.body(parts)).collect()
    }
}

fn shapes() -> Vec<Shape> {
    vec![
        Shape::devices("empty devices", "{},"),
        Shape::devices("devices with an id", r#"{"id":""},"#),
        Shape::devices("devices with an operating system", r#"{"os":{}},"#),
        Shape::devices(
            "devices with what takes most",
            r#"{"rp":{},"os":{},"lock":{},"user":{},"model":{},"block":{},"_links":{"":{}},"backup":{},"session":{},"pushFails":[1],"attributes":{"transports":[""]},"application":{},"otpStatus":{},"deviceIntegrityState":{}},"#,
        ),
        Shape::devices("devices that are none", "0,"),
        Shape::devices("devices with an unknown member", r#"{"":0},"#),
        Shape::devices("devices, some with half of a surrogate pair", r#"{},{},{},{},{"nickname":"\ud83d"},"#),
        Shape::new("devices, and no end", [r#"{"status":"NEW","_embedded":{"devices":["#, "{},", ""]),
        Shape::new(
            "one device again and again",
            ["{", r#""selectedDevice":{"oneTime":{"id":""}},"#, r#""status":"NEW"}"#],
        ),
        Shape::new(
            "times of failed pushes",
            [r#"{"status":"NEW","_embedded":{"devices":[{"pushFails":["#, "1,", "1]}]}}"],
        ),
        Shape::details("empty details", "{},"),
        Shape::details("details with no figures", r#"{"innerError":{}},"#),
        Shape::details("details with a figure", r#"{"innerError":{"claim":""}},"#),
        Shape::new(
            "allowed values",
            [r#"{"code":"X","details":[{"innerError":{"allowedValues":["#, "\"\",", "\"\"]}}]}"],
        ),
        Shape::new(
            "unavailable devices",
            [r#"{"status":"FAILED","error":{"code":"NO_USABLE_DEVICES","unavailableDevices":["#, "{},", "{}]}}"],
        ),
        Shape::new(
            "unavailable devices with an id",
            [
                r#"{"status":"FAILED","error":{"code":"NO_USABLE_DEVICES","unavailableDevices":["#,
                r#"{"id":"d"},"#,
                "{}]}}",
            ],
        ),
        Shape::new("links", [r#"{"status":"NEW","_links":{"#, r#""":{},"#, r#""":{}}}"#]),
        Shape::new(
            "links that lead somewhere",
            [r#"{"status":"NEW","_links":{"#, r#""a":{"href":"b"},"#, r#""":{}}}"#],
        ),
        Shape {
            name: "unknown members of a link with a long name",
            before: format!(r#"{{"status":"NEW","_links":{{"{}":{{"#, "n".repeat(LIMIT / 2)),
            part: r#""":0,"#,
            after: r#""":0}}}"#.into(),
        },
        Shape::new("authenticators", [r#"{"status":"NEW","authenticators":["#, "\"\",", "\"\"]}"]),
        Shape::new("a notification", [r#"{"status":"NEW","notification":["#, r#"{"":0},"#, "0]}"]),
        Shape::of_depth("a notification of depth", "notification"),
        Shape::of_depth("a known member of depth", "createdAt"),
        Shape::of_depth("an unknown member of depth", "new"),
        Shape::new(
            "a passkey's credentials",
            [
                r#"{"status":"NEW","publicKeyCredentialRequestOptions":{"challenge":[1],"allowCredentials":["#,
                r#"{"id":[1]},"#,
                "{}]}}",
            ],
        ),
        Shape::new(
            "a passkey's challenge",
            [r#"{"status":"NEW","publicKeyCredentialRequestOptions":{"challenge":["#, "1,", "1]}}"],
        ),
        Shape::new(
            "a passkey's unknown options",
            [r#"{"status":"NEW","publicKeyCredentialRequestOptions":{"#, r#""":0,"#, r#""challenge":[]}}"#],
        ),
        Shape::new("groups of a user", [r#"{"id":"","memberOfGroupNames":["#, "\"\",", "\"\"]}"]),
        Shape::new("users", [r#"{"_embedded":{"users":["#, r#"{"id":""},"#, r#"{"id":""}]}}"#]),
        Shape::new(
            "users with what takes most",
            [
                r#"{"_embedded":{"users":["#,
                r#"{"id":"","name":{},"address":{},"account":{},"lastSignOn":{},"_embedded":{},"_links":{"":{}}},"#,
                r#"{"id":""}]}}"#,
            ],
        ),
        Shape::new("unknown members", ["{", r#""":0,"#, r#""status":"NEW"}"#]),
        Shape::new("a text of escapes", [r#"{"status":"NEW","mobilePayload":""#, r"\n", "\"}"]),
        Shape::new("a text without an end", [r#"{"status":""#, "a", ""]),
    ]
}

/// The most memory that `work` has at one time.
fn most(work: impl FnOnce()) -> usize {
    allocation_counter::measure(work).bytes_max.try_into().unwrap()
}

fn read(body: &Bytes) {
    if let Ok(reply) = Document::<DeviceAuthentication>::from_json(body.clone()) {
        reply.for_each_unknown(|_| {});
        let _ = reply.public_key_credential_request_options().map(|options| options.to_browser_json());
        let _ = reply.into_next_step();
    }
}

fn read_as_an_error(body: &Bytes) {
    let error = ResponseError::refused(Response::new(body.clone()));
    if let Some(platform) = error.platform() {
        platform.for_each_unknown(|_| {});
    }
    let _ = (error.problem(), error.to_string());
}

fn read_status(body: &Bytes) {
    drop(Glance::from_json(body));
}

fn read_as_users(body: &Bytes) {
    if let Ok(user) = Document::<User>::from_json(body.clone()) {
        user.for_each_unknown(|_| {});
        drop(ReplaceUser::edit(&user).request(&Environment::new(Region::Europe, "e-1")));
    }
    if let Ok(page) = ListUsers::new().read(Response::new(body.clone())) {
        assert!(page.items().all(|user| user.id() == ""));
    }
}

#[test]
fn memory_is_at_most_20_times_the_body_plus_1_mib() {
    for shape in shapes() {
        for (way, read) in [
            ("reply", read as fn(&Bytes)),
            ("error", read_as_an_error),
            ("status", read_status),
            ("users", read_as_users),
        ] {
            let mut worst = 0.0;
            for body in shape.bodies() {
                let held = most(|| read(&body)) + body.len();
                assert!(
                    held <= 20 * body.len() + (1 << 20),
                    "{} as {way}: {held} bytes are held for {}",
                    shape.name,
                    body.len()
                );
                worst = f64::max(worst, held as f64 / body.len() as f64);
            }
            println!("{} as {way}: at most {worst:.1} times the body", shape.name);
        }
    }
}

/// A large reply is no attack: it is read whole.
#[test]
fn nothing_is_cut_off() {
    let devices: Vec<_> = (0..20_000).map(|id| format!(r#"{{"id":"d-{id}","type":"SMS","phone":"*{id}"}}"#)).collect();
    let json = format!(r#"{{"status":"NEW","_embedded":{{"devices":[{}]}}}}"#, devices.join(","));
    let reply = Document::<DeviceAuthentication>::from_json(json).unwrap();
    assert_eq!(reply.devices().len(), 20_000);
    for (id, device) in reply.devices().iter().enumerate() {
        assert_eq!(device.id().unwrap().as_str(), format!("d-{id}"));
        assert_eq!(device.phone(), Some(&*format!("*{id}")));
    }
}
