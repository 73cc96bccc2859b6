//! Packages of Python, in environments of their own.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{Failure, cargo};

/// A virtual environment that stays.
pub(crate) struct Environment(PathBuf);

impl Environment {
    /// The one of this name, with the packages that the file requires. `options` are pip's.
    pub(crate) fn with(name: &str, requirements: &Path, options: &[&str]) -> Result<Self, Failure> {
        let folder = cargo::target()?.join(name);
        let environment = Self(folder.clone());
        if !environment.python().exists() {
            must(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        }
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        must(environment.command().args(install).args(options).arg("--requirement").arg(requirements))?;
        Ok(environment)
    }

    fn python(&self) -> PathBuf {
        self.0.join("bin/python")
    }

    /// Its interpreter, not running yet.
    pub(crate) fn command(&self) -> Command {
        Command::new(self.python())
    }
}

pub(crate) fn must(command: &mut Command) -> Result<(), Failure> {
    match command.status()? {
        status if status.success() => Ok(()),
        status => Err(format!("{}: {status}", command.get_program().to_string_lossy()).into()),
    }
}
