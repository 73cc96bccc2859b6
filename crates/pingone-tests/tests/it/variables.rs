//! The `PINGONE_*` variables say the same to the clients and to `pingone-emulator check --tenant`, which share no code.

use std::collections::{BTreeMap, BTreeSet};

use pingone_conformance::Tenant;
use pingone_model::Environment;

type Variables = BTreeMap<&'static str, &'static str>;

/// What each variable may say; what is empty is not set.
const VALUES: [(&str, &[&str]); 6] = [
    ("PINGONE_REGION", &["", "EU", "au", "XX"]),
    (
        "PINGONE_CUSTOM_DOMAIN",
        &["", "login.example.com", "https://login.example.com/", "auth.pingone.eu", "a_b", "1.2"],
    ),
    (
        "PINGONE_AUTH_URL",
        &[
            "",
            "http://127.0.0.1:8420/",
            "http://LOCALHOST",
            "http://[::1]:1",
            "https://gateway.example.com/p",
            "http://gateway.example.com",
            "https://auth.pingone.com",
            "https://user@gateway.example.com",
            "https://user@auth.pingone.com",
            "https://gateway.example.com:no",
            "https://gateway.example.com/?q",
            "https://gateway.example.com/e-1",
            "https://gateway.example.com/V1/",
            "https://gateway.example.com/a//b",
            "nowhere",
        ],
    ),
    ("PINGONE_ENVIRONMENT_ID", &["", "e-1", "e 1", ".."]),
    ("PINGONE_CLIENT_ID", &["", "c", "c\n"]),
    ("PINGONE_CLIENT_SECRET", &["", "s", "s "]),
];

fn settings() -> Vec<Variables> {
    VALUES.into_iter().fold(vec![Variables::new()], |settings, (name, values)| {
        let with = |setting: &Variables| {
            let setting = setting.clone();
            values.iter().map(move |value| setting.clone().into_iter().chain([(name, *value)]).collect())
        };
        settings.iter().flat_map(with).collect()
    })
}

/// The variables that an error names.
fn named(error: &impl ToString) -> BTreeSet<String> {
    let text = error.to_string();
    let words = text.split(|one: char| !one.is_ascii_alphabetic() && one != '_');
    words.filter(|word| word.starts_with("PINGONE_")).map(str::to_owned).collect()
}

fn base(environment: &Environment) -> String {
    environment.auth(&[]).unwrap().to_string().trim_end_matches('/').to_owned()
}

#[test]
fn clients_and_the_check_of_a_tenant_take_the_same_variables() {
    let (mut taken, mut refused) = (0, 0);
    for setting in settings() {
        let ours = pingone_blocking::Configuration::from_variables(|name| Some(Ok((*setting.get(name)?).to_owned())));
        let theirs = Tenant::from_variables(|name| Some(setting.get(name).unwrap_or(&"u-1").into()));
        match (ours, theirs) {
            (Ok(configuration), Ok(tenant)) => {
                assert_eq!(base(&configuration.environment), tenant.base(), "{setting:?}");
                taken += 1;
            }
            (Err(ours), Err(theirs)) => {
                assert_eq!(named(&ours), named(&theirs), "{setting:?}:\n{ours}\n{theirs}");
                refused += 1;
            }
            (ours, theirs) => panic!("{setting:?}:\n{ours:?}\n{theirs:?}"),
        }
    }
    assert!(taken >= 10 && refused > taken, "{taken} taken, {refused} refused");
}
