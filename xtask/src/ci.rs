//! What CI runs; it is the same here.

use crate::{
    Failure, Mode,
    cargo::{cargo, metadata},
    coverage, fixtures,
};

const DENY: [(&str, &str); 1] = [("RUSTDOCFLAGS", "-D warnings")];

pub(crate) fn run() -> Result<(), Failure> {
    title("format");
    cargo(&["fmt", "--all", "--check"], &[])?;
    title("lints");
    cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"], &[])?;
    title("tests");
    cargo(&["test", "--workspace"], &[])?;
    title("fixtures");
    fixtures::run(Mode::Check)?;
    title("coverage");
    coverage::run(Mode::Check)?;
    title("documentation");
    cargo(&["doc", "--workspace", "--all-features", "--no-deps", "--locked"], &DENY)?;
    features()
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

fn title(title: &str) {
    println!("\n==> {title}");
}
