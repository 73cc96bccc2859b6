//! Running cargo, in the project's folder.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::Failure;

/// The project's folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where cargo puts what it builds, whatever its configuration and `CARGO_TARGET_DIR` say.
pub(crate) fn target() -> Result<PathBuf, Failure> {
    let folder = metadata()?["target_directory"].as_str().map(PathBuf::from);
    folder.ok_or_else(|| "cargo metadata names no target directory".into())
}

/// What cargo knows of the project's own packages.
pub(crate) fn metadata() -> Result<Value, Failure> {
    Ok(serde_json::from_slice(&output(&["metadata", "--no-deps", "--format-version", "1"])?)?)
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> Result<&str, Failure> {
    path.to_str().ok_or_else(|| "the project's path is no UTF-8".into())
}

/// Runs cargo with these arguments and variables.
pub(crate) fn cargo(arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), Failure> {
    let status = command(arguments).envs(variables.iter().copied()).status()?;
    if status.success() { Ok(()) } else { Err(format!("`cargo {}` failed", arguments.join(" ")).into()) }
}

/// What cargo prints.
fn output(arguments: &[&str]) -> Result<Vec<u8>, Failure> {
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
