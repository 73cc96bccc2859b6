//! What a user of the registry and of its documentation gets: the packages as they would be uploaded, and the pages that
//! are built from them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::{
    Failure,
    cargo::{cargo, metadata, root, target, text},
};

/// The crates that people call the service with: each shows the others' types and the guides as its own.
const CLIENTS: [&str; 2] = ["pingone-async", "pingone-blocking"];

/// Pages that a reader looks for there.
const PAGES: [&str; 5] =
    ["struct.Client.html", "enum.NextStep.html", "struct.Error.html", "enum.WaitError.html", "guide/index.html"];

/// Each is a page of the module `guide`.
const GUIDES: &str = "crates/pingone-client-core/docs";

/// Files of a package that are those of the project.
const SHARED: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

pub(crate) fn run() -> Result<(), Failure> {
    let metadata = metadata()?;
    let packages = metadata["packages"].as_array().ok_or("cargo metadata names no packages")?;
    let published: Vec<_> = packages.iter().filter(|package| package["publish"].is_null()).collect();
    for package in &published {
        check_metadata(package)?;
    }
    let names: Vec<_> = published.iter().filter_map(|package| package["name"].as_str()).collect();
    let target = target()?;
    let version = published.first().and_then(|package| package["version"].as_str()).unwrap_or_default();
    let folder = unpack(&names, version, &target)?;
    for name in &names {
        check_files(name, &folder.join(format!("{name}-{version}")))?;
    }
    document(&names, version, &folder, &target)?;
    for client in CLIENTS {
        check_pages(&target.join("doc").join(client.replace('-', "_")))?;
    }
    Ok(())
}

fn check_metadata(package: &Value) -> Result<(), Failure> {
    let name = package["name"].as_str().unwrap_or_default();
    for key in ["description", "license", "rust_version", "readme"] {
        if package[key].as_str().is_none_or(str::is_empty) {
            return Err(format!("{name} has no {key}").into());
        }
    }
    for key in ["keywords", "categories"] {
        if package[key].as_array().is_none_or(Vec::is_empty) {
            return Err(format!("{name} has no {key}").into());
        }
    }
    match package["metadata"]["docs"]["rs"]["all-features"] == true {
        true => Ok(()),
        false => Err(format!("{name} would be documented without its features").into()),
    }
}

/// Packages the crates, and lays them side by side.
fn unpack(names: &[&str], version: &str, target: &Path) -> Result<PathBuf, Failure> {
    let selected = names.iter().flat_map(|name| ["--package", name]);
    let package: Vec<_> = ["package", "--quiet", "--no-verify", "--allow-dirty"].into_iter().chain(selected).collect();
    cargo(&package, &[])?;
    let folder = target.join("published");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for name in names {
        let archive = target.join("package").join(format!("{name}-{version}.crate"));
        // As of now: cargo takes the date in the archive for that of what it has built before.
        if !Command::new("tar").arg("-xmzf").arg(&archive).arg("-C").arg(&folder).status()?.success() {
            return Err(format!("{} cannot be unpacked", archive.display()).into());
        }
    }
    Ok(folder)
}

/// What is a symbolic link in the project is a file in the package.
fn check_files(name: &str, package: &Path) -> Result<(), Failure> {
    let original = root().join("crates").join(name);
    let documents = fs::read_dir(original.join("docs")).into_iter().flatten().flatten().map(|entry| entry.path());
    let of_crate = documents.chain([original.join("README.md")]).chain(SHARED.map(|file| original.join(file)));
    for file in of_crate {
        let packaged = package.join(file.strip_prefix(&original)?);
        let is_file = packaged.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
        if !is_file || fs::read(&file)? != fs::read(&packaged)? {
            return Err(format!("{} is not in the package as it is in the project", packaged.display()).into());
        }
    }
    let readme = fs::read_to_string(package.join("README.md"))?;
    if !readme.split("```").nth(1).is_some_and(|block| block.starts_with("sh\ncargo add ")) {
        return Err(format!("the README of {name} does not begin with `cargo add`").into());
    }
    Ok(())
}

/// Builds the clients' pages from the packages, as nothing else of the project was there.
fn document(names: &[&str], version: &str, folder: &Path, target: &Path) -> Result<(), Failure> {
    let members: Vec<_> = names.iter().map(|name| format!("\"{name}-{version}\"")).collect();
    let patches = names.iter().map(|name| format!("{name} = {{ path = \"{name}-{version}\" }}\n"));
    let manifest = folder.join("Cargo.toml");
    let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[patch.crates-io]\n", members.join(", "));
    fs::write(&manifest, workspace + &patches.collect::<String>())?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let (manifest, target) = (text(&manifest)?, text(target)?);
    let doc = ["doc", "--quiet", "--no-deps", "--all-features", "--manifest-path", manifest, "--target-dir", target];
    // The clients' pages show the source of what they have from the others.
    let shown = CLIENTS.iter().chain(&["pingone-client-core", "pingone-model"]);
    let shown: Vec<_> = doc.into_iter().chain(shown.flat_map(|name| ["--package", name])).collect();
    cargo(&shown, &[("RUSTDOCFLAGS", "-D warnings")])
}

/// All that a reader looks for is there, and no link leads nowhere.
fn check_pages(folder: &Path) -> Result<(), Failure> {
    let guides = fs::read_dir(root().join(GUIDES))?.flatten().map(|entry| entry.path());
    let guides: BTreeSet<_> = guides
        .filter_map(|guide| guide.file_stem().map(|stem| format!("guide/{}/index.html", stem.to_string_lossy())))
        .collect();
    if guides.is_empty() {
        return Err(format!("there are no guides in {GUIDES}").into());
    }
    for page in PAGES.into_iter().chain(guides.iter().map(String::as_str)) {
        // What is documented elsewhere has a line here, or a page that leads there.
        let text = fs::read_to_string(folder.join(page)).unwrap_or_default();
        if !text.contains("<h1>") {
            return Err(format!("{} has no page {page}", folder.display()).into());
        }
    }
    // rustdoc itself refuses a link of an item's that leads nowhere; a guide's may be an address.
    for page in guides.iter().map(String::as_str).chain(["index.html", "guide/index.html"]) {
        check_links(&folder.join(page))?;
    }
    println!("{}: {} guides, and every link leads somewhere", folder.display(), guides.len());
    Ok(())
}

fn check_links(page: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(page)?;
    let folder = page.parent().unwrap_or(page);
    let links = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    // Not an address elsewhere, and none that a script of rustdoc's puts together.
    let files = links.filter(|link| !link.contains([':', '$'])).filter_map(|link| link.split(['#', '?']).next());
    for file in files.filter(|file| !file.is_empty()) {
        if !folder.join(file).exists() {
            return Err(format!("{} has a link to {file}, which is not there", page.display()).into());
        }
    }
    Ok(())
}
