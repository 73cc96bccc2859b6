//! How operations are written, read from the sources: what the compiler does not see.

use std::{collections::BTreeMap, fs, path::Path};

use pingone_model::{OperationInfo, media_type, operations};

/// A file of `src`, by its path there.
type Sources = BTreeMap<String, String>;

fn sources() -> Sources {
    fn collect(folder: &Path, name: &str, all: &mut Sources) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{name}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                collect(&path, &format!("{name}/"), all);
            } else {
                all.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut all = Sources::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut all);
    all
}

/// Without comments and unit tests.
fn code(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    source.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

/// The texts in it, as they are written.
fn literals(code: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = code;
    while let Some(start) = rest.find('"') {
        let (before, text) = (&rest[..start], &rest[start + 1..]);
        let end = if before.ends_with("r#") {
            text.find("\"#").unwrap()
        } else if before.ends_with('\'') && text.starts_with('\'') {
            0
        } else {
            let mut is_escaped = false;
            text.find(|character| {
                let is_end = character == '"' && !is_escaped;
                is_escaped = character == '\\' && !is_escaped;
                is_end
            })
            .unwrap()
        };
        all.push(&text[..end]);
        rest = &text[end + 1..];
    }
    all
}

/// An operation as its file writes it.
struct Written<'a> {
    file: &'a str,
    source: &'a str,
    ty: String,
    name: String,
}

impl Written<'_> {
    /// The module of its resource.
    fn resource(&self) -> &str {
        self.file.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// The lines of its documentation.
    fn doc(&self) -> Vec<&str> {
        let (before, _) = self.source.split_once(&format!("\npub struct {} ", self.ty)).unwrap();
        let lines = before.lines().rev().take_while(|line| line.starts_with("///") || line.starts_with("#["));
        let mut doc: Vec<_> = lines.filter_map(|line| line.strip_prefix("///")).map(str::trim).collect();
        doc.reverse();
        doc
    }
}

fn written(sources: &Sources) -> Vec<Written<'_>> {
    let mut all = Vec::new();
    for (file, source) in sources {
        let code = code(source);
        for implementation in code.split("impl Operation for ").skip(1) {
            let ty = implementation.split([' ', '<']).next().unwrap().to_owned();
            let Some((_, info)) = implementation.split_once("&OperationInfo::") else {
                assert!(implementation.contains("::INFO;"), "{ty} has neither an INFO of its own nor another's");
                continue;
            };
            all.push(Written { file, source, ty, name: literals(info)[0].to_owned() });
        }
    }
    all
}

/// What is wrong with the sources, and how it is mended.
fn complaints(sources: &Sources) -> Vec<String> {
    let written = written(sources);
    let mut all: Vec<_> = written.iter().flat_map(|operation| complaints_about(operation, sources)).collect();
    let code: String = sources.values().map(|source| code(source)).collect();
    all.extend(repetitions(&literals(&code)));
    all
}

fn complaints_about(operation: &Written<'_>, sources: &Sources) -> Vec<String> {
    let Written { file, ty, name, .. } = operation;
    let resource = operation.resource();
    let mut all = Vec::new();
    if name.split('.').collect::<Vec<_>>()[..] != [resource, name.rsplit('.').next().unwrap()] {
        all.push(format!("src/{file}: {name} is in the module {resource}: name it `{resource}.operation`"));
    }
    let module =
        [format!("{resource}/mod.rs"), format!("{resource}.rs")].into_iter().find(|it| sources.contains_key(it));
    let module = module.unwrap();
    let code = code(&sources[&module]);
    let list = code.split_once("const OPERATIONS").map(|(_, list)| list.split(';').next().unwrap());
    let is_listed = list.is_some_and(|list| list.contains(&format!("{ty}::INFO")));
    match operations().find(|info| info.name == name) {
        _ if !is_listed => all.push(format!("src/{file}: add {ty}::INFO to OPERATIONS in src/{module}")),
        Some(info) => all.extend(complaints_about_doc(operation, info)),
        None => all.push(format!("{name} is not known: add {resource}::OPERATIONS to RESOURCES in src/operations.rs")),
    }
    all
}

fn complaints_about_doc(operation: &Written<'_>, info: &OperationInfo) -> Vec<String> {
    let Written { file, ty, .. } = operation;
    let doc = operation.doc();
    let mut all = Vec::new();
    let mut title = format!("`{} {}`", info.method, info.path.template());
    if let Some(media_type) = info.media_type.filter(|it| *it != media_type::JSON) {
        title += &format!(" as `{media_type}`");
    }
    let paragraph: Vec<_> = doc.iter().copied().take_while(|line| !line.is_empty()).collect();
    if paragraph.join(" ") != title {
        all.push(format!("src/{file}: the documentation of {ty} has to begin with {title}, as its INFO says"));
    }
    let link = doc.iter().find_map(|line| line.strip_prefix("<https://")?.strip_suffix('>'));
    let page = info.pages.first().and_then(|page| page.strip_prefix("https://"));
    if link != page {
        let page = info.pages.first().unwrap_or(&"the page of the reference");
        all.push(format!("src/{file}: the first link in the documentation of {ty} has to be <{page}>, as in its INFO"));
    }
    all
}

/// Names, pages and paths that stand in code more than once.
fn repetitions(literals: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    let mut once = |what: &str, text: &str| {
        let count = literals.iter().filter(|literal| **literal == text).count();
        if count != 1 {
            all.push(format!(
                "the {what} {text} stands {count} times in code: once, in the operation's INFO, is enough"
            ));
        }
    };
    for info in operations() {
        once("name", info.name);
        once("path", info.path.template());
        info.pages.iter().for_each(|page| once("page", page));
    }
    // What ends a path is in no other text, such as one to be formatted.
    let ends = || operations().filter_map(|info| info.path.template().rsplit('/').find(|part| !part.starts_with('{')));
    let paths: Vec<_> = operations().map(|info| info.path.template()).collect();
    for literal in literals.iter().filter(|it| !it.starts_with("https://") && !paths.contains(*it)) {
        if let Some(end) = ends().find(|end| literal.split(['/', '?']).skip(1).any(|part| part == *end)) {
            all.push(format!("{literal:?} spells the path of {end} anew: take it from the operation's INFO"));
        }
    }
    all.sort();
    all.dedup();
    all
}

#[test]
fn operations_are_written_as_the_others_are() {
    let sources = sources();
    let complaints = complaints(&sources);
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
    assert_eq!(written(&sources).len(), operations().count(), "an operation is written so that it is not found here");
}

/// The rules would be worth nothing if they found nothing.
#[test]
fn each_house_rule_finds_what_breaks_it() {
    let link =
        "<https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-device-authentications/cancel";
    for (file, old, new, complaint) in [
        (
            "device_authentication/mod.rs",
            "    CancelDeviceAuthentication::INFO,\n",
            "",
            "add CancelDeviceAuthentication::INFO to OPERATIONS in src/device_authentication/mod.rs",
        ),
        (
            "device_authentication/read.rs",
            "/// `GET /{envID}/deviceAuthentications/{deviceAuthID}`",
            "/// `GET /{envID}/deviceAuthentication/{deviceAuthID}`",
            "ReadDeviceAuthentication has to begin with `GET /{envID}/deviceAuthentications/{deviceAuthID}`",
        ),
        (
            "device_authentication/cancel.rs",
            "/// `application/vnd.pingidentity.cancel.push.authentication+json`",
            "/// `application/vnd.pingidentity.cancel.push+json`",
            "as `application/vnd.pingidentity.cancel.push.authentication+json`, as its INFO says",
        ),
        ("device_authentication/cancel.rs", link, "<https://developer.pingidentity.com/cancle", "the first link"),
        (
            "authentication_code/read.rs",
            "\"authentication_code.read\"",
            "\"code.read\"",
            "name it `authentication_code.operation`",
        ),
        (
            "authentication_code/read.rs",
            "\"authentication_code.read\"",
            "\"authentication_code.load\"",
            "add authentication_code::OPERATIONS to RESOURCES in src/operations.rs",
        ),
        (
            "environment/mod.rs",
            "impl Environment {",
            "const AGAIN: &str = \"/{envID}/deviceAuthentications\";\nimpl Environment {",
            "the path /{envID}/deviceAuthentications stands 2 times in code",
        ),
        (
            "environment/mod.rs",
            "impl Environment {",
            "fn again(id: &str) { format!(\"{id}/authenticationCodes\") }\nimpl Environment {",
            "spells the path of authenticationCodes anew",
        ),
    ] {
        let mut sources = sources();
        let source = sources.get_mut(file).unwrap();
        assert!(source.contains(old), "{file} has no {old}");
        *source = source.replacen(old, new, 1);
        let complaints = complaints(&sources).join("\n");
        assert!(complaints.contains(complaint), "{complaint} is not in {complaints}");
    }
}
