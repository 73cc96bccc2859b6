//! Where each example goes by which variables, as its first line says.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use crate::program::example;

const EXAMPLES: [&str; 8] = [
    "approve_then_run",
    "bring_your_own_http",
    "change_device",
    "change_device_blocking",
    "enrol",
    "enrol_blocking",
    "login_service",
    "own_transport",
];

const WHO: [(&str, &str); 6] = [
    ("PINGONE_ENVIRONMENT_ID", "e-1"),
    ("PINGONE_CLIENT_ID", "c-1"),
    ("PINGONE_CLIENT_SECRET", "hunter2"),
    ("PINGONE_USER_ID", "u-1"),
    ("PINGONE_USERNAME", "ada"),
    ("PINGONE_EMAIL", "ada@example.com"),
];

/// The first line on stderr, with these variables. Nobody is called: the proxy is a place where nobody listens.
fn first_line(name: &str, variables: &[(&str, &str)]) -> String {
    let mut command = example(name);
    let dead = "http://127.0.0.1:1";
    command.envs([("HTTPS_PROXY", dead), ("https_proxy", dead)]).env_remove("NO_PROXY").env_remove("no_proxy");
    command.envs(WHO).envs(variables.iter().copied());
    if name == "approve_then_run" {
        command.args(["--", "echo", "done"]);
    }
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    line.trim_end().to_owned()
}

#[test]
fn a_region_a_custom_domain_and_a_base_are_where_each_example_goes() {
    let rows: [(&[(&str, &str)], &str); 3] = [
        (&[("PINGONE_REGION", "eu")], "https://auth.pingone.eu and https://api.pingone.eu"),
        (
            &[("PINGONE_REGION", "CA"), ("PINGONE_CUSTOM_DOMAIN", "login.example.com")],
            "https://login.example.com and https://api.pingone.ca",
        ),
        (&[("PINGONE_AUTH_URL", "https://gateway.example.com/p")], "https://gateway.example.com/p"),
    ];
    for name in EXAMPLES {
        for (variables, place) in rows {
            let expected = format!("PingOne: environment e-1 at {place} (as the variables say).");
            assert_eq!(first_line(name, variables), expected, "{name}");
        }
    }
}

#[test]
fn each_example_names_a_wrong_setting() {
    let rows: [(&[(&str, &str)], &str); 6] = [
        (&[], "PINGONE_REGION or PINGONE_AUTH_URL"),
        (&[("PINGONE_REGION", "XX")], "PINGONE_REGION is unknown"),
        (
            &[("PINGONE_REGION", "EU"), ("PINGONE_AUTH_URL", "http://127.0.0.1:1")],
            "PINGONE_REGION and PINGONE_AUTH_URL",
        ),
        (&[("PINGONE_REGION", "EU"), ("PINGONE_CUSTOM_DOMAIN", "a/b")], "PINGONE_CUSTOM_DOMAIN is not a host name"),
        (&[("PINGONE_AUTH_URL", "http://login.example.com")], "PINGONE_AUTH_URL is not https"),
        (
            &[("PINGONE_AUTH_URL", "https://auth.pingone.eu")],
            "PINGONE_AUTH_URL is PingOne's own host: set PINGONE_REGION instead",
        ),
    ];
    for name in EXAMPLES {
        let nobody = [("PINGONE_REGION", "EU"), ("PINGONE_USER_ID", ""), ("PINGONE_USERNAME", "")];
        let whom = if name.starts_with("enrol") { "set PINGONE_USERNAME and" } else { "PINGONE_USER_ID is missing" };
        for (variables, expected) in rows.into_iter().chain([(&nobody[..], whom)]) {
            let line = first_line(name, variables);
            assert!(line.contains(expected) && !line.contains("hunter2"), "{name}: {expected} is not in {line}");
        }
    }
}
