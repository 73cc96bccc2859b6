//! The log-ins that `docs/emulator.md` prints, run as they stand there.

use std::{env, fs, path::PathBuf};

use crate::{
    Failure, cargo,
    samples::{command, stdout},
};

/// A program of the guide.
pub(crate) struct Printed {
    /// The headings below which its parts stand, each the first block of its language there.
    pub(crate) headings: &'static [&'static str],
    pub(crate) language: &'static str,
    /// What it is called where it is run.
    pub(crate) file: &'static str,
    /// What it says. What says nothing fails by its exit code.
    pub(crate) says: &'static str,
}

pub(crate) const CURL: Printed = Printed {
    headings: &["### curl", "## Enrolment"],
    language: "sh",
    file: "log_in.sh",
    says: "OTP_REQUIRED\nCOMPLETED\nACTIVE",
};
pub(crate) const PYTHON: Printed =
    Printed { headings: &["### Python"], language: "python", file: "log_in.py", says: "" };
pub(crate) const JAVA: Printed =
    Printed { headings: &["### Java"], language: "java", file: "LogIn.java", says: "logged in" };

impl Printed {
    /// Runs it, with the emulator where it is found by its name.
    pub(crate) fn run(&self, interpreter: &[&str]) -> Result<String, Failure> {
        let target = cargo::target()?;
        let folder = target.join("samples");
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(self.file), self.text()?)?;

        let path = env::var_os("PATH").unwrap_or_default();
        let places = [target.join("debug")].into_iter().chain(env::split_paths(&path));
        let path = env::join_paths(places.collect::<Vec<PathBuf>>())?;
        let told = stdout(&command(interpreter).arg(self.file).current_dir(folder).env("PATH", path).output()?)?;
        match told == self.says {
            true => Ok("as it stands".to_owned()),
            false => Err(format!("it should say {:?}, and says {told:?}", self.says).into()),
        }
    }

    fn text(&self) -> Result<String, Failure> {
        let guide = fs::read_to_string(cargo::root().join("docs/emulator.md"))?;
        let blocks = self.headings.iter().map(|heading| {
            let (_, section) = guide.split_once(&format!("\n{heading}\n"))?;
            let (_, block) = section.split_once(&format!("\n```{}\n", self.language))?;
            Some(block.split_once("```\n")?.0)
        });
        let text: Option<String> = blocks.collect();
        text.ok_or_else(|| format!("docs/emulator.md lacks a block of {:?}", self.headings).into())
    }
}
