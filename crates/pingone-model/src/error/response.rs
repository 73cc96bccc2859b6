use std::{error::Error, fmt, sync::Arc};

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use super::{ErrorCode, OAuthError, PlatformError, Problem};
use crate::Document;

/// The header with the service's id of a request.
pub const CORRELATION_ID: &str = "correlation-id";

/// A response that is not the operation's reply: a refusal, an unreadable body, or a reply about something else.
///
/// It owns the whole response, so nothing the service said is lost. `Debug` and `Display` show the status, ids and
/// codes, never the body.
#[derive(Clone)]
pub struct ResponseError(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    meaning: Option<Meaning>,
    response: Response<Bytes>,
    platform: Option<Document<PlatformError>>,
    oauth: Option<Document<OAuthError>>,
    fault: Fault,
}

/// How an operation refines the general problem of a refusal.
pub(crate) type Meaning = fn(&ResponseError, Problem) -> Problem;

/// What is wrong with the response.
#[derive(Clone, Debug)]
enum Fault {
    /// It is a refusal.
    Refused,
    /// It is a success that cannot be read.
    Unreadable(Arc<dyn Error + Send + Sync>),
    /// It is a success about something other than was asked for; with the reason, if there is one to tell.
    AboutAnother(Option<&'static str>),
}

impl ResponseError {
    /// The service refused: any status but a success.
    #[must_use]
    pub fn refused(response: Response<Bytes>) -> Self {
        Self::new(response, Fault::Refused)
    }

    /// The service answered with a success, and `error` says why its body cannot be read.
    #[must_use]
    pub fn unreadable(response: Response<Bytes>, error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(response, Fault::Unreadable(error.into().into()))
    }

    /// The service answered with a success, but about something other than what was asked for.
    #[must_use]
    pub fn about_another(response: Response<Bytes>) -> Self {
        Self::new(response, Fault::AboutAnother(None))
    }

    pub(crate) fn about_another_because(response: Response<Bytes>, why: &'static str) -> Self {
        Self::new(response, Fault::AboutAnother(Some(why)))
    }

    fn new(response: Response<Bytes>, fault: Fault) -> Self {
        // Error bodies come with any content type, so we have to try whether one is JSON.
        let platform = Document::<PlatformError>::from_json(response.body().clone())
            .ok()
            .filter(|error| error.code().is_some() || error.message().is_some() || !error.details().is_empty());
        let oauth = Document::from_json(response.body().clone()).ok();
        Self(Arc::new(Inner { meaning: None, response, platform, oauth, fault }))
    }

    /// The same, with the operation's own meaning.
    pub(crate) fn with_meaning(mut self, meaning: Meaning) -> Self {
        match Arc::get_mut(&mut self.0) {
            Some(inner) => inner.meaning = Some(meaning),
            None => self.0 = Arc::new(Inner { meaning: Some(meaning), ..(*self.0).clone() }),
        }
        self
    }

    pub(super) fn meaning(&self) -> Option<Meaning> {
        self.0.meaning
    }

    /// The response as it came.
    #[must_use]
    pub fn response(&self) -> &Response<Bytes> {
        &self.0.response
    }

    /// The HTTP status. A success here means that the body could not be read, or is about another thing.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.response.status()
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.response.headers()
    }

    /// The body as it came, JSON or not. Do not show it to users.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.0.response.body()
    }

    /// The platform's error body, if this is one.
    #[must_use]
    pub fn platform(&self) -> Option<&Document<PlatformError>> {
        self.0.platform.as_ref()
    }

    /// OAuth's error body, if this is one: only the token endpoint answers so.
    #[must_use]
    pub fn oauth(&self) -> Option<&Document<OAuthError>> {
        self.0.oauth.as_ref()
    }

    /// The service's id of this request, from the header `Correlation-Id`; a gateway's answer has none.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        self.headers().get(CORRELATION_ID)?.to_str().ok()
    }

    /// Whether the platform's error body has `code`, at the top or in a detail. Check this before the status:
    /// the service may move a code to another status.
    #[must_use]
    pub fn has_code(&self, code: &ErrorCode) -> bool {
        self.platform().is_some_and(|error| {
            error.code() == Some(code) || error.details().iter().any(|detail| detail.code() == Some(code))
        })
    }

    /// The codes of the error, in either form, the top one first. What does not look like a code is left
    /// out, because anything on the way may have written it.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        let platform = self.platform().into_iter().flat_map(|error| {
            let details = error.details().iter().filter_map(|detail| detail.code());
            error.code().into_iter().chain(details).map(ErrorCode::as_str)
        });
        platform.chain(self.oauth().map(|error| error.error())).filter(|code| is_constant(code))
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the service answered {}", self.status())?;
        f.write_str(match self.0.fault {
            Fault::Refused => "",
            Fault::Unreadable(_) => " with a body that cannot be read",
            Fault::AboutAnother(_) => " about something other than what was asked for",
        })?;
        if let Fault::AboutAnother(Some(why)) = self.0.fault {
            write!(f, ": {why}")?;
        }
        for code in self.codes() {
            write!(f, " {code}")?;
        }
        Ok(())
    }
}

fn is_constant(code: &str) -> bool {
    code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseError")
            .field("status", &self.status())
            .field("correlation_id", &self.correlation_id())
            .field("platform", &self.platform())
            .field("oauth", &self.oauth())
            .field("fault", &self.0.fault)
            .field("body_length", &self.body().len())
            .finish_non_exhaustive()
    }
}

impl Error for ResponseError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0.fault {
            Fault::Unreadable(error) => Some(&**error),
            Fault::Refused | Fault::AboutAnother(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, body: &'static str) -> ResponseError {
        let mut response = Response::new(Bytes::from_static(body.as_bytes()));
        *response.status_mut() = StatusCode::from_u16(status).unwrap();
        response.headers_mut().insert("Correlation-Id", "c-1".parse().unwrap());
        ResponseError::refused(response)
    }

    #[test]
    fn a_platform_error_is_shown_by_its_codes_alone() {
        let error = refused(
            400,
            r#"{"id":"e-1","code":"INVALID_DATA","message":"secret text","details":[{"code":"INVALID_OTP","target":"otp","innerError":{"attemptsRemaining":2}}]}"#,
        );
        assert_eq!(error.to_string(), "the service answered 400 Bad Request INVALID_DATA INVALID_OTP");
        assert!(!format!("{error:?}").contains("secret text"));
        assert!(error.has_code(&ErrorCode::InvalidOtp) && error.has_code(&ErrorCode::InvalidData));
        assert!(!error.has_code(&ErrorCode::NotFound));
        let platform = error.platform().unwrap();
        assert_eq!(platform.id(), Some("e-1"));
        assert_eq!(platform.message(), Some("secret text"));
        assert_eq!(platform.details()[0].inner_error().unwrap().attempts_remaining(), Some(2));
        assert!(error.oauth().is_none());
    }

    #[test]
    fn an_oauth_error_is_read_and_its_description_hidden() {
        let error = refused(401, r#"{"error":"invalid_client","error_description":"secret text"}"#);
        assert_eq!(error.to_string(), "the service answered 401 Unauthorized invalid_client");
        assert_eq!(error.oauth().unwrap().error_description(), Some("secret text"));
        assert!(error.platform().is_none());
        assert!(!format!("{error:?}").contains("secret text"));
    }

    #[test]
    fn a_body_that_is_not_json_is_kept() {
        for body in ["<html>sorry</html>", "", "{", "[1]", "null"] {
            let error = refused(502, body);
            assert_eq!(error.to_string(), "the service answered 502 Bad Gateway");
            assert_eq!((error.body().as_ref(), error.correlation_id()), (body.as_bytes(), Some("c-1")));
            assert!(error.platform().is_none() && error.oauth().is_none());
        }
    }

    #[test]
    fn a_code_that_is_not_a_constant_is_not_shown() {
        let error = refused(400, "{\"code\":\"user@example.com\\u001b[31m\"}");
        assert_eq!(error.to_string(), "the service answered 400 Bad Request");
        assert_eq!(error.platform().unwrap().code().unwrap().as_str(), "user@example.com\u{1b}[31m");
    }
}
