//! The diagrams of the guide to states, held against the machines: whatever these are driven through is drawn, and whatever
//! is drawn happens.

mod authentication;
mod call;
mod enrolment;
mod wait;

use std::{collections::BTreeSet, fs, path::Path};

/// From which state to which, and by what.
type Edges = BTreeSet<(String, String, String)>;

/// Where a diagram begins and ends.
const OUTSIDE: &str = "[*]";

/// The edges of the diagram under this heading.
fn drawn(heading: &str) -> Edges {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/states.md");
    let text = fs::read_to_string(file).unwrap();
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let (_, diagram) = section.split_once("```mermaid\nstateDiagram-v2\n").unwrap();
    let (diagram, _) = diagram.split_once("\n```").unwrap();
    let edges = diagram.lines().map(|line| {
        let (states, label) = line.split_once(": ").unwrap_or((line, ""));
        let (from, to) = states.split_once(" --> ").unwrap_or_else(|| panic!("no edge: {line}"));
        (from.trim().to_owned(), to.trim().to_owned(), label.to_owned())
    });
    edges.collect()
}

fn assert_drawn(heading: &str, taken: &Edges) {
    let drawn = drawn(heading);
    let lines = |edges: &mut dyn Iterator<Item = &(String, String, String)>| {
        edges.map(|(from, to, label)| format!("    {from} --> {to}: {label}\n")).collect::<String>()
    };
    let missing = lines(&mut taken.difference(&drawn));
    let invented = lines(&mut drawn.difference(taken));
    assert!(missing.is_empty() && invented.is_empty(), "not drawn:\n{missing}drawn, and never taken:\n{invented}");
}

fn edge(from: &str, to: &str, label: &str) -> (String, String, String) {
    (from.to_owned(), to.to_owned(), label.to_owned())
}
