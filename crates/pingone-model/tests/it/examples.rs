//! The examples, which are tools for bodies from elsewhere.

use std::{
    env,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::fixtures;

/// Runs an example, which `cargo test` has built beside this test.
fn run(example: &str, arguments: &[&str], input: &str) -> Output {
    let this = env::current_exe().unwrap();
    let mut path = this.parent().unwrap().parent().unwrap().join("examples").join(example);
    path.set_extension(env::consts::EXE_EXTENSION);
    assert!(path.exists(), "`cargo test -p pingone-model` builds {}", path.display());
    let mut child = Command::new(path)
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may have ended without reading.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    child.wait_with_output().unwrap()
}

#[test]
fn read_reply_tells_what_a_reply_is() {
    let input = r#"{"id":"a","status":"NEW","_embedded":{"devices":[7,{"id":"d","type":"X","z":1}]}}"#;
    let output = run("read_reply", &["--json"], input);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "{\"status\":\"NEW\",\"next\":\"unknown\",\"devices\":[{\"id\":\"d\",\"type\":\"X\"}],\
         \"unknown\":[\"/_embedded/devices/0\",\"/_embedded/devices/1/z\"]}\n"
    );
    let output = run("read_reply", &["replies/device_authentication.cancel.json"], "");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("next step  device_selection") && text.matches("\ndevice ").count() == 5, "{text}");
    assert!(!text.contains("unknown"), "{text}");
}

#[test]
fn read_reply_fails_for_what_is_no_json() {
    for input in ["", "<html>"] {
        let output = run("read_reply", &["--json"], input);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: "));
    }
}

#[test]
fn each_says_how_to_use_it() {
    for (example, options) in [("read_reply", &["--json"][..]), ("roundtrip", &["--as NAME", "--list", "--error"])] {
        for help in ["--help", "-h"] {
            let output = run(example, &[help], "");
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(output.status.success() && text.starts_with(&format!("usage: {example} ")), "{text}");
            assert!(options.iter().all(|option| text.contains(&format!("\n  {option} "))), "{text}");
        }
    }
}

/// How a documented reply is told to `roundtrip`.
fn arguments_of(reply: &str) -> Vec<&str> {
    let (resource, operation) = reply.split_once('.').unwrap();
    let mut arguments = vec!["--as", resource];
    if operation.split('.').next() == Some("list") {
        arguments.push("--list");
    }
    arguments
}

#[test]
fn roundtrip_finds_every_documented_body_lossless() {
    for (name, _) in fixtures::all("replies") {
        let file = format!("replies/{name}.json");
        let output = run("roundtrip", &[&*arguments_of(&name), &[&file]].concat(), "");
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), text), (Some(0), format!("{file}: lossless\n")));
    }
    let output = run("roundtrip", &["replies/device_authentication.cancel.json"], "");
    assert_eq!(output.stdout, b"replies/device_authentication.cancel.json: lossless\n");
    let output = run("roundtrip", &["--error", "errors/invalid_otp.400.json"], "");
    assert_eq!(output.stdout, b"errors/invalid_otp.400.json: lossless\n");
}

#[test]
fn roundtrip_says_what_is_wrong_with_its_arguments() {
    for (arguments, problem) in [
        (&["--as"][..], "--as lacks its NAME"),
        (&["--as", "user"], "no FILE is given"),
        (&["--as", "users", "a.json"], "no resource is called users"),
        (&["--as", "mfa_enabled", "--list", "a.json"], "mfa_enabled has no list"),
        (&["--list", "a.json"], "device_authentication has no list"),
        (&["--error", "--list", "a.json"], "--error stands alone"),
        (&["--lists", "a.json"], "no option is called --lists"),
    ] {
        let output = run("roundtrip", arguments, "");
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), text.lines().next()), (Some(2), Some(&*format!("error: {problem}"))));
        assert!(text.contains("NAME is one of device_authentication, authentication_code, user"), "{text}");
    }
}

#[test]
fn roundtrip_fails_for_what_is_no_reply() {
    // An error body has no status.
    let output = run("roundtrip", &["errors/invalid_otp.400.json"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("missing field `status`"));
    // A page is no user, and a user no page.
    for arguments in
        [&["--as", "user", "replies/user.list.page_1.json"][..], &["--as", "user", "--list", "replies/user.read.json"]]
    {
        let output = run("roundtrip", arguments, "");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
        assert!(!output.stderr.is_empty());
    }
}
