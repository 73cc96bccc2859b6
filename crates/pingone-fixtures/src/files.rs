//! The files of `pingone-model/fixtures`.

use std::{fs, path::PathBuf};

fn folder(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "pingone-model", "fixtures", name].iter().collect()
}

/// Each file of the folder `requests`, `replies` or `errors`: its name without `.json`, and its text.
#[must_use]
pub fn all(name: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect();
    assert!(!files.is_empty());
    files.sort();
    files
}

/// The text of one of them.
#[must_use]
pub fn text(name: &str, file: &str) -> String {
    let file = format!("{file}.json");
    fs::read_to_string(folder(name).join(&file)).unwrap_or_else(|error| {
        panic!("crates/pingone-model/fixtures/{name}/{file} cannot be read ({error}): add it, or mend its name in crates/pingone-fixtures/src")
    })
}
