//! How an authentication ends.

use crate::{DeviceAuthentication, Document, FailureCode, Problem, UserId, device_authentication::problem};

/// The proof that a log-in can demand: the service said `COMPLETED`, and nothing else makes one.
#[derive(Clone, Debug)]
pub struct Completed(Document<DeviceAuthentication>);

impl Completed {
    /// Of a reply that says `COMPLETED`.
    pub(super) fn new(authentication: Document<DeviceAuthentication>) -> Self {
        Self(authentication)
    }

    /// Who is authenticated. Compare it with whom you asked for.
    #[must_use]
    pub fn user_id(&self) -> Option<&UserId> {
        self.0.user()?.id()
    }

    /// Whether it is `user` who is authenticated. If the reply names nobody, it is not: ask this before you let anybody
    /// in. Ids are compared without case.
    #[must_use]
    pub fn is_for(&self, user: &UserId) -> bool {
        self.user_id().is_some_and(|id| id.as_str().eq_ignore_ascii_case(user.as_str()))
    }

    /// The reply that says so.
    #[must_use]
    pub fn authentication(&self) -> &Document<DeviceAuthentication> {
        &self.0
    }
}

/// The user is not authenticated, and this authentication is over.
#[derive(Clone, Debug)]
pub struct Failed(Document<DeviceAuthentication>);

impl Failed {
    /// Of a reply that says `FAILED`.
    pub(super) fn new(authentication: Document<DeviceAuthentication>) -> Self {
        Self(authentication)
    }

    /// Why, as a constant.
    #[must_use]
    pub fn code(&self) -> Option<&FailureCode> {
        self.0.error()?.code()
    }

    /// What a log-in page has to know of it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        problem::of_failed(&self.0)
    }

    /// The reply that says so.
    #[must_use]
    pub fn authentication(&self) -> &Document<DeviceAuthentication> {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NextStep;

    fn step(json: &str) -> NextStep {
        Document::<DeviceAuthentication>::from_json(json.to_owned()).unwrap().into_next_step()
    }

    #[test]
    fn it_is_for_nobody_but_the_user_whom_the_reply_names() {
        let is_for_ada = |user: &str| {
            let NextStep::Completed(completed) = step(&format!(r#"{{"status":"COMPLETED","user":{user}}}"#)) else {
                panic!("not completed")
            };
            completed.is_for(&UserId::from("ada-1"))
        };
        assert!(is_for_ada(r#"{"id":"ada-1"}"#) && is_for_ada(r#"{"id":"ADA-1"}"#));
        for other in [r#"{"id":"eve-1"}"#, r#"{"id":"ada-11"}"#, r#"{"id":7}"#, "{}", "null"] {
            assert!(!is_for_ada(other), "{other}");
        }
    }

    #[test]
    fn a_failure_says_why() {
        let NextStep::Failed(failed) = step(r#"{"status":"FAILED","error":{"code":"NO_USABLE_DEVICES"}}"#) else {
            panic!("no failure");
        };
        assert_eq!(failed.code(), Some(&FailureCode::NoUsableDevices));
    }
}
