//! Variables belong to a process, so this test runs others of this binary in one of their own.

use std::{env, process::Command};

use super::faulty::Fault;

const DEAD: &str = "http://127.0.0.1:1";

/// Runs a test with variables that name a proxy, and says whether it passed, and what it printed.
fn beside_a_proxy(test: &str) -> (bool, String) {
    let mut command = Command::new(env::current_exe().unwrap());
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, DEAD);
    }
    command.env_remove("NO_PROXY").env_remove("no_proxy").args([test, "--exact", "--nocapture"]);
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn ours_call_loopback_directly() {
    for test in ["ours::reqwest_keeps_the_contract", "ours::ureq_keeps_the_contract"] {
        let (is_kept, text) = beside_a_proxy(test);
        assert!(is_kept && text.contains("1 passed"), "{text}");
    }
}

#[test]
fn a_proxy_of_the_variables_is_named() {
    let (is_kept, text) = beside_a_proxy("proxies::a_transport_that_reads_the_variables_passes_without_any");
    assert!(!is_kept && text.contains("\n- use no proxy to loopback: a service that answers: "), "{text}");
    assert!(!text.contains("proxies were not tested"), "{text}");
}

#[test]
fn a_transport_that_reads_the_variables_passes_without_any() {
    let report = super::faults::report(Some(Fault::AsksTheVariables));
    report.assert_kept();
    assert!(!report.knows_proxies() && report.to_string().ends_with("no environment variable names one)"), "{report}");
}
