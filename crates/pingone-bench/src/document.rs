//! What is documented: the table in the midst of `performance.md`, and the chart at its top, which shows the table.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{Failure, chart, table::HEAD};

const DOCUMENT: &str = "performance.md";
const CHART: &str = "performance.svg";

/// Where the documentation lies.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// Puts this table in the place of the one that stands there, and draws the chart.
pub(crate) fn write(folder: &Path, table: &str) -> Result<(), Failure> {
    let path = folder.join(DOCUMENT);
    let text = fs::read_to_string(&path)?;
    let old = table_of(&text)?;
    fs::write(&path, text.replacen(old, table, 1))?;
    draw(folder)
}

/// Draws the chart of the table that stands there.
pub(crate) fn draw(folder: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(folder.join(DOCUMENT))?;
    Ok(fs::write(folder.join(CHART), chart::draw(table_of(&text)?)?)?)
}

fn table_of(text: &str) -> Result<&str, Failure> {
    let start = text.find(HEAD).ok_or("the document has no table")?;
    let rest = &text[start..];
    Ok(rest.split_once("\n\n").map_or(rest, |(table, _)| table))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn the_chart_that_is_documented_shows_the_table_that_is_documented() {
        let text = fs::read_to_string(folder().join(DOCUMENT)).unwrap();
        let (top, _) = text.split_once("\n## ").unwrap();
        assert!(top.contains(&format!("]({CHART})")), "the chart is not at the top");
        let drawn = chart::draw(table_of(&text).unwrap()).unwrap();
        let documented = fs::read_to_string(folder().join(CHART)).unwrap();
        assert!(drawn == documented, "the chart is of another table: run `cargo xtask bench chart`");
    }

    #[test]
    fn a_new_table_replaces_the_old_one_and_its_chart() {
        let folder = std::env::temp_dir().join(format!("pingone-bench-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let before = fs::read_to_string(super::folder().join(DOCUMENT)).unwrap();
        fs::write(folder.join(DOCUMENT), &before).unwrap();
        let old = table_of(&before).unwrap();
        let row = old.lines().find(|line| line.starts_with("| pingone-async | ")).unwrap();
        let figure = row.split(" | ").nth(1).unwrap();
        let measured = old.replacen(row, &row.replacen(figure, "98.7 µs", 1), 1);
        assert_ne!(old, measured);

        write(&folder, &measured).unwrap();
        let after = fs::read_to_string(folder.join(DOCUMENT)).unwrap();
        assert_eq!(table_of(&after).unwrap(), measured);
        assert_eq!(after.replacen(&measured, old, 1), before, "nothing else is touched");
        let chart = fs::read_to_string(folder.join(CHART)).unwrap();
        assert!(chart.contains("98.7 µs"));
        fs::remove_dir_all(folder).unwrap();
    }
}
