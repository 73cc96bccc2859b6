//! Snapshots: every test whose name has `snapshot` is run, and every snapshot belongs to one of them.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{Failure, Mode, cargo};

/// The packages that have such tests.
const PACKAGES: [&str; 3] = ["pingone-model", "pingone-client-core", "pingone-tests"];

pub(crate) fn run(mode: Mode) -> Result<(), Failure> {
    let root = cargo::root();
    // insta writes down here which snapshots the tests looked at.
    let target = cargo::target()?;
    let references = target.join("snapshot-references");
    fs::create_dir_all(target)?;
    fs::write(&references, "")?;

    let mut arguments = vec!["test", "--quiet", "--test", "it"];
    arguments.extend(PACKAGES.iter().flat_map(|package| ["--package", package]));
    arguments.push("snapshot");
    let variables = [
        ("INSTA_UPDATE", if mode == Mode::Check { "no" } else { "always" }),
        ("INSTA_REQUIRE_FULL_MATCH", if mode == Mode::Check { "1" } else { "0" }),
        ("INSTA_SNAPSHOT_REFERENCES_FILE", cargo::text(&references)?),
    ];
    cargo::cargo(&arguments, &variables).map_err(|error| match mode {
        Mode::Check => mend(&format!("{error}: a snapshot is stale or missing")),
        Mode::Write => error,
    })?;

    let referenced: BTreeSet<PathBuf> = fs::read_to_string(&references)?.lines().map(PathBuf::from).collect();
    if referenced.is_empty() {
        return Err("no test looked at a snapshot".into());
    }
    let on_disk =
        PACKAGES.iter().map(|package| snapshots(&root.join("crates").join(package).join("tests/it/snapshots")));
    let on_disk: BTreeSet<PathBuf> = on_disk.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect();
    let orphans: Vec<_> = on_disk.difference(&referenced).collect();
    match mode {
        Mode::Write => {
            for orphan in orphans {
                fs::remove_file(orphan)?;
                println!("deleted {}", orphan.display());
            }
        }
        Mode::Check => {
            if let Some(orphan) = orphans.first() {
                let orphan = orphan.strip_prefix(&root).unwrap_or(orphan);
                return Err(mend(&format!("no test has the snapshot {}", orphan.display())));
            }
        }
    }
    println!("{} snapshots are as the tests want them", referenced.len());
    Ok(())
}

fn mend(problem: &str) -> Failure {
    format!("{problem}; `cargo xtask fixtures` mends it, and `git diff` shows what changed").into()
}

/// Every file there, so that a forgotten `.snap.new` is an orphan too.
fn snapshots(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}
