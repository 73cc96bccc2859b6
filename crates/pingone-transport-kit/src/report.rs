use std::fmt;

/// What a transport has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// A request is sent once, whatever happens: only the client knows whether it may be sent again.
    Once,
    /// No redirect is followed, because the token would go along. Its response is `Ok`.
    NoRedirect,
    /// A service on loopback is called without a proxy, which could read the token.
    NoProxy,
    /// It ends within the time limit, which covers the whole response.
    TimeLimit,
    /// It reads no more of a body than the limit allows.
    SizeLimit,
    /// A body that did not arrive completely is an error, `interrupted`, with the head of the response.
    WholeBody,
    /// It says *not sent* if there was no connection, and never for what may have reached the service.
    NotSent,
    /// The request's method, target, headers and body are sent unchanged, without additions that have an effect.
    Request,
    /// The response's status, headers and body are returned unchanged; any status is `Ok`.
    Response,
    /// Nothing of one exchange reaches the next: no cookie, no late reply, no connection that the service has closed.
    NothingKept,
    /// Errors show no headers and no bodies.
    Secrets,
}

impl Rule {
    const fn text(self) -> &'static str {
        match self {
            Self::Once => "send a request once",
            Self::NoRedirect => "follow no redirect",
            Self::NoProxy => "use no proxy to loopback",
            Self::TimeLimit => "end within the time limit",
            Self::SizeLimit => "read no more than the size limit",
            Self::WholeBody => "never pass part of a body off as the whole",
            Self::NotSent => "report `not_sent` for what was not sent, and for nothing else",
            Self::Request => "leave the request as it is",
            Self::Response => "leave the response as it is",
            Self::NothingKept => "keep nothing of one exchange for the next",
            Self::Secrets => "show no secret",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// A violation of the contract. `Display` is one line: the rule, the situation and what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    rule: Rule,
    situation: &'static str,
    happened: String,
}

impl Fault {
    pub(crate) fn new(rule: Rule, situation: &'static str, happened: String) -> Self {
        Self { rule, situation, happened }
    }

    /// The rule that is broken.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.rule, self.situation, self.happened)
    }
}

/// What a [`check`](crate::check) has found. `Display` has one line for each fault.
#[derive(Clone, Debug)]
#[must_use]
pub struct Report {
    pub(crate) exchanges: usize,
    pub(crate) faults: Vec<Fault>,
    pub(crate) knows_proxies: bool,
}

impl Report {
    /// The violations; empty if the transport keeps the contract.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether [`Rule::NoProxy`] was tested: only if the variables of this process name a proxy. Do another
    /// run with `HTTP_PROXY`, `http_proxy` and `ALL_PROXY` set to an address where nothing listens.
    #[must_use]
    pub fn knows_proxies(&self) -> bool {
        self.knows_proxies
    }

    /// For a test.
    ///
    /// # Panics
    ///
    /// The contract is broken; the message names each fault.
    #[expect(clippy::panic, reason = "this is how a test fails")]
    pub fn assert_kept(&self) {
        if !self.faults.is_empty() {
            panic!("{self}");
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.faults.len() {
            0 => write!(f, "the transport keeps the contract in {} exchanges", self.exchanges)?,
            1 => write!(f, "the transport breaks the contract once:")?,
            count => write!(f, "the transport breaks the contract {count} times:")?,
        }
        for fault in &self.faults {
            write!(f, "\n- {fault}")?;
        }
        if !self.knows_proxies {
            write!(f, "\n(proxies were not tested: no environment variable names one)")?;
        }
        Ok(())
    }
}
