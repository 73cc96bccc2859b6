//! An entry of the list.

use crate::{session::Session, verdict::Try};

/// Something that is tried, and the rule that says how it ends.
#[derive(Debug)]
pub struct Entry {
    /// The rule's name in the table.
    pub(crate) rule: &'static str,
    /// What is seen where the rule holds.
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

    /// What is seen where the rule holds.
    pub fn name(&self) -> &'static str {
        self.name
    }
}
