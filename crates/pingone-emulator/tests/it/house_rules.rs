//! What holds for the emulator's own code, read from its text.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use pingone_emulator::operations;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The module's path of each file and its text, without its tests.
fn modules() -> BTreeMap<Vec<String>, String> {
    let mut modules = BTreeMap::new();
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_rust = path.extension().is_some_and(|extension| extension == "rs");
            if path.is_dir() {
                folders.push(path);
            } else if is_rust && !path.ends_with("main.rs") {
                let name = path.strip_prefix(source()).unwrap().with_extension("");
                let name = name.iter().map(|part| part.to_str().unwrap().to_owned());
                let name = name.filter(|part| part != "mod" && part != "lib").collect();
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
                modules.insert(name, text);
            }
        }
    }
    modules
}

#[test]
fn no_resource_names_the_state() {
    for (name, text) in modules().iter().filter(|(name, _)| name.first().is_some_and(|first| first == "resource")) {
        let is_word = |part: &str| part == "State" || part == "state::State";
        let words = text.split(|character: char| !character.is_alphanumeric() && character != '_' && character != ':');
        assert_eq!(words.filter(|word| is_word(word)).count(), 0, "{}", name.join("::"));
        assert!(!text.contains("crate::state"), "{}", name.join("::"));
    }
}

/// A function takes part in answering a request if it is handed the stores and the context; it is an operation if it
/// says what the answer is, or that it is done.
fn operations_in(text: &str) -> Vec<&str> {
    let functions = text.split("\npub(super) fn ").skip(1);
    let signature = |function: &str| function.split("{\n").next().unwrap_or_default().to_owned();
    let is_one = |function: &&str| {
        let signature = signature(function);
        let is_handed = signature.contains("&mut Stores") && signature.contains("&Context<'_>");
        is_handed
            && ["-> Result<Answer, Refusal>", "-> Result<(), PlatformError>"].iter().any(|end| signature.contains(end))
    };
    functions.filter(is_one).map(|function| function.split('(').next().unwrap()).collect()
}

#[test]
fn each_operation_of_a_resource_is_in_its_table() {
    let modules = modules();
    let mut found = 0;
    for (name, text) in &modules {
        let [resource, folder, ..] = name.as_slice() else { continue };
        if resource != "resource" {
            continue;
        }
        let parent = &modules[&vec![resource.clone(), folder.clone()]];
        let table = parent.split("static ROUTES").nth(1).map_or("", |rest| rest.split("\n];").next().unwrap());
        for operation in operations_in(text) {
            found += 1;
            let is_there = [",", ")"].iter().any(|end| table.contains(&format!(" {operation}{end}")));
            assert!(is_there, "{} has {operation}, which no row of {folder} names", name.join("::"));
        }
    }
    assert!(found >= 7, "{found} operations were found in the text");
    for operation in operations() {
        let text = &modules[&vec!["resource".to_owned(), operation.resource().to_owned()]];
        assert!(text.contains(&format!("\"{operation}\"")), "{operation} stands in the table of its resource's folder");
    }
}

/// The paths of a `use`, one for each name.
fn flatten(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let Some((prefix, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap();
        return vec![path.split("::").map(|part| part.trim().to_owned()).collect()];
    };
    let prefix: Vec<String> =
        prefix.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let inside = &rest[..rest.rfind('}').unwrap()];
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (index, character) in inside.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(flatten).map(|path| prefix.iter().cloned().chain(path).collect()).collect()
}

/// What a module imports, and what it names by its whole path.
fn imports(text: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut rest = text;
    while let Some((_, tail)) = rest.split_once("use ") {
        let line = &text[..text.len() - tail.len()].rsplit('\n').next().unwrap();
        let is_import = ["use ", "pub use ", "pub(crate) use ", "pub(super) use "].contains(line);
        if is_import {
            paths.extend(flatten(tail.split(';').next().unwrap()));
        }
        rest = tail;
    }
    for inline in text.split("crate::").skip(1) {
        let end = inline.find(|character: char| !character.is_alphanumeric() && !"_:".contains(character));
        let path = inline[..end.unwrap_or(inline.len())].trim_end_matches(':');
        paths.push(["crate"].into_iter().chain(path.split("::")).map(str::to_owned).collect());
    }
    paths
}

/// The path from the root that a path in this module means.
fn absolute(module: &[String], path: &[String]) -> Option<Vec<String>> {
    let (first, rest) = path.split_first()?;
    let base = match first.as_str() {
        "crate" => &[][..],
        "self" => module,
        "super" if rest.first().is_some_and(|next| next == "super") => {
            return absolute(&module[..module.len() - 1], rest);
        }
        "super" => &module[..module.len() - 1],
        _ => return None,
    };
    Some(base.iter().chain(rest).cloned().collect())
}

/// The module that a path from the root leads to; through what a module on the way hands on.
fn module_of(modules: &BTreeMap<Vec<String>, String>, path: &[String]) -> Vec<String> {
    let known = (0..=path.len()).rev().find(|&length| modules.contains_key(&path[..length])).unwrap();
    let (module, rest) = path.split_at(known);
    let Some(name) = rest.first() else { return module.to_vec() };
    let handed_on = imports(&modules[module]).into_iter().find(|import| {
        import.first().is_some_and(|first| first == "self") && import.last().is_some_and(|last| last == name)
    });
    let handed_on = handed_on.and_then(|import| absolute(module, &import)).filter(|next| next != path);
    handed_on.map_or_else(|| module.to_vec(), |next| module_of(modules, &next))
}

#[test]
fn no_modules_import_each_other_but_a_parent_and_its_child() {
    let modules = modules();
    // For each folder: which of its modules needs which other one, and where that is seen.
    let mut edges: BTreeMap<Vec<String>, BTreeMap<String, BTreeMap<String, String>>> = BTreeMap::new();
    for (module, text) in &modules {
        for import in imports(text) {
            let Some(path) = absolute(module, &import) else { continue };
            let other = module_of(&modules, &path);
            let shared = module.iter().zip(&other).take_while(|(a, b)| a == b).count();
            if let (Some(from), Some(to)) = (module.get(shared), other.get(shared)) {
                let seen = format!("{} imports {}", module.join("::"), path.join("::"));
                edges
                    .entry(module[..shared].to_vec())
                    .or_default()
                    .entry(from.clone())
                    .or_default()
                    .insert(to.clone(), seen);
            }
        }
    }
    assert!(edges.values().flat_map(BTreeMap::values).map(BTreeMap::len).sum::<usize>() > 100, "imports were found");
    for (folder, edges) in &edges {
        for start in edges.keys() {
            let mut open = vec![vec![start.clone()]];
            let mut seen = BTreeSet::new();
            while let Some(way) = open.pop() {
                for (next, example) in edges.get(way.last().unwrap()).into_iter().flatten() {
                    assert!(next != start, "a circle in {folder:?}: {way:?} and back, where {example}");
                    if seen.insert(next.clone()) {
                        open.push(way.iter().cloned().chain([next.clone()]).collect());
                    }
                }
            }
        }
    }
}
