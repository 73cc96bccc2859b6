//! Every sample that lets somebody in asks whether it is the user for whom the log-in began.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The README, the guides, the front pages of the crates, and the examples.
fn samples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut samples = vec![root.join("README.md")];
    let mut folders = vec![root.join("docs"), root.join("crates/pingone-examples/examples")];
    for package in ["pingone-model", "pingone-client-core", "pingone-async", "pingone-blocking", "pingone-emulator"] {
        samples.push(root.join("crates").join(package).join("src/lib.rs"));
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "md") {
                samples.push(path);
            }
        }
    }
    samples
}

#[test]
fn whoever_takes_a_completed_asks_whom_it_is_for() {
    let mut asking = 0;
    for path in samples() {
        let text = fs::read_to_string(&path).unwrap();
        // Whose wait or device it is, is another question.
        for name in ["completed", "proof"] {
            for by_hand in ["user_id() ==", "user_id() !=", "user_id().map"].map(|end| format!("{name}.{end}")) {
                assert!(!text.contains(&by_hand), "{}: `{by_hand}`; say `is_for`", path.display());
            }
        }
        let takes = [
            "NextStep::Completed(completed)",
            "NextStep::Completed(proof)",
            "AlreadyApproved(completed)",
            "Ok(completed)",
        ];
        let asks = text.contains(".is_for(");
        // What hands it on to another file of the same example says so there.
        let hands_on = text.contains("self.let_in(") || text.contains(".let_in(");
        assert!(asks || hands_on || !takes.iter().any(|takes| text.contains(takes)), "{}", path.display());
        asking += usize::from(asks);
    }
    assert!(asking >= 8, "{asking}");
}
