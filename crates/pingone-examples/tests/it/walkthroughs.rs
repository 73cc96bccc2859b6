//! The examples that tell what travels.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use pingone_emulator::Emulator;

use crate::program::{example, variables};

const CANCEL: &str = "application/vnd.pingidentity.cancel.push.authentication+json";
const BOTH: [&str; 2] = ["change_device", "change_device_blocking"];

fn run(command: &mut Command, input: &str) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It may have ended without reading.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> &str {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::str::from_utf8(&output.stdout).unwrap()
}

fn assert_changes_the_device(text: &str) {
    let after =
        |text: &'static str, rest: &str| rest.split_once(text).unwrap_or_else(|| panic!("no {text}")).1.to_owned();
    let rest = after("PUSH_CONFIRMATION_REQUIRED", text);
    let rest = after(CANCEL, &rest);
    let rest = after("DEVICE_SELECTION_REQUIRED", &rest);
    after("COMPLETED", &rest);
}

#[test]
fn change_device_goes_through_on_the_emulator_that_it_starts() {
    for name in BOTH {
        assert_changes_the_device(stdout(&run(&mut example(name), "")));
    }
}

#[test]
fn bring_your_own_http_cancels_without_a_client_of_ours() {
    let output = run(&mut example("bring_your_own_http"), "");
    let text = stdout(&output);
    assert!(text.contains(CANCEL) && text.contains("Now at DEVICE_SELECTION_REQUIRED, with 5 devices"), "{text}");
}

#[test]
fn change_device_goes_through_on_a_running_emulator() {
    const CODE: &str = "012345";
    let emulator = Emulator::builder().code(CODE).start().unwrap();
    let service = emulator.service();
    for name in BOTH {
        let output = run(example(name).envs(variables(&emulator)), &format!("{CODE}\n"));
        let text = stdout(&output);
        assert_changes_the_device(text);
        for secret in [CODE, service.client_secret(), "Bearer", "Basic"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
    let journal = service.journal();
    let cancels = journal.iter().filter(|entry| entry.content_type() == Some(CANCEL));
    assert_eq!(cancels.map(|entry| entry.status()).collect::<Vec<_>>(), [200, 200]);
}

#[test]
fn a_partial_set_of_variables_is_an_error_that_names_what_is_missing() {
    for name in BOTH.into_iter().chain(["bring_your_own_http"]) {
        let output = run(example(name).envs([("PINGONE_REGION", "EU"), ("PINGONE_USER_ID", "u-1")]), "");
        assert!(!output.status.success());
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(text.contains("PINGONE_ENVIRONMENT_ID, PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET"), "{text}");
    }
}

#[test]
fn own_transport_keeps_the_contract_beside_a_proxy_and_sends_a_push() {
    const DEAD: &str = "http://127.0.0.1:1";
    let proxied = [("HTTP_PROXY", DEAD), ("http_proxy", DEAD), ("ALL_PROXY", DEAD), ("all_proxy", DEAD)];
    for variables in [&proxied[..], &[]] {
        let mut command = example("own_transport");
        for name in proxied.iter().map(|(name, _)| *name).chain(["NO_PROXY", "no_proxy"]) {
            command.env_remove(name);
        }
        let output = run(command.envs(variables.iter().copied()), "");
        let text = stdout(&output);
        assert!(
            text.contains("the transport keeps the contract") && text.contains("PUSH_CONFIRMATION_REQUIRED"),
            "{text}"
        );
        assert_eq!(text.contains("proxies were not tested"), variables.is_empty(), "{text}");
    }
}

#[test]
fn own_transport_names_what_the_library_does_as_it_comes() {
    let output = run(example("own_transport").arg("as-it-comes").env("NO_PROXY", "*"), "");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success(), "{text}");
    for rule in [
        "follow no redirect",
        "end within the time limit",
        "read no more than the size limit",
        "never pass part of a body off as the whole",
        "report `not_sent` for what was not sent",
    ] {
        assert!(text.contains(&format!("\n- {rule}")), "{rule} is not in {text}");
    }
}
