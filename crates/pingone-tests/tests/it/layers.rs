//! Arrows only point down, and the two lower layers do no I/O.

use std::process::Command;

/// The crates in the normal tree of `package`, with all features, for every platform.
fn tree(package: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "-e",
            "normal",
            "--all-features",
            "--target",
            "all",
            "--prefix",
            "none",
            "-p",
            package,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let crates: Vec<_> = text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    assert!(crates.iter().any(|name| name == package), "{text}");
    crates
}

#[test]
fn model_and_core_contain_no_runtime_and_no_http_client() {
    for package in ["pingone-model", "pingone-client-core"] {
        let crates = tree(package);
        for banned in ["tokio", "reqwest", "hyper", "ureq", "async-std", "smol", "rand", "url", "rustls"] {
            assert!(!crates.iter().any(|name| name == banned), "{package} contains {banned}");
        }
    }
}

#[test]
fn the_blocking_client_contains_no_runtime() {
    let crates = tree("pingone-blocking");
    assert!(crates.iter().any(|name| name == "ureq"));
    for banned in ["tokio", "reqwest", "hyper", "url", "rand", "pingone-async", "pingone-emulator"] {
        assert!(!crates.iter().any(|name| name == banned), "{banned}");
    }
}

#[test]
fn client_and_emulator_share_no_code_of_ours() {
    for name in tree("pingone-emulator") {
        assert!(
            ["pingone-emulator", "pingone-conformance"].contains(&&*name) || !name.starts_with("pingone-"),
            "{name}"
        );
    }
    // What the emulator is held against depends on nobody's idea of the service but its own.
    for name in tree("pingone-conformance") {
        assert!(name == "pingone-conformance" || !name.starts_with("pingone-"), "{name}");
    }
    for package in ["pingone-model", "pingone-client-core", "pingone-async", "pingone-blocking"] {
        assert!(!tree(package).iter().any(|name| name == "pingone-emulator"), "{package}");
    }
}
