//! The project's chores: `cargo xtask help` lists them.

mod authenticator_app;
mod cargo;
mod ci;
mod coverage;
mod emulator;
mod fixtures;
mod printed;
mod published;
mod python;
mod samples;
mod sizes;
mod webauthn;

use std::{path::PathBuf, process::ExitCode};

/// Why a chore did not go well.
type Failure = Box<dyn std::error::Error>;

const HELP: &str = "\
cargo xtask fixtures            rewrite every snapshot, and delete those that no test uses
cargo xtask fixtures --check    fail if that would change anything; write nothing
cargo xtask coverage            write docs/operations.md
cargo xtask coverage --check    fail if that would change it
cargo xtask samples             run clients in other languages against the emulator
cargo xtask webauthn            compare the emulator with Python libraries, in target/webauthn
cargo xtask browser             use the pages in headless Chromium; screenshots in target/browser
cargo xtask picture             retake the picture in the README, docs/images/log-in.png
cargo xtask bench               measure what the SDK costs next to floors and peers, and write the table and chart of
                                docs/performance.md; needs an idle machine
cargo xtask bench chart         redraw the chart from that table
cargo xtask sizes               print what each crate adds to builds and programs
cargo xtask published           package each crate, and check what a user of it gets: files, pages, links
cargo xtask ci                  everything that CI runs, except samples, webauthn and browser";

/// Whether to write, or only to look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Write,
    Check,
}

/// A program of its own, so that nobody else builds what it needs; it starts the example that is built beside it.
fn browser(errand: &[&str]) -> Result<(), Failure> {
    cargo::cargo(&["build", "--quiet", "--package", "pingone-examples", "--example", "login_service"], &[])?;
    let run = ["run", "--quiet", "--package", "xtask", "--features", "browser", "--bin", "browser", "--"];
    let shots = cargo::target()?.join("browser");
    let axe = axe()?;
    cargo::cargo(&[&run[..], &[cargo::text(&shots)?], errand].concat(), &[("AXE", cargo::text(&axe)?)])
}

/// axe-core, which finds what keeps people from using a page.
fn axe() -> Result<PathBuf, Failure> {
    let requirements = cargo::root().join("xtask/src/browser/axe.txt");
    let python = python::Environment::with("axe", &requirements, &["--no-deps", "--require-hashes"])?;
    // It is found without being imported: that would take what is not installed.
    let find = "from importlib.metadata import distribution as package
print(package('axe-playwright-python').locate_file('axe_playwright_python/axe.min.js'), end='')";
    let output = python.command().args(["-c", find]).output()?;
    Ok(PathBuf::from(String::from_utf8(output.stdout)?))
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["fixtures"] => fixtures::run(Mode::Write),
        ["fixtures", "--check"] => fixtures::run(Mode::Check),
        ["coverage"] => coverage::run(Mode::Write),
        ["coverage", "--check"] => coverage::run(Mode::Check),
        ["samples"] => samples::run(),
        ["webauthn"] => webauthn::run(),
        ["browser"] => browser(&[]),
        ["picture"] => browser(&["picture"]),
        ["bench"] => cargo::cargo(&["run", "--release", "--package", "pingone-bench", "--", "document"], &[]),
        ["bench", "chart"] => cargo::cargo(&["run", "--package", "pingone-bench", "--", "chart"], &[]),
        ["sizes"] => sizes::run(),
        ["published"] => published::run(),
        ["ci"] => ci::run(),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
