//! What CI runs; it is the same here.

use std::{env, fs};

use crate::{
    Failure, Mode,
    cargo::{cargo, metadata, root},
    coverage, fixtures, published,
};

const DENY: [(&str, &str); 1] = [("RUSTDOCFLAGS", "-D warnings")];

pub(crate) fn run() -> Result<(), Failure> {
    title("format");
    cargo(&["fmt", "--all", "--check"], &[])?;
    title("lints");
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"], &[])?;
    title("tests");
    cargo(&["test", "--workspace"], &[])?;
    title("tests over Redis");
    // All of them: with the name of a test, cargo would not build the example that is run.
    cargo(&["test", "--package", "pingone-examples", "--features", "redis"], &[])?;
    title("fixtures");
    fixtures::run(Mode::Check)?;
    title("coverage");
    coverage::run(Mode::Check)?;
    title("documentation");
    cargo(&["doc", "--workspace", "--all-features", "--no-deps", "--locked"], &DENY)?;
    title("as published");
    published::run()?;
    features()?;
    beside_reqwest()?;
    unit_tests()
}

/// Each crate by itself: with no, each and all features.
fn features() -> Result<(), Failure> {
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    for package in packages {
        let (Some(name), Some(features)) = (package["name"].as_str(), package["features"].as_object()) else {
            return Err("cargo metadata names a package without name or features".into());
        };
        let each = features.keys().filter(|feature| *feature != "default").map(|feature| vec!["--features", feature]);
        let all = if features.is_empty() { vec![] } else { vec![vec!["--all-features"]] };
        for selection in [vec![]].into_iter().chain(each).chain(all) {
            title(&format!("{name} {}", selection.join(" ")));
            let check = ["clippy", "--quiet", "--locked", "--package", name, "--no-default-features"];
            cargo(&[&check[..], &selection, &["--", "-D", "warnings"]].concat(), &[])?;
        }
    }
    Ok(())
}

/// Runs a program that also uses reqwest for itself, with either provider of TLS.
fn beside_reqwest() -> Result<(), Failure> {
    for provider in ["ring", "aws-lc-rs"] {
        title(&format!("beside reqwest, {provider}"));
        outside("xtask/beside_reqwest", &["run", "--quiet"], &["--no-default-features", "--features", provider])?;
    }
    Ok(())
}

/// Runs the unit tests of a program that takes our results, and has one client as its only dependency.
fn unit_tests() -> Result<(), Failure> {
    title("unit tests of a program of somebody else's");
    outside("xtask/unit_tests", &["test"], &[])
}

/// cargo in a package that has a workspace of its own, and the versions of this one.
fn outside(folder: &str, command: &[&str], options: &[&str]) -> Result<(), Failure> {
    fs::copy(root().join("Cargo.lock"), root().join(folder).join("Cargo.lock"))?;
    let target: &[_] = if env::var_os("CARGO_TARGET_DIR").is_some() { &[] } else { &["--target-dir", "target"] };
    let manifest = format!("{folder}/Cargo.toml");
    cargo(&[command, &["--manifest-path", &manifest], options, target].concat(), &[])
}

fn title(title: &str) {
    println!("\n==> {title}");
}
