use std::{
    error::Error,
    fmt::{Debug, Write},
};

use super::CANARY;

/// All that was shown.
#[derive(Default)]
pub(super) struct Shown(String);

impl Shown {
    pub(super) fn text(&mut self, text: &str) {
        self.0 += text;
    }

    pub(super) fn debug(&mut self, value: &impl Debug) {
        writeln!(self.0, "{value:?}\n{value:#?}").unwrap();
    }

    pub(super) fn error(&mut self, error: &impl Error) {
        self.debug(error);
        let mut source: Option<&dyn Error> = Some(error);
        while let Some(error) = source {
            writeln!(self.0, "{error}").unwrap();
            source = error.source();
        }
    }

    /// That nothing was shown at all would prove nothing, so each look also has something to find.
    pub(super) fn assert_clean(&self, and_yet: &[&str]) {
        for expected in and_yet {
            assert!(self.0.contains(expected), "{expected} is not in {}", self.0);
        }
        let shown = self.0.to_lowercase();
        // As it is, in Base64 in each of its three alignments, and form-encoded it is itself.
        for form in [CANARY, "y2fuyxj5", "nhbmfye", "jyw5hcn"] {
            assert!(!shown.contains(form), "{form} in {}", self.0);
        }
    }
}
