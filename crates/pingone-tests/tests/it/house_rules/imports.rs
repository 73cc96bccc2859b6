//! Which module of a crate imports from which.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

type Module = Vec<String>;

/// Each module with those in which the things are declared that it imports. Unit tests are left out: what they try things
/// on may come from anywhere. A parent and its child may import from each other.
pub(super) struct Imports(BTreeMap<Module, BTreeSet<Module>>);

impl Imports {
    pub(super) fn of(sources: &[(PathBuf, String)]) -> Self {
        let modules: BTreeMap<Module, Source> =
            sources.iter().map(|(path, code)| (module_of(path), Source::read(code))).collect();
        let resolve = |module: &Module, path: &[String]| resolve(&modules, module, path, 0);
        let imports = modules.iter().map(|(module, source)| {
            let targets = source.paths.iter().filter_map(|path| resolve(module, path));
            let is_kin = |other: &Module| module.starts_with(other) || other.starts_with(module);
            (module.clone(), targets.filter(|target| !is_kin(target)).collect())
        });
        Self(imports.collect())
    }

    /// A way from a module back to it, if there is one.
    pub(super) fn circle(&self) -> Option<Vec<String>> {
        self.0.keys().find_map(|start| {
            let mut before: BTreeMap<&Module, &Module> = BTreeMap::new();
            let mut open = vec![start];
            while let Some(module) = open.pop() {
                for target in self.0.get(module).into_iter().flatten() {
                    if target == start {
                        let mut way = vec![start, module];
                        while let Some(earlier) = way.last().filter(|last| **last != start).map(|last| before[*last]) {
                            way.push(earlier);
                        }
                        return Some(way.iter().rev().map(|module| module.join("::")).collect());
                    }
                    if !before.contains_key(target) {
                        before.insert(target, module);
                        open.push(target);
                    }
                }
            }
            None
        })
    }
}

fn module_of(path: &Path) -> Module {
    let path = path.with_extension("");
    let names = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    names.filter(|name| name != "mod" && name != "lib").collect()
}

/// What the text of a module shows of its imports.
struct Source {
    /// Every path in it that may lead to another module.
    paths: Vec<Vec<String>>,
    /// What it gives on under a name of its own, and the modules of which it gives on everything.
    given: BTreeMap<String, Vec<String>>,
    all_of: Vec<Vec<String>>,
    declared: BTreeSet<String>,
}

impl Source {
    fn read(code: &str) -> Self {
        let code = code.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let (mut paths, mut given, mut all_of, mut rest) = (Vec::new(), BTreeMap::new(), Vec::new(), String::new());
        for statement in code.split_inclusive(';') {
            let Some((before, tree)) = statement.rsplit_once("use ").filter(|(before, _)| {
                before.is_empty() || before.ends_with(|character: char| character.is_whitespace())
            }) else {
                rest += statement;
                continue;
            };
            let is_public = before.lines().last().is_some_and(|line| line.trim().starts_with("pub"));
            rest += before;
            for path in spread(&tree.trim_end_matches(';').replace(char::is_whitespace, "")) {
                if is_public {
                    match path.split_last() {
                        Some((last, module)) if last == "*" => all_of.push(module.to_vec()),
                        Some((last, _)) => drop(given.insert(last.clone(), path.clone())),
                        None => {}
                    }
                }
                paths.push(path);
            }
        }
        let path_like = rest.split(|character: char| !character.is_alphanumeric() && !"_:".contains(character));
        paths.extend(
            path_like.filter(|word| word.contains("::")).map(|word| word.split("::").map(str::to_owned).collect()),
        );
        let words: Vec<_> = super::words(&rest).collect();
        let kinds = ["struct", "enum", "trait", "fn", "const", "type", "macro_rules"];
        let declared = words.windows(2).filter(|of| kinds.contains(&of[0])).map(|of| of[1].to_owned()).collect();
        Self { paths, given, all_of, declared }
    }
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`. What is renamed keeps its name.
fn spread(tree: &str) -> Vec<Vec<String>> {
    let Some((before, group)) = tree.split_once('{') else {
        return vec![tree.split("::").map(str::to_owned).collect()];
    };
    let group = group.strip_suffix('}').unwrap_or(group);
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&group[start..]);
    parts.into_iter().filter(|part| !part.is_empty()).flat_map(|part| spread(&format!("{before}{part}"))).collect()
}

/// The module in which the thing at `path`, as `module` writes it, is declared; none if that is another crate.
fn resolve(modules: &BTreeMap<Module, Source>, module: &Module, path: &[String], depth: usize) -> Option<Module> {
    let mut place = module.clone();
    let mut path = path;
    match path.first()?.as_str() {
        "crate" => (place, path) = (Module::new(), &path[1..]),
        "self" => path = &path[1..],
        "super" => {}
        first => {
            let child: Module = place.iter().cloned().chain([first.to_owned()]).collect();
            let source = &modules[&place];
            if !modules.contains_key(&child) && !source.given.contains_key(first) && !source.declared.contains(first) {
                return None;
            }
        }
    }
    while path.first().is_some_and(|name| name == "super") {
        place.pop();
        path = &path[1..];
    }
    while let Some(name) = path.first() {
        let child: Module = place.iter().cloned().chain([name.clone()]).collect();
        if !modules.contains_key(&child) {
            break;
        }
        (place, path) = (child, &path[1..]);
    }
    let source = modules.get(&place)?;
    let Some(name) = path.first().filter(|name| !["*", "self"].contains(&name.as_str()) && depth < 10) else {
        return Some(place);
    };
    if let Some(given) = source.given.get(name) {
        return resolve(modules, &place, given, depth + 1);
    }
    if source.declared.contains(name) {
        return Some(place);
    }
    let from_all = source.all_of.iter().find_map(|all| {
        let target = resolve(modules, &place, all, depth + 1)?;
        let found = resolve(modules, &target, &["self".to_owned(), name.clone()], depth + 1)?;
        modules[&found].declared.contains(name).then_some(found)
    });
    Some(from_all.unwrap_or(place))
}

#[test]
fn a_circle_is_found_through_re_exports_and_groups() {
    let file = |path: &str, code: &str| (PathBuf::from(path), code.to_owned());
    let files = |c: &str| {
        [
            file("lib.rs", "mod a; mod b; mod c; pub use a::A; pub use b::*;"),
            file("a.rs", "use std::fmt;\nuse crate::{c::{D, C}, B};\npub struct A;"),
            file("b/mod.rs", "mod inner; pub use inner::B; pub(crate) fn up() {}"),
            file("b/inner.rs", "pub enum B {}\nfn f() { super::up(); }"),
            file("c.rs", c),
        ]
    };
    let innocent = "pub struct C; pub struct D;\n#[cfg(test)]\nmod tests { use crate::A; }";
    assert_eq!(Imports::of(&files(innocent)).circle(), None);
    let circle = |c| Imports::of(&files(c)).circle().unwrap();
    assert_eq!(circle("use crate::A; pub struct C; pub struct D;"), ["a", "c", "a"]);
    assert_eq!(circle("pub struct C; pub struct D; fn f() { crate::a::g() }"), ["a", "c", "a"]);
}

#[test]
fn what_is_imported_is_resolved_to_where_it_is_declared() {
    let imports = Imports::of(&super::sources("pingone-client-core"));
    let of = |path: &str| imports.0[&path.split("::").map(str::to_owned).collect::<Module>()].clone();
    let has = |path: &str, target: &str| of(path).contains(&target.split("::").map(str::to_owned).collect::<Module>());
    for (path, target) in [("error", "retry::verdict"), ("call", "token_cache"), ("change_device", "wait::push")] {
        assert!(has(path, target), "{path} imports from {:?}", of(path));
    }
}
