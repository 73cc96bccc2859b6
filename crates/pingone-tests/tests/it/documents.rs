//! What readers are told: on the code host, where paths of the repository lead somewhere, and beside the published crates,
//! where they do not.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The crates that are published, and whose pages are read by themselves.
const PUBLISHED: [&str; 7] = [
    "pingone-async",
    "pingone-blocking",
    "pingone-client-core",
    "pingone-conformance",
    "pingone-emulator",
    "pingone-model",
    "pingone-transport-kit",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files below `folder` whose names end so.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|other| other == extension) {
            found.push(path);
        }
    }
    found
}

/// The comments of a source file that become pages, and a guide but for its links, which lead elsewhere there.
fn rustdoc(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let is_guide = path.extension().is_some_and(|extension| extension == "md");
    let lines = text.lines().map(str::trim_start).filter(|line| match is_guide {
        true => !line.starts_with('[') || !line.contains("]: "),
        false => line.starts_with("///") || line.starts_with("//!"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_rustdoc_text_names_a_path_of_the_repository() {
    let mut guides = 0;
    for name in PUBLISHED {
        let folder = root().join("crates").join(name);
        let guide = folder.join("docs");
        let of_guide = if guide.exists() { files(&guide, "md") } else { vec![] };
        guides += of_guide.len();
        for path in files(&folder.join("src"), "rs").into_iter().chain(of_guide) {
            let text = rustdoc(&path);
            for place in ["docs/", "crates/", "tests/", "src/", "xtask", ".md", "pingone-tests"] {
                // An address of somebody else's may have such a part.
                let words = text.split_whitespace().filter(|word| !word.contains("://"));
                let named: Vec<_> = words.filter(|word| word.contains(place)).collect();
                assert!(named.is_empty(), "{}: {named:?}", path.display());
            }
        }
    }
    assert!(guides > 0);
}

#[test]
fn the_front_page_of_a_library_begins_with_how_it_is_added() {
    for name in ["pingone-async", "pingone-blocking", "pingone-client-core", "pingone-model"] {
        let page = rustdoc(&root().join("crates").join(name).join("src/lib.rs"));
        let block = page.split("```").nth(1).unwrap();
        assert!(block.starts_with(&format!("sh\n//! cargo add {name}")), "{name}: {block}");
    }
}

/// All pages that a reader of the code host meets; a guide that a crate has a link to is where that link leads.
fn pages() -> BTreeSet<PathBuf> {
    let mut pages = files(&root().join("docs"), "md");
    pages.extend(files(&root().join("crates"), "md"));
    pages.extend(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name)));
    pages.iter().map(|page| page.canonicalize().unwrap()).collect()
}

/// What an address may end in to lead to a heading of this page, as the code host makes it of the heading's text.
fn anchors(page: &str) -> BTreeSet<String> {
    let mut is_code = false;
    let headings = page.lines().filter(|line| {
        is_code ^= line.starts_with("```");
        !is_code && line.starts_with('#')
    });
    let anchor = |heading: &str| -> String {
        let text = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
        text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading_on_the_code_host() {
    let (mut links, mut to_headings) = (0, 0);
    for path in pages() {
        let text = fs::read_to_string(&path).unwrap();
        let inline = text.split("](").skip(1).filter_map(|rest| rest.split([')', '\n']).next());
        let defined = text.lines().filter(|line| line.starts_with('[')).filter_map(|line| line.split_once("]: "));
        for link in inline.chain(defined.map(|(_, link)| link)).filter(|link| !link.contains(':')) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(target.exists(), "{}: {link}", path.display());
            if !anchor.is_empty() {
                let page = fs::read_to_string(&target).unwrap();
                assert!(anchors(&page).contains(anchor), "{}: {link} leads to no heading", path.display());
                to_headings += 1;
            }
            links += 1;
        }
    }
    assert!(links > 20 && to_headings > 0, "{links}, {to_headings} of them to headings");
}

/// A label in brackets that has no definition stands there in brackets.
#[test]
fn every_label_of_a_guide_is_defined_for_both_places() {
    let core = root().join("crates/pingone-client-core");
    let modules = fs::read_to_string(core.join("src/guide.rs")).unwrap();
    for path in files(&core.join("docs"), "md") {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let (before, _) = modules
            .split_once(&format!("include_str!(\"../docs/{name}\")"))
            .unwrap_or_else(|| panic!("{name} is no module"));
        let before = before.rsplit_once("\n\n").map_or(before, |(_, last)| last);
        for definition in text.lines().filter(|line| line.starts_with('[') && line.contains("]: ")) {
            let (label, _) = definition.split_once(": ").unwrap();
            assert!(before.contains(&format!("/// {label}: ")), "{name}: {label} leads nowhere in rustdoc");
            assert!(text.matches(label).count() > 1, "{name}: nothing leads by {label}");
        }
        assert!(!text.contains(".md)"), "{name}: a link to a file leads nowhere in rustdoc: define a label");
    }
}
