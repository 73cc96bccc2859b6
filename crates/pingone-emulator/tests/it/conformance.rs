//! The conformance list passes against the emulator, and sees each rule that does not hold.

use std::{
    cell::Cell,
    collections::BTreeSet,
    process::{Command, Output},
};

use bytes::Bytes;
use http::{Request, Response};
use pingone_conformance::{CheckError, Outcome, Report, Target, Tenant, check, entries, over_http};
use pingone_emulator::{
    Client, Data, Emulator, Fault, FaultKind, PushAnswer, PushScript, Service, TokenEndpointAuthMethod, rules,
};
use serde_json::{Value, json};

/// The list, tried without a socket.
fn report(service: &Service) -> Report {
    try_report(service).unwrap()
}

fn try_report(service: &Service) -> Result<Report, CheckError> {
    let carry = |request: Request<Vec<u8>>| Ok(service.handle(request.map(Bytes::from)).map(|body| body.to_vec()));
    check(&Target::emulator("http://emulator.example", carry))
}

/// The rules that have an entry which failed.
fn failed(report: &Report) -> BTreeSet<&str> {
    let failed = |outcome: &Outcome| matches!(outcome, Outcome::Failed { .. });
    report.entries().iter().filter(|entry| failed(entry.outcome())).map(|entry| entry.rule()).collect()
}

#[test]
fn every_rule_has_an_entry_and_every_entry_a_rule() {
    let known: BTreeSet<&str> = rules().map(|rule| rule.name()).collect();
    let tried: BTreeSet<&str> = entries().map(|entry| entry.rule()).collect();
    assert_eq!(known, tried);
}

#[test]
fn the_emulator_passes() {
    let report = report(&Service::new(Data::built_in()));
    assert!(report.passed() >= 60 && report.not_applicable() == 0, "{report}");
    assert_eq!(report.to_string(), format!("{} passed, 0 failed", report.passed()));
}

#[test]
fn the_emulator_passes_on_a_socket() {
    let emulator = Emulator::start().unwrap();
    let report = check(&Target::emulator(emulator.auth_url(), over_http(&emulator.auth_url()).unwrap())).unwrap();
    assert_eq!((report.failed(), report.not_applicable()), (0, 0), "{report}");
}

/// What an entry of the rule sees once the rule is switched off.
const OTHERWISE: &[(&str, &str)] = &[
    ("unknown-environment-is-404", "403 ACCESS_FAILED INSUFFICIENT_PERMISSIONS"),
    ("preflight-is-204", "200"),
    ("accept-is-ignored", "406 INVALID_REQUEST"),
    ("media-type-parameters", "415 INVALID_REQUEST"),
    ("header-twice-is-missing", "201 ASSERTION_REQUIRED"),
    ("unknown-members-are-tolerated", "400 INVALID_DATA INVALID_VALUE unknown"),
    ("null-is-absent", "400 INVALID_DATA INVALID_VALUE otp"),
    ("bad-page-is-400", "200"),
    ("filter-ignores-case", "count 0"),
    ("assertion-audience", "200"),
    ("worker-token-is-required", "201 ASSERTION_REQUIRED"),
    ("token-of-other-environment", "403 ACCESS_FAILED INSUFFICIENT_PERMISSIONS"),
    ("unknown-user-is-404", "400 INVALID_DATA INVALID_VALUE user.id"),
    ("unknown-policy-is-400", "404 NOT_FOUND"),
    ("no-user-means-passkey", "400 INVALID_DATA REQUIRED_VALUE user.id"),
    ("next-fit-device-is-default", "400 REQUEST_FAILED NO_USABLE_DEVICES user.id"),
    ("no-usable-device-is-400", "201 FAILED"),
    ("blocked-devices-stand-apart", "devices mail blocked"),
    ("lock-halts-authentications", "200 COMPLETED"),
    ("account-not-usable-is-400", "201 FAILED"),
    ("bypass-flags", "201 COMPLETED"),
    ("one-time-whatsapp", "400 INVALID_DATA INVALID_VALUE selectedDevice.oneTime.type"),
    ("test-code-is-text", "test.otp a number"),
    ("policy-must-remember", "200 COMPLETED"),
    ("authentication-expires", "200 OTP_REQUIRED"),
    ("expired-is-404", "410 NOT_FOUND"),
    ("delete-ends-authentications", "200 FAILED"),
    ("policy-enables-type", "201 OTP_REQUIRED"),
    ("select-after-challenge", "400 REQUEST_FAILED CONSTRAINT_VIOLATION"),
    ("select-after-time-out", "400 REQUEST_FAILED CONSTRAINT_VIOLATION"),
    ("cancel-before-select", "200 OTP_REQUIRED"),
    ("new-code-on-reselect", "codes sent 1"),
    ("cancelled-push-counts", "201 PUSH_CONFIRMATION_REQUIRED"),
    ("cancel-for-any-reason", "400 INVALID_DATA INVALID_VALUE reason"),
    ("any-compatibility", "400 INVALID_DATA INVALID_VALUE compatibility"),
    ("cancel-needs-pending-push", "200 DEVICE_SELECTION_REQUIRED"),
    ("denied-push-fails", "200 PUSH_CONFIRMATION_TIMED_OUT"),
    ("matching-number-is-number", "numberMatching.number text"),
    ("wrong-code-is-400", "200 FAILED"),
    ("attempts-end-it", "200 OTP_REQUIRED"),
    ("no-cool-down-fails", "200 OTP_REQUIRED"),
    ("quota-is-400", "429 REQUEST_LIMITED QUOTA_EXCEEDED"),
    ("code-after-time-out", "400 REQUEST_FAILED CONSTRAINT_VIOLATION"),
    ("code-works-once", "200 COMPLETED"),
    ("base64-of-either-kind", "400 INVALID_DATA INVALID_VALUE assertion"),
    ("origin-of-android-app", "400 INVALID_DATA INVALID_VALUE origin"),
    ("user-handle-is-user-id", "200 COMPLETED"),
    ("counter-grows", "200 COMPLETED"),
    ("wrong-assertion-fails", "400 INVALID_DATA INVALID_VALUE assertion"),
    ("policy-allows-pairing", "201 ACTIVE"),
    ("most-pending-devices", "201 ACTIVATION_REQUIRED"),
    ("pending-device-expires", "200 ACTIVATION_REQUIRED"),
    ("wrong-pairing-codes-count", "200 ACTIVE"),
    ("active-is-not-activated", "200 ACTIVE"),
    ("drift-of-100-windows", "400 INVALID_DATA INVALID_OTP otp"),
    ("remembering-needs-policy", "201 ACTIVE"),
    ("lock-has-a-reason", "lock.reason "),
    ("expand-type-display-names", "something else"),
    ("nickname-length", "200"),
    ("order-may-be-partial", "400 INVALID_DATA INVALID_VALUE order"),
    ("unblock-is-like-block", "415 INVALID_REQUEST"),
    ("unlock-answers-device", "204"),
    ("unknown-application-is-400", "201 UNCLAIMED"),
    ("expired-pairing-key-is-404", "200 UNCLAIMED"),
    ("taken-names-whose", "existingId false"),
    ("email-is-optional", "400 INVALID_DATA REQUIRED_VALUE email"),
    ("unknown-population-is-400", "404 NOT_FOUND"),
    ("read-only-is-ignored", "400 INVALID_DATA INVALID_VALUE mfaEnabled"),
    ("patch-keeps-other-parts", "name.given nothing"),
    ("unlock-resets-devices", "attemptsRemaining 1"),
    ("failure-count-locks", "account.status OK"),
    ("assertion-is-a-failure", "account.status OK"),
    ("success-forgets-failures", "account.status LOCKED"),
    ("past-bypass-is-none", "canBypassMFA a boolean"),
    ("no-approval-by-default", "userApproval REQUIRED"),
    ("approval-completes", "200 CLAIMED"),
    ("expired-code-is-404", "200 EXPIRED"),
];

#[test]
fn without_a_rule_that_rule_is_named_and_no_other() {
    let switchable: Vec<&str> = rules().filter(|rule| rule.is_switchable()).map(|rule| rule.name()).collect();
    assert_eq!(switchable, Vec::from_iter(OTHERWISE.iter().map(|(rule, _)| *rule)));
    for (rule, expected) in OTHERWISE {
        let report = report(&Service::new(Data::built_in().without_rule(rule).unwrap()));
        assert_eq!(failed(&report), BTreeSet::from([*rule]), "without {rule}:\n{report}");
        let seen = report.entries().iter().find_map(|entry| match entry.outcome() {
            Outcome::Failed { seen, .. } => Some(seen.as_str()),
            _ => None,
        });
        assert_eq!(seen, Some(*expected), "{rule}");
    }
}

#[test]
fn what_was_switched_off_and_on_again_holds() {
    let service = Service::new(Data::built_in());
    for (rule, _) in OTHERWISE {
        service.switch_off(rule).unwrap();
    }
    assert!(failed(&report(&service)).len() > 20);
    for (rule, _) in OTHERWISE {
        service.switch_on(rule).unwrap();
    }
    assert_eq!(report(&service).failed(), 0);
}

/// All that the control paths show of an emulator.
fn look(service: &Service) -> [Bytes; 7] {
    ["users", "clock", "faults", "tokens", "codes", "journal", "rules"].map(|path| {
        let request = http::Request::get(format!("/_emulator/{path}")).body(Bytes::new()).unwrap();
        service.handle(request).into_body()
    })
}

#[test]
fn an_emulator_ends_as_it_was() {
    let service = Service::new(Data::built_in());
    service.freeze();
    service.script_pushes(PushScript::new(PushAnswer::Approve));
    service.inject(Fault::new(FaultKind::Status(500)));
    let before = look(&service);
    assert_eq!(report(&service).failed(), 0);
    assert!(look(&service) == before);
}

#[test]
fn other_data_will_do() {
    let example = Data::from_toml(include_str!("../../data/example.toml")).unwrap();
    let report = report(&Service::new(example));
    // Nothing in the client's secret would be changed by encoding.
    assert_eq!((report.failed(), report.not_applicable()), (0, 1), "{report}");
}

#[test]
fn an_emulator_whose_client_cannot_be_used_ends_as_it_was() {
    let client = Client::new("c", "s", TokenEndpointAuthMethod::ClientSecretPost);
    let service = Service::new(Data::new("e", "p").client(client));
    service.freeze();
    service.inject(Fault::new(FaultKind::Delay(std::time::Duration::ZERO)));
    let before = look(&service);
    let error = try_report(&service).unwrap_err().to_string();
    assert_eq!(error, "the client cannot get a token with CLIENT_SECRET_BASIC: 401 invalid_client");
    assert!(look(&service) == before);
}

#[test]
fn what_other_data_lack_is_left_out() {
    let data = Data::new("e", "p").client(Client::new("c", "s~", TokenEndpointAuthMethod::ClientSecretBasic));
    let report = report(&Service::new(data));
    assert_eq!(report.failed(), 0, "{report}");
    let left_out = "needs a client that authenticates by CLIENT_SECRET_JWT";
    assert!((1..20).contains(&report.not_applicable()) && report.to_string().contains(left_out), "{report}");
}

/// What the variables say of a tenant that is an emulator, whose control paths are not asked.
fn variables(emulator: &Emulator) -> [(&'static str, String); 5] {
    let service = emulator.service();
    [
        ("PINGONE_AUTH_URL", emulator.auth_url()),
        ("PINGONE_ENVIRONMENT_ID", service.environment_id().to_owned()),
        ("PINGONE_CLIENT_ID", service.client_id().to_owned()),
        ("PINGONE_CLIENT_SECRET", service.client_secret().to_owned()),
        ("PINGONE_USER_ID", service.user_id().to_owned()),
    ]
}

#[test]
fn a_tenant_is_checked_without_sending_anybody_anything() {
    let emulator = Emulator::start().unwrap();
    let variables = variables(&emulator);
    let value = |name| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| value.into());
    let tenant = Tenant::from_variables(value).unwrap();
    let carry = over_http(tenant.base()).unwrap();
    let report = check(&Target::tenant(tenant, carry)).unwrap();
    assert_eq!(report.failed(), 0, "{report}");
    assert!(report.passed() >= 30 && report.not_applicable() >= 30, "{report}");
    let service = emulator.service();
    assert_eq!((service.codes().len(), service.pending_pushes().len()), (0, 0));
    assert!(service.journal().iter().all(|entry| !entry.path().contains("_emulator")));
}

/// A service that says yes to everything, and the same each time.
fn yes_man(_: Request<Vec<u8>>) -> pingone_conformance::Carried {
    let says = json!({
        "access_token": "t", "environmentId": "e", "clientId": "c", "clientSecret": "s", "userId": "u",
        "id": "a", "status": "COMPLETED", "code": "123456", "test": { "otp": "123456" },
    });
    Ok(Response::new(says.to_string().into()))
}

#[test]
fn no_entry_passes_where_everything_is_answered_alike() {
    let report = check(&Target::emulator("http://service.example", yes_man)).unwrap();
    let passed = report.entries().iter().filter(|entry| *entry.outcome() == Outcome::Passed);
    assert_eq!(Vec::from_iter(passed.map(|entry| entry.name())), [""; 0]);
}

thread_local! {
    /// Whether somebody reads the whole log of this thread.
    static IS_OVERHEARD: Cell<bool> = const { Cell::new(false) };
}

struct Eavesdropper;

impl log::Log for Eavesdropper {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        IS_OVERHEARD.get()
    }

    fn log(&self, record: &log::Record<'_>) {
        assert!(!self.enabled(record.metadata()), "{}", record.args());
    }

    fn flush(&self) {}
}

#[test]
fn nothing_is_sent_while_the_log_would_show_it() {
    log::set_logger(&Eavesdropper).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let emulator = Emulator::start().unwrap();
    IS_OVERHEARD.set(true);
    let error = over_http(&emulator.auth_url()).err().unwrap().to_string();
    IS_OVERHEARD.set(false);
    assert!(error.contains("set the level of the target `ureq_proto` to DEBUG"), "{error}");
    assert!(emulator.service().journal().is_empty());
}

fn program(arguments: &[&str], variables: &[(&str, String)]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pingone-emulator"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("PINGONE_")) {
        command.env_remove(name);
    }
    command.arg("check").args(arguments).envs(variables.iter().map(|(name, value)| (name, value)));
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn the_program_checks_itself() {
    let (code, stdout, stderr) = program(&[], &[]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.ends_with(" passed, 0 failed\n") && stdout.lines().count() == 1, "{stdout}");
}

#[test]
fn the_program_tells_what_was_expected_and_what_was_seen() {
    let data = Data::built_in().without_rule("expired-is-404").unwrap();
    let emulator = Emulator::builder().data(data).start().unwrap();
    let (code, stdout, _) = program(&["--url", &emulator.auth_url()], &[]);
    assert_eq!(code, Some(1));
    let told = "\
expired-is-404: An authentication that is over does not exist any more.
    source: assumed
    FAILED: what is over is not there
        expected: 404 NOT_FOUND
        seen:     410 NOT_FOUND

";
    assert!(stdout.starts_with(told), "{stdout}");

    let (code, stdout, _) = program(&["--url", &emulator.auth_url(), "--json"], &[]);
    assert_eq!(code, Some(1));
    let json: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((&json["failed"], &json["notApplicable"]), (&1.into(), &0.into()));
    let entries = json["entries"].as_array().unwrap();
    let failed: Vec<&Value> = entries.iter().filter(|entry| entry["outcome"] == "failed").collect();
    assert_eq!((failed.len(), &failed[0]["seen"]), (1, &"410 NOT_FOUND".into()));
}

#[test]
fn the_program_shows_no_secret() {
    let emulator = Emulator::start().unwrap();
    emulator.service().switch_off("test-code-is-text").unwrap();
    let variables = variables(&emulator);
    for arguments in [&["--tenant"][..], &["--tenant", "--json"], &["--url", &emulator.auth_url()]] {
        let (code, stdout, stderr) = program(arguments, &variables);
        assert_eq!(code, Some(1), "{stderr}");
        for secret in [emulator.service().client_secret(), "Bearer", "conformance@example.com"] {
            assert!(!stdout.contains(secret) && !stderr.contains(secret), "{stdout}{stderr}");
        }
    }
}

#[test]
fn the_program_says_what_is_wrong_with_its_arguments() {
    for (arguments, told) in [
        (&["--url", "nowhere"][..], "must be an address such as http://127.0.0.1:8420"),
        (&["--url", "http://127.0.0.1:1", "--tenant"], "cannot be used with"),
        (
            &["--tenant"],
            "environment variables are missing: set PINGONE_REGION or PINGONE_AUTH_URL, PINGONE_ENVIRONMENT_ID, PINGONE_CLIENT_ID, \
             PINGONE_CLIENT_SECRET, PINGONE_USER_ID\n",
        ),
        (&["--unheard-of"], "--unheard-of"),
    ] {
        let (code, stdout, stderr) = program(arguments, &[]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert!(stderr.contains(told), "{stderr}");
    }
}

#[test]
fn the_program_says_when_there_is_nobody_to_ask() {
    // Nothing listens on port 1.
    let (code, stdout, stderr) = program(&["--url", "http://127.0.0.1:1"], &[]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.starts_with("error: http://127.0.0.1:1/_emulator/ cannot be used: "), "{stderr}");

    let emulator = Emulator::start().unwrap();
    let mut variables = variables(&emulator);
    variables[3].1 = "hunter2".to_owned();
    let (code, _, stderr) = program(&["--tenant"], &variables);
    let told = "error: the client cannot get a token with CLIENT_SECRET_BASIC: 401 invalid_client\n";
    assert_eq!((code, stderr.as_str()), (Some(1), told));
}
