//! The examples, which are tools for bodies from elsewhere.

use std::{
    env,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

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
fn roundtrip_finds_every_documented_body_lossless() {
    let output = run("roundtrip", &["replies/device_authentication.cancel.json"], "");
    assert_eq!(output.stdout, b"replies/device_authentication.cancel.json: lossless\n");
    let output = run("roundtrip", &["--error", "errors/invalid_otp.400.json"], "");
    assert_eq!(output.stdout, b"errors/invalid_otp.400.json: lossless\n");
}

#[test]
fn roundtrip_fails_for_what_is_no_reply() {
    // An error body has no status.
    let output = run("roundtrip", &["errors/invalid_otp.400.json"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("missing field `status`"));
}
