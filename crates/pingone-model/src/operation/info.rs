use http::Method;

use super::Path;
use crate::{Problem, ResponseError, error::Meaning, media_type};

/// Whether the same request may be sent again without another effect, in the words of RFC 9110, section 9.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Idempotency {
    /// It changes nothing.
    Safe,
    /// Sending it twice has the same effect as once.
    Idempotent,
    /// Neither: it may send a second push or code, burn an attempt, or report failure although the first succeeded.
    /// PingOne has no idempotency keys.
    Neither,
}

/// What is known about an operation before it is built.
///
/// ```
/// use pingone_model::{OperationInfo, Path};
///
/// const ORDERS: Path = Path::api("/environments/{envID}/orders/{orderID}");
/// const READ: &OperationInfo = &OperationInfo::get("order.read", ORDERS, &[]);
/// assert_eq!(READ.path.to_string(), "{apiPath}/environments/{envID}/orders/{orderID}");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// Its name in traces and tables, `resource.operation`, such as `device_authentication.cancel`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The host and the path, with the documentation's placeholders.
    pub path: Path,
    /// The media type of its body, which is what tells operations on one path apart; none if it has no body.
    pub media_type: Option<&'static str>,
    /// Whether it may be sent again.
    pub idempotency: Idempotency,
    /// Whether it is sent with an access token. Public resources need none.
    pub needs_token: bool,
    /// The pages of the reference that it covers whole, its own page first.
    pub pages: &'static [&'static str],
    meaning: Meaning,
    is_answer: fn(&ResponseError) -> bool,
}

impl OperationInfo {
    /// An operation that reads: *safe*.
    #[must_use]
    pub const fn get(name: &'static str, path: Path, pages: &'static [&'static str]) -> Self {
        Self::new(name, Method::GET, path, None, Idempotency::Safe, pages)
    }

    /// An operation that replaces, with JSON: *idempotent*.
    #[must_use]
    pub const fn put(name: &'static str, path: Path, pages: &'static [&'static str]) -> Self {
        Self::new(name, Method::PUT, path, Some(media_type::JSON), Idempotency::Idempotent, pages)
    }

    /// An operation that changes a part, with JSON. It is not sent again, because that could undo somebody else's
    /// change in between.
    #[must_use]
    pub const fn patch(name: &'static str, path: Path, pages: &'static [&'static str]) -> Self {
        Self::new(name, Method::PATCH, path, Some(media_type::JSON), Idempotency::Neither, pages)
    }

    /// An operation that deletes. It is not sent again: the second answer would be 404 although the first succeeded.
    #[must_use]
    pub const fn delete(name: &'static str, path: Path, pages: &'static [&'static str]) -> Self {
        Self::new(name, Method::DELETE, path, None, Idempotency::Neither, pages)
    }

    /// An operation that creates or acts.
    #[must_use]
    pub const fn post(
        name: &'static str,
        path: Path,
        media_type: &'static str,
        pages: &'static [&'static str],
    ) -> Self {
        Self::new(name, Method::POST, path, Some(media_type), Idempotency::Neither, pages)
    }

    const fn new(
        name: &'static str,
        method: Method,
        path: Path,
        media_type: Option<&'static str>,
        idempotency: Idempotency,
        pages: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            method,
            path,
            media_type,
            idempotency,
            needs_token: true,
            pages,
            meaning: as_it_is,
            is_answer: |_| false,
        }
    }

    /// It is sent without an access token.
    #[must_use]
    pub const fn without_token(mut self) -> Self {
        self.needs_token = false;
        self
    }

    /// It may be sent again, although its method does not say so.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotency = Idempotency::Idempotent;
        self
    }

    /// Such a refusal is an ordinary answer of this operation: its output reads it, and it is no error.
    #[must_use]
    pub const fn answered_by(mut self, refusal: fn(&ResponseError) -> bool) -> Self {
        self.is_answer = refusal;
        self
    }

    /// Whether this refusal is an ordinary answer of this operation.
    #[must_use]
    pub fn is_answered_by(&self, refusal: &ResponseError) -> bool {
        (self.is_answer)(refusal)
    }

    /// What a problem means for this operation, where that is more than the refusal itself says: such as 404, a wrong
    /// state, or the last try.
    #[must_use]
    pub const fn meaning(mut self, meaning: fn(&ResponseError, Problem) -> Problem) -> Self {
        self.meaning = meaning;
        self
    }
}

impl ResponseError {
    /// The same as the answer to `operation`, which knows more of what it [means](Self::problem).
    /// [`Operation::read`](crate::Operation::read) has done so already.
    #[must_use]
    pub fn of(self, operation: &'static OperationInfo) -> Self {
        self.with_meaning(operation.meaning)
    }
}

fn as_it_is(_: &ResponseError, problem: Problem) -> Problem {
    problem
}
