//! Fixture files, and snapshots named after them.

use std::{fs, path::Path};

/// Each file of `fixtures/{folder}`: its name without `.json`, and its text.
pub(crate) fn all(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
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

/// Compares with `tests/it/snapshots/{name}.snap`. `cargo xtask fixtures` runs every test whose name has `snapshot`.
pub(crate) fn assert_snapshot(name: &str, text: String) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
