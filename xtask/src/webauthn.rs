//! What libraries that know nothing of this project make of what the emulator takes and gives: passkeys and tokens.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Failure, cargo, emulator::Emulator};

/// Each is a program that takes the address of an emulator.
const PROGRAMS: [&str; 3] = ["tokens.py", "passkey.py", "webauthn_mutations.py"];

pub(crate) fn run() -> Result<(), Failure> {
    let libraries = cargo::root().join("crates/pingone-emulator/conformance/libraries");
    let python = environment(&libraries.join("requirements.txt"))?;
    for program in PROGRAMS {
        println!("==> {program}");
        let emulator = Emulator::start(&[])?;
        must(Command::new(&python).arg(libraries.join(program)).arg(emulator.text("auth_url")))?;
    }
    Ok(())
}

/// A virtual environment with these packages, which stays; returns its interpreter.
fn environment(requirements: &Path) -> Result<PathBuf, Failure> {
    let folder = cargo::root().join("target/webauthn");
    let python = folder.join("bin/python");
    if !python.exists() {
        must(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    }
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    must(Command::new(&python).args(install).arg(requirements))?;
    Ok(python)
}

fn must(command: &mut Command) -> Result<(), Failure> {
    match command.status()? {
        status if status.success() => Ok(()),
        status => Err(format!("{}: {status}", command.get_program().to_string_lossy()).into()),
    }
}
