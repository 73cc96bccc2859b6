//! What the SDK costs, beside the least that it could cost and what others cost: `cargo xtask bench`.
//!
//! It prints one table. `cargo run --release -p pingone-bench -- decode` prints one family of it; `document` measures all
//! and writes table and chart into the documentation, `chart` draws the chart anew from the table that stands there.

mod calls;
mod chart;
mod decode;
mod document;
mod machine;
mod making;
mod measure;
mod reply;
mod requests;
mod server;
mod table;
mod usual;
mod waiting;

use table::Table;

/// Why something could not be measured.
type Failure = Box<dyn std::error::Error + Send + Sync>;

type Family = (&'static str, fn(&mut Table) -> Result<(), Failure>);

const FAMILIES: [Family; 5] = [
    ("decode", decode::run),
    ("requests", requests::run),
    ("calls", calls::run),
    ("waiting", waiting::run),
    ("making", making::run),
];

fn main() -> Result<(), Failure> {
    // reqwest by hand wants one; ours bring their own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", core] => server::serve(core.parse()?),
        ["wait", mode] => waiting::measure(mode),
        ["document"] => document::write(&document::folder(), &measure(&[])?),
        ["chart"] => document::draw(&document::folder()),
        ref names => measure(names).map(drop),
    }
}

/// The table of these families, or of all.
fn measure(names: &[&str]) -> Result<String, Failure> {
    machine::stay_on(0);
    let mut table = Table::default();
    table.head();
    for (name, family) in FAMILIES {
        if names.is_empty() || names.contains(&name) {
            family(&mut table)?;
        }
    }
    table.end();
    Ok(table.text())
}
