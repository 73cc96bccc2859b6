//! Rules: the source and the test of each. Each resource has its own in a table.
//!
//! The code names a rule where it enforces it. A rule that is no more than an assumption can be switched off, so that a
//! client can also be tested against the other behaviour.

/// Gives each rule of a file its constant, and lists them.
macro_rules! table {
    ($($id:ident = $rule:expr;)*) => {
        $(pub(crate) static $id: $crate::rules::Rule = $rule;)*
        pub(crate) static ALL: &[&$crate::rules::Rule] = &[$(&$id),*];
    };
}

pub(crate) mod http;
pub(crate) mod page;

use std::{collections::BTreeSet, error::Error, fmt};

use serde_json::{Value, json};

pub(crate) use self::http::*;
pub(crate) use table;

/// A rule that the emulator enforces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    name: &'static str,
    rule: &'static str,
    standing: Standing,
    source: &'static str,
    test: &'static str,
    otherwise: Option<&'static str>,
    is_lenient: bool,
}

/// How a rule is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Standing {
    /// A page of the vendor or a standard says so.
    Documented,
    /// A published program relies on it.
    Seen,
    /// It follows from examples and from what is documented elsewhere.
    Inferred,
    /// We had to decide.
    Assumed,
}

impl Rule {
    pub(crate) const fn documented(
        name: &'static str,
        rule: &'static str,
        page: &'static str,
        test: &'static str,
    ) -> Self {
        Self { name, rule, standing: Standing::Documented, source: page, test, otherwise: None, is_lenient: false }
    }

    pub(crate) const fn seen(name: &'static str, rule: &'static str, test: &'static str) -> Self {
        Self {
            name,
            rule,
            standing: Standing::Seen,
            source: "published program",
            test,
            otherwise: None,
            is_lenient: false,
        }
    }

    pub(crate) const fn inferred(name: &'static str, rule: &'static str, test: &'static str) -> Self {
        Self { name, rule, standing: Standing::Inferred, source: "inferred", test, otherwise: None, is_lenient: false }
    }

    pub(crate) const fn assumed(name: &'static str, rule: &'static str, test: &'static str) -> Self {
        Self { name, rule, standing: Standing::Assumed, source: "assumed", test, otherwise: None, is_lenient: false }
    }

    /// The rule can be switched off; the text says what happens then.
    pub(crate) const fn or(self, otherwise: &'static str) -> Self {
        Self { otherwise: Some(otherwise), ..self }
    }

    /// The rule accepts undocumented input; without it, that is refused.
    pub(crate) const fn lenient(self, otherwise: &'static str) -> Self {
        Self { is_lenient: true, ..self.or(otherwise) }
    }

    /// The name, such as `null-is-absent`.
    pub fn name(&self) -> &str {
        self.name
    }

    /// What holds, in one sentence.
    pub fn rule(&self) -> &str {
        self.rule
    }

    /// How it is known.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// The URL of a page, or another source.
    pub fn source(&self) -> &str {
        self.source
    }

    /// Its test, as the test program lists it.
    pub fn test(&self) -> &str {
        self.test
    }

    /// What happens when it is switched off; `None` if it cannot be.
    pub fn otherwise(&self) -> Option<&str> {
        self.otherwise
    }

    /// Whether it can be switched off.
    pub fn is_switchable(&self) -> bool {
        self.otherwise.is_some()
    }

    /// Whether it accepts undocumented input, with a warning in the journal.
    pub fn is_lenient(&self) -> bool {
        self.is_lenient
    }

    /// The rule as `pingone-emulator rules --json` prints it.
    pub fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "rule": self.rule,
            "standing": self.standing.as_str(),
            "source": self.source,
            "test": self.test,
            "switchable": self.is_switchable(),
            "otherwise": self.otherwise,
        })
    }
}

impl Standing {
    /// The standing in lower case, such as `assumed`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Seen => "seen",
            Self::Inferred => "inferred",
            Self::Assumed => "assumed",
        }
    }
}

/// Which rules hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    off: BTreeSet<&'static str>,
}

impl Rules {
    pub(crate) fn holds(&self, rule: &Rule) -> bool {
        !self.off.contains(rule.name)
    }

    pub(crate) fn switch_off(&mut self, rule: &'static Rule) {
        self.off.insert(rule.name);
    }

    /// Switches the rule of this name, which has to be among `all`.
    pub(crate) fn switch(
        &mut self,
        mut all: impl Iterator<Item = &'static Rule>,
        name: &str,
        on: bool,
    ) -> Result<(), NoSuchRule> {
        let rule = all.find(|rule| rule.name == name && rule.is_switchable()).ok_or_else(|| NoSuchRule::new(name))?;
        if on {
            self.off.remove(rule.name);
        } else {
            self.switch_off(rule);
        }
        Ok(())
    }
}

/// No rule has this name, or it cannot be switched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchRule {
    name: String,
}

impl NoSuchRule {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned() }
    }
}

impl fmt::Display for NoSuchRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no rule that can be switched is called {:?}", self.name)
    }
}

impl Error for NoSuchRule {}
