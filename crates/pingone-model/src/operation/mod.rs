//! The trait that every operation implements.

mod body;
mod filter;
mod follow_up;
mod from_response;
mod ids;
mod info;
mod list;
mod path;
mod query;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, header};

use crate::{Environment, RequestError, ResponseError};

pub use body::Body;
pub use filter::Filter;
pub(crate) use filter::filter;
pub use follow_up::FollowUp;
pub(crate) use follow_up::follow_up;
pub(crate) use from_response::AboutAnother;
pub use from_response::FromResponse;
pub(crate) use from_response::by_reference;
pub use ids::{Ids, PathId};
pub use info::{Idempotency, OperationInfo};
pub use list::{List, Page};
pub use path::Path;
pub(crate) use path::{Segment, Segments};
pub use query::Query;

/// One operation of the service, as a value: it becomes a request, and reads the response.
///
/// PingOne tells operations on one address apart by media type, hence *operation* and not *endpoint*.
/// Implement it for operations that this crate lacks; the clients send any. One without a body needs only its
/// [`INFO`](Self::INFO) and its [`ids`](Self::ids):
///
/// ```
/// use pingone_model::{Document, Environment, Ids, Operation, OperationInfo, Path, PolicyReference, Region};
///
/// struct ReadPolicy { id: String }
///
/// impl Operation for ReadPolicy {
///     const INFO: &'static OperationInfo =
///         &OperationInfo::get("policy.read", Path::api("/environments/{envID}/policies/{policyID}"), &[]);
///     type Output = Document<PolicyReference>;
///
///     fn ids(&self) -> Ids<'_> {
///         Ids::of(("policy_id", &*self.id))
///     }
/// }
///
/// let request = ReadPolicy { id: "p-1".into() }.request(&Environment::new(Region::Canada, "e-1"))?;
/// assert_eq!(request.uri(), "https://api.pingone.ca/v1/environments/e-1/policies/p-1");
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
///
/// What has a body builds it in [`body`](Self::body). A reply that this crate has no type for is a
/// [`Document<Untyped>`](crate::Untyped), or a type of yours that [reads the response](FromResponse):
///
/// ```
/// use std::error::Error;
///
/// use bytes::Bytes;
/// use pingone_model::{Body, FromResponse, Operation, OperationInfo, Path, RequestError};
///
/// struct UpdateMfaSettings { max_devices: u32 }
///
/// #[derive(serde::Deserialize)]
/// struct MfaSettings { pairing: Pairing }
///
/// #[derive(serde::Deserialize)]
/// #[serde(rename_all = "camelCase")]
/// struct Pairing { max_allowed_devices: u32 }
///
/// impl<O: ?Sized> FromResponse<O> for MfaSettings {
///     fn from_response(_: &O, response: &http::Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
///         Ok(serde_json::from_slice(response.body())?)
///     }
/// }
///
/// impl Operation for UpdateMfaSettings {
///     const INFO: &'static OperationInfo =
///         &OperationInfo::put("mfa_settings.update", Path::api("/environments/{envID}/mfaSettings"), &[]);
///     type Output = MfaSettings;
///
///     fn body(&self) -> Result<Body, RequestError> {
///         if self.max_devices == 0 {
///             return Err(RequestError::new("max_devices", "is 0: pass at least 1"));
///         }
///         Ok(serde_json::json!({"pairing": {"maxAllowedDevices": self.max_devices}}).into())
///     }
/// }
///
/// let reply = http::Response::new(r#"{"pairing": {"maxAllowedDevices": 3}}"#.into());
/// assert_eq!(UpdateMfaSettings { max_devices: 3 }.read(reply)?.pairing.max_allowed_devices, 3);
/// # Ok::<_, pingone_model::ResponseError>(())
/// ```
///
/// A test of it takes canned replies, by a client's `FnTransport`; the emulator answers 501 to what it does not do.
pub trait Operation: Send + Sync {
    /// What is known of it before it is built.
    const INFO: &'static OperationInfo;

    /// What its reply is read into: a [`Document`](crate::Document) of a type of this crate or of
    /// [`Untyped`](crate::Untyped), a [`Page`], `()` where there is nothing to read, or a type of its own.
    type Output: FromResponse<Self>;

    /// The ids that fill the placeholders of its path, in order.
    fn ids(&self) -> Ids<'_> {
        Ids::NONE
    }

    /// The query.
    fn query(&self) -> Query {
        Query::NONE
    }

    /// Adds headers of its own; its media type is set already.
    ///
    /// # Errors
    ///
    /// An argument is not valid in a header; the error names it.
    fn headers(&self, _: &mut HeaderMap) -> Result<(), RequestError> {
        Ok(())
    }

    /// The body.
    ///
    /// # Errors
    ///
    /// An argument is wrong; the error names it.
    fn body(&self) -> Result<Body, RequestError> {
        Ok(Body::NONE)
    }

    /// The request, without a token.
    ///
    /// # Errors
    ///
    /// An argument is wrong; the error names it.
    fn request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError> {
        let uri = environment.address(Self::INFO.path, self.ids(), &self.query())?;
        let body = self.body()?;
        if Self::INFO.media_type.is_none() && !body.is_empty() {
            return Err(RequestError::new("body", "has no media type: name it in the operation's INFO"));
        }
        let mut request = Request::new(body.into_bytes());
        *request.method_mut() = Self::INFO.method.clone();
        *request.uri_mut() = uri;
        if let Some(media_type) = Self::INFO.media_type {
            request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        }
        self.headers(request.headers_mut())?;
        Ok(request)
    }

    /// Reads the response.
    ///
    /// # Errors
    ///
    /// The service refused, its reply cannot be read, or it is about something other than what was asked for; the error
    /// has the whole response.
    fn read(&self, response: Response<Bytes>) -> Result<Self::Output, ResponseError> {
        let fault = |error: ResponseError| error.of(Self::INFO);
        let response = if response.status().is_success() {
            response
        } else {
            let refusal = ResponseError::refused(response);
            if !Self::INFO.is_answered_by(&refusal) {
                return Err(fault(refusal));
            }
            refusal.response().clone()
        };
        match Self::Output::from_response(self, &response) {
            Ok(output) if self.subject().is_some_and(|id| !output.is_about(id)) => {
                Err(fault(ResponseError::about_another(response)))
            }
            Ok(output) => Ok(output),
            Err(error) => Err(fault(match error.downcast_ref() {
                Some(AboutAnother(why)) => ResponseError::about_another_because(response, why),
                None => ResponseError::unreadable(response, error),
            })),
        }
    }

    /// The id of the one thing to which its path leads, if it leads to one.
    #[doc(hidden)]
    fn subject(&self) -> Option<&str> {
        Self::INFO.path.leads_to_one().then(|| self.ids().last()).flatten()
    }
}

impl<'a, O: Operation> Operation for &'a O
where
    O::Output: FromResponse<&'a O>,
{
    const INFO: &'static OperationInfo = O::INFO;
    type Output = O::Output;

    fn ids(&self) -> Ids<'_> {
        (**self).ids()
    }

    fn query(&self) -> Query {
        (**self).query()
    }

    fn headers(&self, headers: &mut HeaderMap) -> Result<(), RequestError> {
        (**self).headers(headers)
    }

    fn body(&self) -> Result<Body, RequestError> {
        (**self).body()
    }

    fn request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError> {
        (**self).request(environment)
    }

    fn read(&self, response: Response<Bytes>) -> Result<Self::Output, ResponseError> {
        (**self).read(response)
    }
}
