//! What always travels together while a request is answered.

use jiff::Timestamp;

use crate::{
    body::Body,
    error::PlatformError,
    request::Request,
    rules::{Rule, Rules},
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

    /// What stands in the path where its template has `{name}`.
    pub(crate) fn parameter(&self, name: &str) -> &'a str {
        self.parameters.get(name)
    }

    /// The body, which has to be a JSON object.
    pub(crate) fn body(&self) -> Result<Body, PlatformError> {
        Body::read(self.request.body(), self.conditions.rules)
    }

    /// The address of a path on the authorization host, as the client has asked for it.
    pub(crate) fn auth_url(&self, path: &str) -> String {
        let Environment { id, has_custom_domain } = self.environment;
        let base = self.request.base();
        if has_custom_domain { format!("{base}{path}") } else { format!("{base}/{id}{path}") }
    }
}
