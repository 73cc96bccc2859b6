//! The emulator as a program, and plain HTTP to ask it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

use serde_json::Value;

use crate::{Failure, cargo};

/// A fresh emulator on a free port. It ends when it is dropped.
pub(crate) struct Emulator {
    child: Child,
    announced: Value,
}

impl Emulator {
    /// Builds and starts it, with these arguments.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self, Failure> {
        let package = ["--quiet", "--locked", "--package", "pingone-emulator"];
        cargo::cargo(&[&["build"], &package[..]].concat(), &[])?;
        let arguments = [&["run"], &package[..], &["--", "--port", "0"], arguments].concat();
        let child = cargo::command(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut emulator = Self { child, announced: Value::Null };
        let mut line = String::new();
        BufReader::new(emulator.child.stdout.as_mut().ok_or("the emulator has no stdout")?).read_line(&mut line)?;
        emulator.announced = serde_json::from_str(&line)?;
        Ok(emulator)
    }

    /// What its first line says under this name.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.announced[name].as_str().unwrap_or_default()
    }

    /// The address of this path in the environment.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}/{}{path}", self.text("auth_url"), self.text("environment_id"))
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The answer to a GET.
pub(crate) fn get(url: &str, authorization: &str) -> Result<Value, Failure> {
    read(agent().get(url).header("authorization", authorization).call()?)
}

/// The answer to a POST.
pub(crate) fn post(url: &str, authorization: &str, media_type: &str, body: &str) -> Result<Value, Failure> {
    let request = agent().post(url).header("authorization", authorization).header("content-type", media_type);
    read(request.send(body)?)
}

/// No proxy is asked on the way to this machine.
fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().proxy(None).build().new_agent()
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Result<Value, Failure> {
    Ok(serde_json::from_str(&response.body_mut().read_to_string()?)?)
}
