//! What is always needed together while a request is answered.

use std::cell::RefCell;

use jiff::Timestamp;

use crate::{
    body::{Body, short},
    error::PlatformError,
    request::Request,
    rules::{self, Rule, Rules},
    template::Parameters,
};

/// What holds at this moment.
#[derive(Clone, Copy)]
pub(crate) struct Conditions<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) now: Timestamp,
}

/// The environment, and whether the client asks for it at a custom domain.
#[derive(Clone, Copy)]
pub(crate) struct Environment<'a> {
    pub(crate) id: &'a str,
    pub(crate) has_custom_domain: bool,
}

/// A request to the service, and what holds while it is answered.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) request: &'a Request,
    pub(crate) parameters: Parameters<'a>,
    pub(crate) environment: Environment<'a>,
    pub(crate) conditions: Conditions<'a>,
    /// Whether a signed-in user asks, instead of a worker.
    pub(crate) is_user: bool,
    /// What the body of this operation can have.
    pub(crate) members: &'static [&'static str],
    pub(crate) warnings: &'a Warnings,
}

/// What was accepted although it is not documented. Whoever sends very much of it is told enough by the first.
#[derive(Default)]
pub(crate) struct Warnings(RefCell<Vec<String>>);

const MOST_WARNINGS: usize = 10;

impl Warnings {
    fn add(&self, warning: String) {
        let mut all = self.0.borrow_mut();
        if all.len() < MOST_WARNINGS && !all.contains(&warning) {
            all.push(warning);
        }
    }

    pub(crate) fn into_inner(self) -> Vec<String> {
        self.0.into_inner()
    }
}

impl Conditions<'_> {
    pub(crate) fn holds(&self, rule: &Rule) -> bool {
        self.rules.holds(rule)
    }
}

impl<'a> Context<'a> {
    pub(crate) fn holds(&self, rule: &Rule) -> bool {
        self.conditions.holds(rule)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.conditions.now
    }

    /// The part of the path that matches `{name}`.
    pub(crate) fn parameter(&self, name: &str) -> &'a str {
        self.parameters.get(name)
    }

    /// Whether the query asks for more: `expand=order,typeDisplayNames`.
    pub(crate) fn expands(&self, what: &str) -> bool {
        self.request.query("expand").is_some_and(|expand| expand.split(',').any(|part| part.trim() == what))
    }

    /// The body, which has to be a JSON object.
    pub(crate) fn body(&self) -> Result<Body, PlatformError> {
        let body = self.whole_body()?;
        for member in body.other_than(self.members) {
            self.tolerate(&rules::UNKNOWN_MEMBERS_ARE_TOLERATED, &member, "is not a documented member")?;
        }
        Ok(body)
    }

    /// The body, which has to be a JSON object. Which of its members are known is for the operation to say.
    pub(crate) fn whole_body(&self) -> Result<Body, PlatformError> {
        Body::read(self.request.body(), self.conditions.rules)
    }

    /// Notes in the journal what had no effect.
    pub(crate) fn warn(&self, target: &str, problem: &str) {
        self.warnings.add(format!("{} {problem}", short(target)));
    }

    /// Accepts undocumented input with a warning in the journal; without the rule, refuses it.
    pub(crate) fn tolerate(&self, rule: &Rule, target: &str, problem: &str) -> Result<(), PlatformError> {
        if !self.holds(rule) {
            return Err(PlatformError::invalid_value(target, problem));
        }
        self.warnings.add(format!("{target} {problem}"));
        Ok(())
    }

    /// The address of a path on the authorization host, as the client has asked for it.
    pub(crate) fn auth_url(&self, path: &str) -> String {
        let Environment { id, has_custom_domain } = self.environment;
        let base = self.request.base();
        if has_custom_domain { format!("{base}{path}") } else { format!("{base}/{id}{path}") }
    }

    /// The address of a path on the management host. A custom domain has none.
    pub(crate) fn api_url(&self, path: &str) -> String {
        format!("{}/v1/environments/{}{path}", self.request.base(), self.environment.id)
    }
}
