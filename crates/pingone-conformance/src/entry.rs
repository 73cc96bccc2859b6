//! An entry of the list.

use crate::{session::Session, verdict::Try};

/// A test of the list, and the rule that it tests.
#[derive(Debug)]
pub struct Entry {
    /// The rule's name in the table.
    pub(crate) rule: &'static str,
    /// What is seen if the rule holds.
    pub(crate) name: &'static str,
    pub(super) run: fn(&Session<'_>) -> Try,
}

pub(super) const fn entry(rule: &'static str, name: &'static str, run: fn(&Session<'_>) -> Try) -> Entry {
    Entry { rule, name, run }
}

impl Entry {
    /// The name of the rule.
    pub fn rule(&self) -> &'static str {
        self.rule
    }

    /// What is seen if the rule holds.
    pub fn name(&self) -> &'static str {
        self.name
    }
}
