use std::fmt;

use serde_json::{Value, json};

use super::{ALL, AuthenticationCode, UserApproval};
use crate::{ApplicationId, Body, Document, Operation, OperationInfo, RequestError, TimeUnit, media_type};

/// `POST /{envID}/authenticationCodes`
///
/// Creates a code that a mobile app claims to authenticate its user.
///
/// <https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-authentication-code/create-authentication-code.html>
#[derive(Clone)]
pub struct CreateAuthenticationCode {
    application: ApplicationId,
    client_context: Option<Value>,
    life_time: Option<(u64, TimeUnit)>,
    user_approval: Option<UserApproval>,
}

impl CreateAuthenticationCode {
    /// Creates a code for the app of `application`.
    #[must_use]
    pub fn new(application: impl Into<ApplicationId>) -> Self {
        Self { application: application.into(), client_context: None, life_time: None, user_approval: None }
    }

    /// Data for the app: any JSON. `Debug` does not show it.
    #[must_use]
    pub fn client_context(mut self, context: Value) -> Self {
        self.client_context = Some(context);
        self
    }

    /// How long the code is valid: from 10 seconds to 30 minutes, one minute by default.
    #[must_use]
    pub fn life_time(mut self, duration: u64, unit: TimeUnit) -> Self {
        self.life_time = Some((duration, unit));
        self
    }

    /// Whether the user has to approve.
    #[must_use]
    pub fn user_approval(mut self, approval: UserApproval) -> Self {
        self.user_approval = Some(approval);
        self
    }
}

impl Operation for CreateAuthenticationCode {
    const INFO: &'static OperationInfo = &OperationInfo::post(
        "authentication_code.create",
        ALL,
        media_type::JSON,
        &[
            "https://developer.pingidentity.com/pingone-api/mfa/mfa-authentication/mfa-authentication-code/create-authentication-code.html",
        ],
    );
    type Output = Document<AuthenticationCode>;

    fn body(&self) -> Result<Body, RequestError> {
        let mut body = json!({ "application": { "id": self.application.checked()? } });
        if let Some(context) = &self.client_context {
            body["clientContext"] = context.clone();
        }
        if let Some((duration, unit)) = &self.life_time {
            body["lifeTime"] = json!({ "duration": duration, "timeUnit": unit });
        }
        if let Some(approval) = &self.user_approval {
            body["userApproval"] = json!(approval);
        }
        Ok(body.into())
    }
}

impl fmt::Debug for CreateAuthenticationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateAuthenticationCode")
            .field("application", &self.application)
            .field("life_time", &self.life_time)
            .field("user_approval", &self.user_approval)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn only_what_is_given_is_written() {
        let request = CreateAuthenticationCode::new("app-1").request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.uri(), "https://auth.pingone.eu/e-1/authenticationCodes");
        assert_eq!(request.body(), r#"{"application":{"id":"app-1"}}"#);
    }

    #[test]
    fn a_bad_id_is_named_and_the_context_not_shown() {
        let create = CreateAuthenticationCode::new("").client_context(json!("hunter2"));
        let error = create.request(&Environment::new(Region::Europe, "e-1")).unwrap_err();
        assert_eq!(error.argument(), "application_id");
        assert!(!format!("{create:?}").contains("hunter2"));
    }
}
