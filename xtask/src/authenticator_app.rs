//! An authenticator app that is not ours: it computes the codes of a secret that the SDK has enrolled.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Stdio},
};

use crate::{
    Failure, cargo,
    emulator::{Emulator, get, post},
    samples::{command, stdout},
};

/// Has a client enrol an app and log in with it; `app` is how it is run. Returns the status at the end.
pub(crate) fn run(client: &str, app: &[&str]) -> Result<String, Failure> {
    let emulator = Emulator::start(&[])?;
    tell(&emulator, r#"{"running":false}"#)?;
    let mut program = Program::start(client, &emulator)?;
    let secret = program.line()?;

    program.enter(&code(app, &secret, &emulator)?)?;
    expect("ACTIVE", &program.line()?)?;
    // A code works once.
    tell(&emulator, r#"{"advance":30}"#)?;
    program.enter(&code(app, &secret, &emulator)?)?;
    let status = program.line()?;
    expect("COMPLETED", &status)?;
    Ok(status)
}

/// What the app shows by the emulator's clock.
fn code(app: &[&str], secret: &str, emulator: &Emulator) -> Result<String, Failure> {
    let clock = get(&format!("{}/clock", emulator.text("control_url")), "")?;
    let now = clock["now"].as_str().and_then(|now| now.get(..19)).ok_or("the emulator has no clock")?;
    let now = format!("--now={} UTC", now.replace('T', " "));
    stdout(&command(app).args(["--totp", "--base32", &now, secret]).output()?)
}

fn tell(emulator: &Emulator, clock: &str) -> Result<(), Failure> {
    post(&format!("{}/clock", emulator.text("control_url")), "", "application/json", clock).map(drop)
}

fn expect(expected: &str, seen: &str) -> Result<(), Failure> {
    if expected == seen { Ok(()) } else { Err(format!("expected {expected}, and seen {seen}").into()) }
}

/// The program that calls the SDK. It ends when it is dropped.
struct Program {
    child: Child,
}

impl Program {
    fn start(client: &str, emulator: &Emulator) -> Result<Self, Failure> {
        let run = ["run", "--quiet", "--locked", "--package", "pingone-tests", "--bin", "authenticator_app", "--"];
        let mut command = cargo::command(&[&run[..], &[client, emulator.text("user_id")]].concat());
        for name in ["PINGONE_REGION", "PINGONE_CUSTOM_DOMAIN"] {
            command.env_remove(name);
        }
        let variables = [
            ("PINGONE_AUTH_URL", "auth_url"),
            ("PINGONE_ENVIRONMENT_ID", "environment_id"),
            ("PINGONE_CLIENT_ID", "client_id"),
            ("PINGONE_CLIENT_SECRET", "client_secret"),
        ];
        command.envs(variables.map(|(name, member)| (name, emulator.text(member))));
        Ok(Self { child: command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()? })
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        // It says nothing more before it is answered, so that nothing is read ahead.
        BufReader::new(self.child.stdout.as_mut().ok_or("it has no stdout")?).read_line(&mut line)?;
        if line.is_empty() { Err("the program has ended".into()) } else { Ok(line.trim().to_owned()) }
    }

    fn enter(&mut self, code: &str) -> Result<(), Failure> {
        Ok(writeln!(self.child.stdin.as_mut().ok_or("it has no stdin")?, "{code}")?)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
