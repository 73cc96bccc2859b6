//! The program: its first line, its arguments, its end.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
};

use pingone_emulator::{Data, rules};
use serde_json::Value;

/// A running emulator and the object in its first line.
struct Program {
    child: Child,
    announced: Value,
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        Self { child, announced: serde_json::from_str(&line).unwrap() }
    }

    fn announced(&self, name: &str) -> &str {
        self.announced[name].as_str().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pingone-emulator"));
    command.args(arguments);
    command
}

fn fails(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = command(arguments).output().unwrap();
    assert!(stdout.is_empty());
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[test]
fn its_first_line_says_where_it_is_and_who_may_ask() {
    let program = Program::start(&["--port", "0"]);
    let members: Vec<&String> = program.announced.as_object().unwrap().keys().collect();
    assert_eq!(members, ["auth_url", "control_url", "environment_id", "client_id", "client_secret", "user_id"]);
    assert_eq!(program.announced("environment_id"), "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
    assert_eq!(program.announced("user_id"), "8f8a6354-6153-4430-964e-e10d4e5deed3");

    let address = program.announced("auth_url").strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let path = &program.announced("control_url")[program.announced("auth_url").len()..];
    write!(stream, "GET {path}/journal HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    assert!(reply.ends_with(r#"{"requests":[]}"#), "{reply}");
}

#[test]
fn reads_its_data_from_a_file() {
    let file = std::env::temp_dir().join(format!("pingone-emulator-{}.json", std::process::id()));
    fs::write(&file, Data::BUILT_IN_JSON.replace("8f8a6354-6153-4430-964e-e10d4e5deed3", "my-user")).unwrap();
    let program = Program::start(&["--port", "0", "--code", "123456", "--data", file.to_str().unwrap()]);
    assert_eq!(program.announced("user_id"), "my-user");
    fs::write(&file, "{\"environment\": {\"id\": \"e\"}}").unwrap();
    let expected = format!("error: {}: policy: is missing; add it\n", file.display());
    assert_eq!(fails(&["--data", file.to_str().unwrap()]), (Some(2), expected));
    fs::remove_file(&file).unwrap();
    let (status, message) = fails(&["--data", file.to_str().unwrap()]);
    assert_eq!((status, message.lines().count()), (Some(2), 1), "{message}");
}

#[test]
fn reads_toml_too() {
    let file = std::env::temp_dir().join(format!("pingone-emulator-{}.toml", std::process::id()));
    let data = r#"
        withoutRules = ["unknown-user-is-404"]
        users = [{ id = "my-user", devices = [{ id = "my-phone", type = "MOBILE" }] }]

        [environment]
        id = "my-environment"

        [policy]
        id = "my-policy"
        mobile = { applications = [{ id = "my-app", pushTimeout = { duration = 60, timeUnit = "SECONDS" } }] }

        [[clients]]
        client_id = "my-client"
        client_secret = "my-secret"
        token_endpoint_auth_method = "CLIENT_SECRET_POST"
    "#;
    fs::write(&file, data).unwrap();
    let program = Program::start(&["serve", "--port", "0", "--data", file.to_str().unwrap()]);
    assert_eq!((program.announced("environment_id"), program.announced("user_id")), ("my-environment", "my-user"));
    fs::write(&file, data.replace("unknown-user", "unheard-of")).unwrap();
    let (status, message) = fails(&["--data", file.to_str().unwrap()]);
    fs::remove_file(&file).unwrap();
    assert_eq!(status, Some(2));
    assert!(message.contains("withoutRules: no rule that can be switched is called"), "{message}");
}

#[test]
fn prints_every_rule() {
    let Output { status, stdout, .. } = command(&["rules", "--json"]).output().unwrap();
    assert!(status.success());
    let printed: Value = serde_json::from_slice(&stdout).unwrap();
    let printed = printed.as_array().unwrap();
    assert_eq!(printed.len(), rules().count());
    assert!(printed.len() >= 40);
    for (rule, known) in printed.iter().zip(rules()) {
        for (name, text) in
            [("name", known.name()), ("rule", known.rule()), ("source", known.source()), ("test", known.test())]
        {
            assert_eq!(rule[name], text);
        }
        assert_eq!(
            (&rule["standing"], &rule["switchable"]),
            (&known.standing().as_str().into(), &known.is_switchable().into())
        );
    }
    let text = String::from_utf8(command(&["rules"]).output().unwrap().stdout).unwrap();
    assert_eq!(text.matches("    source: ").count(), rules().count());
}

#[test]
fn a_rule_can_be_switched_off_by_an_argument() {
    drop(Program::start(&["--port", "0", "--without-rule", "null-is-absent", "--without-rule", "expired-is-404"]));
    let (status, message) = fails(&["--without-rule", "unheard-of"]);
    assert_eq!((status, message.as_str()), (Some(2), "error: no rule that can be switched is called \"unheard-of\"\n"));
}

#[cfg(feature = "tls")]
#[test]
fn tells_which_authority_to_trust() {
    let program = Program::start(&["serve", "--port", "0", "--tls"]);
    assert!(program.announced("auth_url").starts_with("https://127.0.0.1:"));
    assert!(program.announced("ca_certificate").starts_with("-----BEGIN CERTIFICATE-----"));
}

#[test]
fn explains_itself() {
    let help = String::from_utf8(command(&["--help"]).output().unwrap().stdout).unwrap();
    for word in ["serve", "rules", "--port", "--data", "--without-rule", "--allow-remote-control", "stdout"] {
        assert!(help.contains(word), "{word}: {help}");
    }
}

#[test]
fn refuses_bad_arguments() {
    for code in ["12345", "12345678901", "12345a", ""] {
        let (status, message) = fails(&["--code", code]);
        assert_eq!(status, Some(2));
        assert!(message.contains("must have 6 to 10 digits"), "{message}");
    }
    assert_eq!(fails(&["--port", "65536"]).0, Some(2));
    assert_eq!(fails(&["--unheard-of"]).0, Some(2));
}

#[test]
fn says_when_the_port_is_taken() {
    let program = Program::start(&["--port", "0"]);
    let port = program.announced("auth_url").rsplit(':').next().unwrap();
    let (status, message) = fails(&["--port", port]);
    assert_eq!(status, Some(1));
    assert!(message.starts_with(&format!("error: cannot listen on port {port}: ")), "{message}");
    assert_eq!(message.lines().count(), 1, "{message}");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_in_good_order() {
    for signal in ["-INT", "-TERM"] {
        let mut program = Program::start(&["--port", "0"]);
        let pid = program.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        assert_eq!(program.child.wait().unwrap().code(), Some(0), "{signal}");
    }
}
