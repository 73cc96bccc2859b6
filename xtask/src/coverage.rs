//! The coverage table: every documented MFA operation, and whether this project has it.

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

impl Documented<'_> {
    /// The operations that it documents are told apart by this.
    fn key(&self) -> String {
        key(self.method, self.base, self.path, self.media_type)
    }
}

fn key(method: &str, base: &str, path: &str, media_type: &str) -> String {
    format!("{method},{base},{path},{media_type}")
}

fn key_of(info: &OperationInfo) -> String {
    key(info.method.as_str(), base(info.path.host()), info.path.template(), info.media_type.unwrap_or_default())
}

pub(crate) fn run(mode: Mode) -> Result<(), Failure> {
    let list = fs::read_to_string(cargo::root().join(LIST))?;
    let list = read(&list)?;
    let disagreements: Vec<_> = operations().flat_map(|info| disagreements(&list, info)).collect();
    if !disagreements.is_empty() {
        return Err(disagreements.join("\n       ").into());
    }
    let table = table(&list)?;
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

/// The pages of an operation that the list does not have, or has for another operation.
fn disagreements(list: &[Documented<'_>], info: &OperationInfo) -> Vec<String> {
    let (name, key) = (info.name, key_of(info));
    let disagreement = |page: &&str| {
        let rows: Vec<_> = list.iter().filter(|documented| documented.page == *page).collect();
        match rows[..] {
            [] => Some(format!(
                "{name} is on a page that {LIST} does not have: add `area,operation,{key},{page},standing`"
            )),
            _ if rows.iter().any(|documented| documented.key() == key) => None,
            [Documented { operation, .. }, ..] => Some(format!(
                "{name} is `{key}`, and {LIST} has `{}` for {operation}, {page}: mend the one that is wrong",
                rows[0].key()
            )),
        }
    };
    info.pages.iter().filter_map(disagreement).collect()
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
    let requests: BTreeSet<_> = pingone_fixtures::rows()
        .iter()
        .map(|row| row.documented())
        .map(|request| (request.operation, request.page))
        .collect();
    let mut areas = Vec::new();
    let mut covered = 0;
    for area in list.iter().map(|documented| documented.area).collect::<BTreeSet<_>>() {
        let mut rows = String::new();
        let (mut have, mut all) = (0, 0);
        for documented in list.iter().filter(|documented| documented.area == area) {
            let info = covering(documented, &requests);
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
         Every documented operation of PingOne MFA, with those on users that it needs, and whether this project has it: \
         {covered} of {all}.\n\n\
         *Standing*: `yes` means that the row was read on the page of the reference, `inferred` that it follows from \
         its neighbours. *May be sent again* says whether the same request has no further effect on the user.\n"
    )
}

/// The operation that covers this line: it is the one that is told like this, it names the page, and a request from there
/// is built in a test.
fn covering(documented: &Documented<'_>, requests: &BTreeSet<(String, String)>) -> Option<&'static OperationInfo> {
    operations().find(|info| {
        key_of(info) == documented.key()
            && info.pages.contains(&documented.page)
            && requests.contains(&(info.name.to_owned(), documented.page.to_owned()))
    })
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

#[cfg(test)]
mod tests {
    use pingone_model::Path;

    use super::*;

    fn list() -> String {
        fs::read_to_string(cargo::root().join(LIST)).unwrap()
    }

    #[test]
    fn whatever_an_operation_is_told_by_is_held_against_its_row() {
        let list = list();
        let list = read(&list).unwrap();
        for info in operations() {
            assert_eq!(disagreements(&list, info), [""; 0]);
            let change = |change: fn(&mut OperationInfo)| {
                let mut info = info.clone();
                change(&mut info);
                info
            };
            for changed in [
                change(|info| {
                    info.path = match info.path.host() {
                        Host::Auth => Path::api(info.path.template()),
                        Host::Api => Path::api("/environments/{envID}/elsewhere"),
                    }
                }),
                change(|info| info.path = Path::auth("/{envID}/elsewhere")),
                change(|info| info.media_type = Some("application/x")),
                change(|info| {
                    info.method = operations().find(|other| other.method != info.method).unwrap().method.clone()
                }),
            ] {
                let told = disagreements(&list, &changed);
                assert_eq!(told.len(), info.pages.len(), "{changed:?}");
                for (told, page) in told.iter().zip(info.pages) {
                    let row = list.iter().find(|documented| documented.page == *page).unwrap();
                    assert!(told.contains(info.name) && told.contains(row.operation) && told.contains(page), "{told}");
                }
            }
        }
    }

    #[test]
    fn a_page_without_a_row_is_told_with_the_row_to_add() {
        let info = operations().next().unwrap();
        let told = disagreements(&[], info);
        assert!(
            told[0].contains(&format!("add `area,operation,{},{},standing`", key_of(info), info.pages[0])),
            "{told:?}"
        );
    }

    #[test]
    fn a_row_counts_only_with_its_page_and_a_request_from_there() {
        let list = list();
        let list = read(&list).unwrap();
        let row = list.iter().find(|documented| documented.operation == "Validate OTP for Device").unwrap();
        let requests = |operation: &str| BTreeSet::from([(operation.to_owned(), row.page.to_owned())]);
        assert!(covering(row, &requests("device_authentication.check_otp")).is_some());
        assert!(covering(row, &requests("device_authentication.cancel")).is_none());
        assert!(covering(row, &BTreeSet::new()).is_none());
        let elsewhere = Documented { page: "https://example.com", ..*row };
        let requests = BTreeSet::from([("device_authentication.check_otp".to_owned(), elsewhere.page.to_owned())]);
        assert!(covering(&elsewhere, &requests).is_none());
    }
}
