//! What libraries that know nothing of this project make of what the emulator takes and gives: passkeys and tokens.

use crate::{
    Failure, cargo,
    emulator::Emulator,
    python::{Environment, must},
};

/// Each is a program that takes the address of an emulator.
const PROGRAMS: [&str; 5] =
    ["tokens.py", "passkey.py", "fido2_client.py", "assertion_mutations.py", "registration_mutations.py"];

pub(crate) fn run() -> Result<(), Failure> {
    let libraries = cargo::root().join("crates/pingone-emulator/conformance/libraries");
    let python = Environment::with("webauthn", &libraries.join("requirements.txt"), &[])?;
    for program in PROGRAMS {
        println!("==> {program}");
        let emulator = Emulator::start(&[])?;
        // Nothing compiled is left beside the sources.
        must(python.command().arg("-B").arg(libraries.join(program)).arg(emulator.text("auth_url")))?;
    }
    Ok(())
}
