//! Rules of the source itself.

mod imports;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The source of a crate: each file with its path below `src`, without comments and so without the examples in them.
fn sources(package: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(package).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let code = without_comments(&fs::read_to_string(&path).unwrap());
                files.push((path.strip_prefix(&root).unwrap().to_owned(), code));
            }
        }
    }
    assert!(files.len() > 5, "{} has no source", root.display());
    files
}

fn without_comments(source: &str) -> String {
    // In an address, a slash comes before the two.
    let comment = |line: &str| {
        line.match_indices("//").map(|(at, _)| at).find(|at| !line[..*at].ends_with(':')).unwrap_or(line.len())
    };
    source.lines().map(|line| format!("{}\n", &line[..comment(line)])).collect()
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|character: char| !character.is_alphanumeric() && character != '_').filter(|word| !word.is_empty())
}

/// What the model's module for device authentications gives to the outside.
fn names_of_device_authentications() -> BTreeSet<String> {
    let (_, code) = sources("pingone-model")
        .into_iter()
        .find(|(path, _)| path == Path::new("device_authentication/mod.rs"))
        .expect("the module has a file");
    let given = code.split("pub use ").skip(1).filter_map(|rest| rest.split(';').next()).flat_map(words);
    let names: BTreeSet<_> = given.filter(|name| name.starts_with(char::is_uppercase)).map(str::to_owned).collect();
    for expected in ["DeviceAuthentication", "ReadDeviceAuthentication", "PendingPush", "NextStep", "Glance"] {
        assert!(names.contains(expected), "{expected} is not found: {names:?}");
    }
    names
}

/// Each word of `code` that is a name of theirs and not of its own, or says it in another spelling.
fn named<'a>(code: &'a str, names: &BTreeSet<String>) -> Vec<&'a str> {
    let says = |word: &str| word.to_lowercase().replace('_', "").contains("deviceauthentication");
    let is_own = |word: &str| ["struct", "enum"].iter().any(|kind| code.contains(&format!("{kind} {word} ")));
    words(code).filter(|word| names.contains(*word) && !is_own(word) || says(word)).collect()
}

#[test]
fn the_core_names_no_device_authentication_but_where_it_waits_for_one() {
    let names = names_of_device_authentications();
    let mut waits = 0;
    for (path, code) in sources("pingone-client-core") {
        let found = named(&code, &names);
        if path.starts_with("wait") || path == Path::new("change_device.rs") {
            waits += found.len();
        } else {
            assert!(
                found.is_empty(),
                "pingone-client-core/src/{} names {found:?}: only `wait/` and `change_device.rs` know a resource",
                path.display()
            );
        }
    }
    assert!(waits > 10, "where they may be named, they are found");
}

#[test]
fn a_name_is_found_in_code_and_not_in_comments() {
    let names = names_of_device_authentications();
    let code = without_comments(
        "/// [`PendingPush`]\nlet uri = \"https://host/deviceAuthentications\"; // NextStep\nuse pingone_model::{NextStep, StatusCode};",
    );
    assert_eq!(named(&code, &names), ["deviceAuthentications", "NextStep"]);
}

#[test]
fn no_module_of_the_lower_crates_imports_in_a_circle() {
    for package in ["pingone-client-core", "pingone-model"] {
        let circle = imports::Imports::of(&sources(package)).circle();
        assert!(circle.is_none(), "{package}: {} is a circle", circle.unwrap_or_default().join(" -> "));
    }
}
