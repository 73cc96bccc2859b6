//! The coverage table: every documented MFA operation, and which of them this project has.

use std::{collections::BTreeSet, fmt::Write, fs};

use pingone_model::{Host, Idempotency, OperationInfo, operations};

use crate::{Failure, Mode, cargo};

const LIST: &str = "docs/operations.csv";
const TABLE: &str = "docs/operations.md";
const HEADER: &str = "area,operation,method,base,path,media_type,page,standing";

/// One documented operation: a line of the list.
struct Documented<'a> {
    area: &'a str,
    operation: &'a str,
    method: &'a str,
    base: &'a str,
    path: &'a str,
    media_type: &'a str,
    page: &'a str,
    standing: &'a str,
}

pub(crate) fn run(mode: Mode) -> Result<(), Failure> {
    let list = fs::read_to_string(cargo::root().join(LIST))?;
    let table = table(&read(&list)?)?;
    let file = cargo::root().join(TABLE);
    let is_current = fs::read_to_string(&file).is_ok_and(|current| current == table);
    match mode {
        _ if is_current => println!("{TABLE} is current"),
        Mode::Write => {
            fs::write(file, table)?;
            println!("wrote {TABLE}");
        }
        Mode::Check => return Err(format!("{TABLE} is stale; `cargo xtask coverage` mends it").into()),
    }
    Ok(())
}

fn read(list: &str) -> Result<Vec<Documented<'_>>, Failure> {
    let mut lines = list.lines();
    if lines.next() != Some(HEADER) {
        return Err(format!("{LIST} does not begin with `{HEADER}`").into());
    }
    lines
        .map(|line| {
            let [area, operation, method, base, path, media_type, page, standing] =
                line.split(',').collect::<Vec<_>>()[..]
            else {
                return Err(format!("{LIST} has a line that is not of 8 fields: {line}").into());
            };
            Ok(Documented { area, operation, method, base, path, media_type, page, standing })
        })
        .collect()
}

fn table(list: &[Documented<'_>]) -> Result<String, Failure> {
    for info in operations() {
        for page in info.pages {
            if !list.iter().any(|documented| documented.page == *page) {
                return Err(format!("{} covers a page that {LIST} does not have: {page}", info.name).into());
            }
        }
    }

    let mut areas = Vec::new();
    let mut covered = 0;
    for area in list.iter().map(|documented| documented.area).collect::<BTreeSet<_>>() {
        let mut rows = String::new();
        let (mut have, mut all) = (0, 0);
        for documented in list.iter().filter(|documented| documented.area == area) {
            let info = covering(documented)?;
            all += 1;
            have += usize::from(info.is_some());
            writeln!(rows, "{}", row(documented, info))?;
        }
        covered += have;
        areas.push((have == 0, format!("\n## {area}: {have} of {all}\n\n{COLUMNS}{rows}")));
    }
    // The areas that this project has something of stand first.
    areas.sort_by_key(|(is_missing, _)| *is_missing);
    let areas: String = areas.into_iter().map(|(_, table)| table).collect();
    Ok(introduction(covered, list.len()) + &areas)
}

const COLUMNS: &str = "\
| operation | method and path | media type | in this project | may be sent again | standing |
|---|---|---|---|---|---|
";

fn introduction(covered: usize, all: usize) -> String {
    format!(
        "<!-- Written by `cargo xtask coverage` from {LIST} and the operations of pingone-model. -->\n\n\
         # Operations\n\n\
         Every documented operation of PingOne MFA, and which of them this project has: {covered} of {all}.\n\n\
         *Standing*: `yes` means that the row was read on the page of the reference, `inferred` that it follows from \
         its neighbours. *May be sent again* says whether the same request has no further effect on the user.\n"
    )
}

/// The operation that covers this line, which then agrees with it.
fn covering(documented: &Documented<'_>) -> Result<Option<&'static OperationInfo>, Failure> {
    let Some(info) = operations().find(|info| info.pages.contains(&documented.page)) else {
        return Ok(None);
    };
    let same = info.method.as_str() == documented.method
        && base(info.path.host()) == documented.base
        && info.path.template() == documented.path
        && info.media_type.unwrap_or_default() == documented.media_type;
    if same { Ok(Some(info)) } else { Err(format!("{} and {LIST} disagree on {}", info.name, documented.page).into()) }
}

fn row(documented: &Documented<'_>, info: Option<&OperationInfo>) -> String {
    let Documented { operation, method, base, path, media_type, page, standing, .. } = documented;
    let media_type = if media_type.is_empty() { String::new() } else { format!("`{media_type}`") };
    let (name, again) = match info {
        Some(info) if info.idempotency != Idempotency::Neither => (format!("`{}`", info.name), "yes"),
        Some(info) => (format!("`{}`", info.name), "**no**"),
        None => (String::new(), ""),
    };
    format!(
        "| [{operation}]({page}) | `{method} {{{base}Path}}{path}` | {media_type} | {name} | {again} | {standing} |"
    )
}

/// As the list writes it.
fn base(host: Host) -> &'static str {
    match host {
        Host::Auth => "auth",
        Host::Api => "api",
    }
}
