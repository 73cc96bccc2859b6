//! Running cargo, in the project's folder.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::Failure;

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Runs cargo with these arguments and variables.
pub(crate) fn cargo(arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), Failure> {
    let status = command(arguments).envs(variables.iter().copied()).status()?;
    if status.success() { Ok(()) } else { Err(format!("`cargo {}` failed", arguments.join(" ")).into()) }
}

/// What cargo prints.
pub(crate) fn output(arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = command(arguments).output()?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!("`cargo {}` failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)).into())
}

/// cargo with these arguments, not running yet.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(arguments).current_dir(root());
    command
}
