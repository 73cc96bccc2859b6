//! The table of rules: each is held by a test, and the code names it.

use std::{collections::BTreeSet, process::Command};

use http::Method;
use pingone_emulator::{Data, Standing, User, rules};
use serde_json::{Value, json};

use crate::{household, support::Caller};

#[test]
fn every_rule_names_a_test_that_exists() {
    let list = Command::new(std::env::current_exe().unwrap()).args(["--list", "--format", "terse"]).output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    let tests: BTreeSet<&str> = list.lines().filter_map(|line| line.strip_suffix(": test")).collect();
    for rule in rules() {
        assert!(tests.contains(rule.test()), "{} is held by {}, which does not exist", rule.name(), rule.test());
    }
}

#[test]
fn every_rule_is_said_well() {
    let names: BTreeSet<&str> = rules().map(|rule| rule.name()).collect();
    assert_eq!(names.len(), rules().count(), "no name comes twice");
    for rule in rules() {
        assert!(rule.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        assert!(rule.rule().ends_with('.') && rule.rule().len() < 120, "{}", rule.name());
        let is_page = rule.source().starts_with("https://");
        assert_eq!(is_page, rule.standing() == Standing::Documented, "{}", rule.name());
    }
}

/// A standing says how far a rule can be relied on. These were once higher or lower than their ground, or cited another
/// page.
#[test]
fn what_is_not_on_a_page_does_not_stand_as_documented() {
    for (name, standing) in [
        ("text-is-text", "inferred"),
        ("token-request-is-a-form", "inferred"),
        ("method-not-allowed-is-405", "documented"),
        ("initialize-is-201", "seen"),
        ("number-matching", "seen"),
        ("unknown-media-type-is-415", "inferred"),
        ("origin-of-relying-party", "documented"),
        ("correlation-id", "documented"),
        ("error-id-is-correlation-id", "inferred"),
        ("media-type-parameters", "seen"),
        ("body-is-an-object", "inferred"),
        ("oauth-error-names-answer", "documented"),
        ("device-of-somebody-else", "inferred"),
        ("locked-account-is-kept-out", "documented"),
        ("one-time-is-masked", "seen"),
        ("select-device-while-open", "seen"),
        ("pairing-code-is-sent", "inferred"),
        ("drift-of-100-windows", "assumed"),
        ("code-of-application", "inferred"),
        ("totp-grace", "seen"),
        ("code-length", "seen"),
        ("session-of-browser", "inferred"),
        ("mobile-payload", "inferred"),
        ("nothing-is-cached", "inferred"),
    ] {
        let rule = rules().find(|rule| rule.name() == name).unwrap();
        assert_eq!(rule.standing().as_str(), standing, "{name}");
    }
    for rule in rules().filter(|rule| rule.standing() == Standing::Inferred) {
        assert!(!rule.is_switchable(), "{}: what may be otherwise is assumed", rule.name());
    }
}

#[test]
fn the_code_names_every_rule() {
    let mut code = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if path.ends_with("rules") => {}
                true => folders.push(path),
                false => code += &std::fs::read_to_string(path).unwrap(),
            }
        }
    }
    for rule in rules() {
        let constant = rule.name().to_uppercase().replace('-', "_");
        assert!(
            code.contains(&format!("Rule: {constant}.")) || code.contains(&format!("rules::{constant}")),
            "{constant}"
        );
    }
}

#[test]
fn only_what_can_be_switched_is() {
    let caller = Caller::new();
    for name in ["unheard-of", "token-is-required", ""] {
        let error = caller.service.switch_off(name).unwrap_err();
        assert_eq!(error.to_string(), format!("no rule that can be switched is called {name:?}"));
        assert!(Data::built_in().without_rule(name).is_err());
    }
    let data = Data::built_in().without_rule("unknown-user-is-404").unwrap();
    assert_eq!(Caller::of(data).initialize(json!({ "user": { "id": "nobody" } })).status, 400);
}

#[test]
fn a_rule_that_was_switched_off_is_in_the_list() {
    let caller = Caller::of(Data::new("e", "p").client(household::client()).user(User::new("u")));
    caller.service.switch_off("expired-is-404").unwrap();
    let listed = caller.send_to(Method::GET, "/_emulator/rules", None, b"").body["rules"].clone();
    let off: Vec<&Value> = listed.as_array().unwrap().iter().filter(|rule| rule["holds"] == false).collect();
    assert_eq!((off.len(), &off[0]["name"]), (1, &json!("expired-is-404")));
    assert_eq!(listed.as_array().unwrap().len(), rules().count());
}
