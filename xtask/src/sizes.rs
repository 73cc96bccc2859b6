//! What each crate brings along: crates linked, CPU time of a clean build, size of a program. Beside it, the same by
//! hand.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use crate::{Failure, cargo};

/// A program that does the least that shows what its crate costs.
struct Program {
    name: &'static str,
    source: &'static str,
    /// Its dependencies beyond those of all; `{crates}` is where ours are.
    dependencies: &'static str,
    goals: &'static [Goal],
}

enum Goal {
    CratesLinked(usize),
    CratesBuilt(usize),
    /// So many crates of others more than that program, and so many times its size.
    Beside(&'static str, usize, f64),
    /// So many times that program's CPU time.
    CpuOf(&'static str, f64),
}

/// The reply as it is typed by hand.
const USUAL: &str = include_str!("../../crates/pingone-bench/src/usual.rs");

const BLOCKING: &str = include_str!("../programs/blocking.rs");
const ASYNC: &str = include_str!("../programs/async.rs");

const PROGRAMS: &[Program] = &[
    Program { name: "empty", source: "fn main() {}", dependencies: "", goals: &[] },
    Program {
        name: "typed by hand",
        source: include_str!("../programs/by_hand.rs"),
        dependencies: r#"serde_json = "1"
serde = { version = "1", default-features = false, features = ["std", "derive"] }"#,
        goals: &[],
    },
    Program {
        name: "pingone-model",
        source: include_str!("../programs/model.rs"),
        dependencies: r#"pingone-model = { path = "{crates}/pingone-model" }"#,
        goals: &[Goal::CratesLinked(12), Goal::CratesBuilt(17), Goal::CpuOf("typed by hand", 1.5)],
    },
    Program {
        name: "ureq by hand, ring",
        source: include_str!("../programs/ureq.rs"),
        dependencies: r#"ureq = { version = "3.5", default-features = false, features = ["platform-verifier", "rustls"] }
serde_json = "1"
serde = { version = "1", default-features = false, features = ["std", "derive"] }"#,
        goals: &[],
    },
    Program {
        name: "pingone-blocking, ring",
        source: BLOCKING,
        dependencies: r#"pingone-blocking = { path = "{crates}/pingone-blocking" }"#,
        goals: &[Goal::Beside("ureq by hand, ring", 2, 1.1)],
    },
    Program {
        name: "reqwest by hand, ring, http2",
        source: include_str!("../programs/reqwest.rs"),
        dependencies: r#"reqwest = { version = "0.13.5", default-features = false, features = ["http2", "rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
tokio = { version = "1", default-features = false, features = ["net", "rt", "time"] }
serde_json = "1"
serde = { version = "1", default-features = false, features = ["std", "derive"] }"#,
        goals: &[],
    },
    Program {
        name: "pingone-async, ring, http2",
        source: ASYNC,
        dependencies: r#"pingone-async = { path = "{crates}/pingone-async" }
tokio = { version = "1", default-features = false, features = ["net", "rt", "time"] }"#,
        goals: &[Goal::Beside("reqwest by hand, ring, http2", 2, 1.1)],
    },
    Program {
        name: "pingone-blocking, no TLS",
        source: BLOCKING,
        dependencies: r#"pingone-blocking = { path = "{crates}/pingone-blocking", default-features = false }"#,
        goals: &[],
    },
    Program {
        name: "pingone-blocking, aws-lc-rs",
        source: BLOCKING,
        dependencies: r#"pingone-blocking = { path = "{crates}/pingone-blocking", default-features = false, features = ["aws-lc-rs"] }"#,
        goals: &[],
    },
    Program {
        name: "pingone-blocking, ring, jwt, tracing",
        source: BLOCKING,
        dependencies: r#"pingone-blocking = { path = "{crates}/pingone-blocking", features = ["jwt", "tracing"] }"#,
        goals: &[],
    },
    Program {
        name: "pingone-async, ring, no http2",
        source: ASYNC,
        dependencies: r#"pingone-async = { path = "{crates}/pingone-async", default-features = false, features = ["ring"] }
tokio = { version = "1", default-features = false, features = ["net", "rt", "time"] }"#,
        goals: &[],
    },
    Program {
        name: "pingone-async, aws-lc-rs, http2",
        source: ASYNC,
        dependencies: r#"pingone-async = { path = "{crates}/pingone-async", default-features = false, features = ["aws-lc-rs", "http2"] }
tokio = { version = "1", default-features = false, features = ["net", "rt", "time"] }"#,
        goals: &[],
    },
];

struct Size {
    name: &'static str,
    linked: usize,
    /// Of these, those that are not ours.
    of_others: usize,
    built: usize,
    /// Seconds, where the system tells them.
    cpu: Option<f64>,
    kib: u64,
}

pub(crate) fn run() -> Result<(), Failure> {
    println!("| program | crates linked | crates built | clean build, CPU s | release, stripped, KiB | goal | |");
    println!("|---|--:|--:|--:|--:|---|---|");
    let mut sizes = Vec::new();
    for program in PROGRAMS {
        let size = measure(program)?;
        let cpu = size.cpu.map_or_else(String::new, |seconds| format!("{seconds:.0}"));
        let (goals, verdict) = judge(program, &size, &sizes);
        println!("| {} | {} | {} | {cpu} | {} | {goals} | {verdict} |", size.name, size.linked, size.built, size.kib);
        sizes.push(size);
    }
    Ok(())
}

/// Builds the program by itself, in a folder of its own, from nothing.
fn measure(program: &Program) -> Result<Size, Failure> {
    let folder = cargo::target()?.join("sizes").join(program.name.replace([' ', ','], "_"));
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/main.rs"), program.source)?;
    fs::write(folder.join("src/usual.rs"), USUAL)?;
    let crates = cargo::root().join("crates");
    let dependencies = program.dependencies.replace("{crates}", &crates.to_string_lossy().replace('\\', "/"));
    let manifest = "[package]\nname = \"program\"\nedition = \"2024\"\n[workspace]\n[profile.release]\nstrip = true\n";
    fs::write(folder.join("Cargo.toml"), format!("{manifest}[dependencies]\n{dependencies}\n"))?;
    // The same versions as everywhere else; cargo drops what is not needed.
    fs::copy(cargo::root().join("Cargo.lock"), folder.join("Cargo.lock"))?;

    let linked = tree(&folder, "normal,no-proc-macro")?;
    let of_others = linked.iter().filter(|name| !name.starts_with("pingone-")).count();
    let built = tree(&folder, "normal,build")?.len();
    in_folder(&folder, &["fetch"])?;
    let before = cpu_of_children();
    in_folder(&folder, &["build", "--release", "--target-dir", "target"])?;
    let cpu = cpu_of_children().zip(before).map(|(after, before)| after - before);
    let program_file = folder.join("target/release").join(format!("program{}", std::env::consts::EXE_SUFFIX));
    Ok(Size {
        name: program.name,
        linked: linked.len(),
        of_others,
        built,
        cpu,
        kib: fs::metadata(program_file)?.len() / 1024,
    })
}

/// The crates in its tree, without itself.
fn tree(folder: &Path, edges: &str) -> Result<BTreeSet<String>, Failure> {
    let text = in_folder(folder, &["tree", "--prefix", "none", "--format", "{p}", "--edges", edges])?;
    let crates = text.lines().filter(|line| !line.is_empty() && !line.starts_with("program "));
    Ok(crates.map(|line| line.replace(" (*)", "")).collect())
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).arg("--quiet").args(arguments).current_dir(folder).output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    Err(format!("cargo {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr)).into())
}

/// The CPU seconds of all processes that this one has waited for, and of those that they have; on Linux.
fn cpu_of_children() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name, in parentheses, may have blanks in it.
    let fields: Vec<_> = text.rsplit_once(") ")?.1.split(' ').collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    // `cutime` and `cstime` of proc(5), in hundredths.
    Some((ticks(13)? + ticks(14)?) / 100.0)
}

fn judge(program: &Program, size: &Size, others: &[Size]) -> (String, &'static str) {
    let find = |name: &str| others.iter().find(|other| other.name == name);
    let mut texts = Vec::new();
    let mut all_met = true;
    for goal in program.goals {
        let (text, met) = match *goal {
            Goal::CratesLinked(most) => (format!("≤ {most} linked"), size.linked <= most),
            Goal::CratesBuilt(most) => (format!("≤ {most} built"), size.built <= most),
            Goal::Beside(name, crates, times) => {
                let met = find(name).is_some_and(|base| {
                    size.of_others <= base.of_others + crates && size.kib as f64 <= base.kib as f64 * times
                });
                (format!("{name}: ≤ {crates} crates of others more, ≤ {times} × its size"), met)
            }
            Goal::CpuOf(name, times) => {
                let base = find(name).and_then(|base| base.cpu).zip(size.cpu);
                (format!("≤ {times} × the CPU of {name}"), base.is_none_or(|(base, cpu)| cpu <= base * times))
            }
        };
        texts.push(if met { text } else { format!("**{text}**") });
        all_met &= met;
    }
    let verdict = match (program.goals.is_empty(), all_met) {
        (true, _) => "",
        (false, true) => "met",
        (false, false) => "**not met**",
    };
    (texts.join("; "), verdict)
}
