//! Clients that others would write, held against the emulator: the list in Python and in curl, and *cancel* in the
//! plainest way of each language; the log-ins that the guide prints; and an authenticator app.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

use crate::{
    Failure, authenticator_app, cargo,
    emulator::{Emulator, get, post},
    printed::{self, Printed},
};

/// What runs programs of a language: its name, how it is asked whether it is there, and how it runs a file.
struct Interpreter {
    name: &'static str,
    probe: &'static [&'static str],
    run: &'static [&'static str],
}

const SHELL: Interpreter = Interpreter { name: "curl", probe: &["curl", "--version"], run: &["sh"] };
const PYTHON: Interpreter = Interpreter { name: "python3", probe: &["python3", "--version"], run: &["python3"] };
const REQUESTS: Interpreter =
    Interpreter { name: "python3 with requests", probe: &["python3", "-c", "import requests"], run: &["python3"] };
const NODE: Interpreter = Interpreter { name: "node", probe: &["node", "--version"], run: &["node"] };
const RUBY: Interpreter = Interpreter { name: "ruby", probe: &["ruby", "--version"], run: &["ruby"] };
const PHP: Interpreter = Interpreter { name: "php", probe: &["php", "--version"], run: &["php"] };
/// A page that was opened from a file is of an origin of its own.
const JQUERY: Interpreter = Interpreter {
    name: "chromium with jquery",
    probe: &["sh", "-c", "chromium --version && test -e /usr/share/javascript/jquery/jquery.min.js"],
    run: &[
        "sh",
        "-c",
        "chromium --headless --no-sandbox --disable-gpu --no-proxy-server --virtual-time-budget=20000 --dump-dom \
         \"file://$0?$1&$2&$3&$PINGONE_TOKEN&file:///usr/share/javascript/jquery/jquery.min.js\"",
    ],
};
const GO: Interpreter = Interpreter { name: "go", probe: &["go", "version"], run: &["go", "run"] };
const JAVA: Interpreter = Interpreter {
    name: "java with okhttp",
    probe: &["sh", "-c", "javac -version && test -e /usr/share/java/okhttp.jar && test -e /usr/share/java/okio.jar"],
    run: &["java", "--class-path", "/usr/share/java/okhttp.jar:/usr/share/java/okio.jar"],
};

const JQ: Interpreter =
    Interpreter { name: "curl with jq", probe: &["sh", "-c", "curl --version && jq --version"], run: &["sh"] };
const PLAIN_JAVA: Interpreter = Interpreter { name: "java", probe: &["javac", "-version"], run: &["java"] };

const OATHTOOL: Interpreter = Interpreter { name: "oathtool", probe: &["oathtool", "--version"], run: &["oathtool"] };

/// The whole list.
const LISTS: [(&str, Interpreter); 2] = [("client.py", PYTHON), ("client.sh", SHELL)];

/// Only *cancel*; and what the library adds to a media type without parameters.
const SAMPLES: [(&str, Interpreter, &str); 8] = [
    ("cancel.sh", SHELL, ""),
    ("cancel.py", REQUESTS, ""),
    ("cancel.mjs", NODE, ""),
    ("cancel.rb", RUBY, ""),
    ("cancel.php", PHP, ""),
    ("cancel.go", GO, ""),
    ("cancel.java", JAVA, "; charset=utf-8"),
    ("cancel.jquery.html", JQUERY, ""),
];

const MEDIA_TYPE: &str = "application/vnd.pingidentity.cancel.push.authentication+json";

/// The guide to the emulator.
const PRINTED: [(Printed, Interpreter); 3] =
    [(printed::CURL, JQ), (printed::PYTHON, PYTHON), (printed::JAVA, PLAIN_JAVA)];

/// How a sample is changed before it is run: what is replaced by what, and the media type that it sends then.
const VARIANTS: [(&str, [&str; 2], &str); 3] = [
    ("as it stands", [MEDIA_TYPE, MEDIA_TYPE], MEDIA_TYPE),
    (
        "with a charset",
        [MEDIA_TYPE, "application/vnd.pingidentity.cancel.push.authentication+json; charset=UTF-8"],
        "application/vnd.pingidentity.cancel.push.authentication+json; charset=UTF-8",
    ),
    ("with a header in lower case", ["Content-Type", "content-type"], MEDIA_TYPE),
];

pub(crate) fn run() -> Result<(), Failure> {
    let mut tally = Tally::default();
    let emulator = Emulator::start(&[])?;
    for (file, interpreter) in &LISTS {
        if tally.has(interpreter) {
            tally.count(file, list(&emulator, interpreter, file));
        }
    }
    for (program, interpreter) in &PRINTED {
        if tally.has(interpreter) {
            tally.count(&format!("the guide, {}", interpreter.name), program.run(interpreter.run));
        }
    }
    // Only what is documented shall do; and a phone whose pushes are cancelled all the time shall not be locked.
    let emulator = Emulator::start(&["--strict", "--without-rule", "cancelled-push-counts"])?;
    for (file, interpreter, added) in &SAMPLES {
        if tally.has(interpreter) {
            for (how, replaced, media_type) in &VARIANTS {
                let added = if media_type.contains(';') { "" } else { added };
                let result = sample(&emulator, interpreter, file, replaced, &format!("{media_type}{added}"));
                tally.count(&format!("{file} {how}"), result);
            }
        }
    }
    if tally.has(&OATHTOOL) {
        for client in ["async", "blocking"] {
            tally.count(&format!("oathtool, the {client} client"), authenticator_app::run(client, OATHTOOL.run));
        }
    }
    tally.finish()
}

/// What has gone well, what has not, and what is not there to be tried.
#[derive(Default)]
struct Tally {
    passed: u32,
    failed: u32,
    absent: Vec<&'static str>,
}

impl Tally {
    fn has(&mut self, interpreter: &Interpreter) -> bool {
        let is_there = command(interpreter.probe).output().is_ok_and(|output| output.status.success());
        if !is_there && !self.absent.contains(&interpreter.name) {
            self.absent.push(interpreter.name);
        }
        is_there
    }

    fn count(&mut self, what: &str, result: Result<String, Failure>) {
        match result {
            Ok(told) => {
                self.passed += 1;
                println!("ok      {what}: {told}");
            }
            Err(error) => {
                self.failed += 1;
                println!("FAILED  {what}: {error}");
            }
        }
    }

    fn finish(self) -> Result<(), Failure> {
        for name in &self.absent {
            println!("absent: {name}");
        }
        println!("{} passed, {} failed, {} absent", self.passed, self.failed, self.absent.len());
        let is_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
        match (self.failed, self.absent.is_empty()) {
            (0, true) => Ok(()),
            (0, false) if !is_ci => Ok(()),
            (0, false) => Err(format!("in CI everything has to be there: {} is not", self.absent.join(", ")).into()),
            (failed, _) => Err(format!("{failed} of the clients failed").into()),
        }
    }
}

fn folder() -> PathBuf {
    cargo::root().join("crates/pingone-emulator/conformance")
}

/// Has a client go through the whole list; returns its last line.
fn list(emulator: &Emulator, interpreter: &Interpreter, file: &str) -> Result<String, Failure> {
    let output = command(interpreter.run).arg(folder().join(file)).arg(emulator.text("auth_url")).output()?;
    let told = stdout(&output)?;
    Ok(told.lines().last().unwrap_or_default().to_owned())
}

/// Has a sample take back a push, and looks at what it has sent and what has come of it; returns the status.
fn sample(
    emulator: &Emulator,
    interpreter: &Interpreter,
    file: &str,
    [old, new]: &[&str; 2],
    media_type: &str,
) -> Result<String, Failure> {
    let text = fs::read_to_string(folder().join("samples").join(file))?;
    if !text.contains(old) {
        return Err(format!("{old} has to stand in it").into());
    }
    let copy = cargo::target()?.join("samples").join(file);
    fs::create_dir_all(copy.parent().unwrap_or(Path::new(".")))?;
    fs::write(&copy, text.replace(old, new))?;

    let issued = post(&format!("{}/tokens", emulator.text("control_url")), "", "", r#"{"kind":"WORKER"}"#)?;
    let token = issued["access_token"].as_str().ok_or("there is no token")?;
    let authorization = format!("Bearer {token}");
    let user = json!({ "user": { "id": emulator.text("user_id") } });
    let begun =
        post(&emulator.address("/deviceAuthentications"), &authorization, "application/json", &user.to_string())?;
    let id = begun["id"].as_str().ok_or("no authentication was begun")?;

    let output = command(interpreter.run)
        .arg(&copy)
        .args([emulator.text("auth_url"), emulator.text("environment_id"), id])
        .env("PINGONE_TOKEN", token)
        .output()?;
    let told = stdout(&output)?;

    let path = format!("/{}/deviceAuthentications/{id}", emulator.text("environment_id"));
    let sent = get(&format!("{}/journal", emulator.text("control_url")), "")?;
    let sent = sent["requests"].as_array().into_iter().flatten().filter(|request| request["path"] == path.as_str());
    // A browser asks first whether it may.
    let sent = sent.filter(|request| request["method"] != "OPTIONS");
    let expected = json!({
        "method": "POST", "path": path, "contentType": media_type, "status": 200, "operation": "device_authentication.cancel", "fault": null,
    });
    let sent: Vec<&Value> = sent.collect();
    let is_expected =
        |request: &&Value| expected.as_object().into_iter().flatten().all(|(name, value)| request[name] == *value);
    if sent.len() != 1 || !sent.iter().all(is_expected) {
        return Err(format!("it should have sent {expected}, and has sent {sent:?}").into());
    }
    let read = get(&emulator.address(&format!("/deviceAuthentications/{id}")), &authorization)?;
    let status = read["status"].as_str().unwrap_or_default();
    match status == "DEVICE_SELECTION_REQUIRED" && told.contains(status) {
        true => Ok(status.to_owned()),
        false => Err(format!("it says {told:?}, and the status is {status}").into()),
    }
}

/// A program that asks no proxy on the way to this machine.
pub(crate) fn command(words: &[&str]) -> Command {
    let (program, arguments) = words.split_first().unwrap_or((&"", &[]));
    let mut command = Command::new(program);
    command.args(arguments);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn stdout(output: &Output) -> Result<String, Failure> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(format!("{}\n{}\n{}", output.status, text(&output.stdout), text(&output.stderr)).into()),
    }
}
