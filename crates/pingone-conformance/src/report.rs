//! What a check has found.

use std::fmt;

use serde_json::{Value, json};

use crate::entry::Entry;

/// What became of every entry.
#[derive(Clone, Debug)]
pub struct Report {
    entries: Vec<EntryReport>,
}

/// What became of one entry.
#[derive(Clone, Debug)]
pub struct EntryReport {
    rule: &'static str,
    name: &'static str,
    outcome: Outcome,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was as expected.
    Passed,
    /// It was not.
    Failed {
        /// What was expected.
        expected: String,
        /// What was seen.
        seen: String,
    },
    /// It could not be tried.
    NotApplicable {
        /// Why.
        reason: String,
    },
}

impl EntryReport {
    pub(super) fn new(entry: &Entry, outcome: Outcome) -> Self {
        Self { rule: entry.rule, name: entry.name, outcome }
    }

    /// The name of the rule.
    pub fn rule(&self) -> &str {
        self.rule
    }

    /// What is seen if the rule holds.
    pub fn name(&self) -> &str {
        self.name
    }

    /// What became of it.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    fn to_json(&self) -> Value {
        let mut json = json!({ "rule": self.rule, "name": self.name });
        match &self.outcome {
            Outcome::Passed => json["outcome"] = "passed".into(),
            Outcome::Failed { expected, seen } => {
                json["outcome"] = "failed".into();
                json["expected"] = expected.as_str().into();
                json["seen"] = seen.as_str().into();
            }
            Outcome::NotApplicable { reason } => {
                json["outcome"] = "not applicable".into();
                json["reason"] = reason.as_str().into();
            }
        }
        json
    }
}

impl Report {
    pub(super) fn new(entries: Vec<EntryReport>) -> Self {
        Self { entries }
    }

    /// Every entry, in the order of the list.
    pub fn entries(&self) -> &[EntryReport] {
        &self.entries
    }

    /// How many were as expected.
    pub fn passed(&self) -> usize {
        self.count(|outcome| *outcome == Outcome::Passed)
    }

    /// How many were not.
    pub fn failed(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Failed { .. }))
    }

    /// How many could not be tried.
    pub fn not_applicable(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::NotApplicable { .. }))
    }

    fn count(&self, is: impl Fn(&Outcome) -> bool) -> usize {
        self.entries.iter().filter(|entry| is(&entry.outcome)).count()
    }

    /// The report as `pingone-emulator check --json` prints it.
    pub fn to_json(&self) -> Value {
        json!({
            "passed": self.passed(),
            "failed": self.failed(),
            "notApplicable": self.not_applicable(),
            "entries": self.entries.iter().map(EntryReport::to_json).collect::<Value>(),
        })
    }

    /// Rule by rule what is not as expected, and the counts. `about` knows what a rule says, and on what ground.
    pub fn text(&self, about: impl Fn(&str) -> Option<String>) -> String {
        let mut rules: Vec<&str> = Vec::new();
        for entry in &self.entries {
            if !rules.contains(&entry.rule) {
                rules.push(entry.rule);
            }
        }
        let mut text = String::new();
        for rule in rules {
            let differences = self.differences(rule);
            if !differences.is_empty() {
                let about = about(rule).map_or_else(String::new, |about| format!(": {about}"));
                text.push_str(&format!("{rule}{about}\n{}\n\n", differences.join("\n")));
            }
        }
        text.push_str(&format!("{} passed, {} failed", self.passed(), self.failed()));
        if self.not_applicable() > 0 {
            text.push_str(&format!(", {} not applicable", self.not_applicable()));
        }
        text
    }

    /// What is to be said of the rule's entries.
    fn differences(&self, rule: &str) -> Vec<String> {
        let entries = self.entries.iter().filter(|entry| entry.rule == rule);
        let tell = |entry: &EntryReport| match &entry.outcome {
            Outcome::Passed => None,
            Outcome::Failed { expected, seen } => {
                Some(format!("    FAILED: {}\n        expected: {expected}\n        seen:     {seen}", entry.name))
            }
            Outcome::NotApplicable { reason } => Some(format!("    not applicable: {}: {reason}", entry.name)),
        };
        entries.filter_map(tell).collect()
    }
}

/// As [`text`](Report::text), with the rules' names alone.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(|_| None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_rule_by_rule_what_differs_and_counts() {
        let entry = |rule, name, outcome| EntryReport { rule, name, outcome };
        let differs = Outcome::Failed { expected: "400 INVALID_OTP".to_owned(), seen: "200 FAILED".to_owned() };
        let report = Report::new(vec![
            entry("null-is-absent", "one", Outcome::Passed),
            entry("wrong-code-is-400", "two", differs),
            entry("body-limit", "three", Outcome::NotApplicable { reason: "it is late".to_owned() }),
        ]);
        let expected = "\
wrong-code-is-400: A wrong code is an error.
    FAILED: two
        expected: 400 INVALID_OTP
        seen:     200 FAILED

body-limit
    not applicable: three: it is late

1 passed, 1 failed, 1 not applicable";
        let about = |rule: &str| (rule == "wrong-code-is-400").then(|| "A wrong code is an error.".to_owned());
        assert_eq!(report.text(about), expected);
        assert_eq!(report.to_json()["entries"][1]["seen"], "200 FAILED");
        assert_eq!(
            (report.to_json()["passed"].as_u64(), report.to_json()["notApplicable"].as_u64()),
            (Some(1), Some(1))
        );
    }

    #[test]
    fn says_nothing_of_what_could_be_tried_everywhere() {
        assert_eq!(Report::new(Vec::new()).to_string(), "0 passed, 0 failed");
    }
}
