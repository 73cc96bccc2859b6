//! What an operation is, and the table of all.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, Uri, header};

use crate::{
    CancelDeviceAuthentication, CheckAssertion, CheckOtp, CheckRememberedDevice, CreateAuthenticationCode,
    DeleteAuthenticationCode, DeviceAuthenticationId, Environment, InitializeDeviceAuthentication,
    ReadAuthenticationCode, ReadDeviceAuthentication, RequestError, ResponseError, SelectDevice,
};

/// One operation of the service, as a value: it becomes a request, and reads the response.
///
/// PingOne tells operations on one address apart by the media type alone, hence *operation* and not *endpoint*.
/// Implement it for what this crate lacks; the clients send any operation.
pub trait Operation: Send + Sync {
    /// What is known of it before it is built.
    const INFO: &'static OperationInfo;

    /// What its reply is read to.
    type Output: Send;

    /// The request, without a token.
    ///
    /// # Errors
    ///
    /// An argument from which no request can be built; the error names it.
    fn request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError>;

    /// The device authentication that it is about, if there is one before the operation: to *read* it tells what became
    /// of a request whose reply was lost.
    fn device_authentication_id(&self) -> Option<&DeviceAuthenticationId> {
        None
    }

    /// Reads the response.
    ///
    /// # Errors
    ///
    /// The service refused, or its reply cannot be read; the error has the whole response.
    fn read(response: Response<Bytes>) -> Result<Self::Output, ResponseError>;
}

impl<O: Operation> Operation for &O {
    const INFO: &'static OperationInfo = O::INFO;
    type Output = O::Output;

    fn request(&self, environment: &Environment) -> Result<Request<Bytes>, RequestError> {
        (**self).request(environment)
    }

    fn device_authentication_id(&self) -> Option<&DeviceAuthenticationId> {
        (**self).device_authentication_id()
    }

    fn read(response: Response<Bytes>) -> Result<Self::Output, ResponseError> {
        O::read(response)
    }
}

/// Whether the same request may be sent again without another effect on the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Idempotency {
    /// It changes nothing.
    Idempotent,
    /// It may send a second push or code, or burn an attempt. PingOne has no idempotency keys.
    NotIdempotent,
}

/// What is known of an operation before it is built.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// Its name in traces and tables, such as `device_authentication.cancel`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the authorization service, with the documentation's placeholders.
    pub path: &'static str,
    /// The media type of its body, which is what chooses the operation; none if it has no body.
    pub media_type: Option<&'static str>,
    /// Whether it may be sent again.
    pub idempotency: Idempotency,
    /// The pages of the reference that it covers whole, its own page first.
    pub pages: &'static [&'static str],
}

impl OperationInfo {
    /// An operation that reads.
    #[must_use]
    pub const fn get(name: &'static str, path: &'static str, pages: &'static [&'static str]) -> Self {
        Self { name, method: Method::GET, path, media_type: None, idempotency: Idempotency::Idempotent, pages }
    }

    /// An operation that deletes. It is not sent again: the second answer would deny what the first has done.
    #[must_use]
    pub const fn delete(name: &'static str, path: &'static str, pages: &'static [&'static str]) -> Self {
        Self { name, method: Method::DELETE, path, media_type: None, idempotency: Idempotency::NotIdempotent, pages }
    }

    /// An operation that acts.
    #[must_use]
    pub const fn post(
        name: &'static str,
        path: &'static str,
        media_type: &'static str,
        pages: &'static [&'static str],
    ) -> Self {
        let media_type = Some(media_type);
        Self { name, method: Method::POST, path, media_type, idempotency: Idempotency::NotIdempotent, pages }
    }

    /// The request of this operation to `uri`: its method, its media type, and `body`.
    #[must_use]
    pub fn request(&self, uri: Uri, body: impl Into<Bytes>) -> Request<Bytes> {
        let mut request = Request::new(body.into());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        if let Some(media_type) = self.media_type {
            request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        }
        request
    }
}

/// Every operation of this crate: the source of the coverage table, and the list to review what may be sent again.
pub const OPERATIONS: &[&OperationInfo] = &[
    InitializeDeviceAuthentication::INFO,
    CheckRememberedDevice::INFO,
    ReadDeviceAuthentication::INFO,
    SelectDevice::INFO,
    CheckOtp::INFO,
    CheckAssertion::INFO,
    CancelDeviceAuthentication::INFO,
    CreateAuthenticationCode::INFO,
    ReadAuthenticationCode::INFO,
    DeleteAuthenticationCode::INFO,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reading_may_be_sent_again() {
        for info in OPERATIONS {
            let reads = info.method == Method::GET;
            assert_eq!(info.idempotency == Idempotency::Idempotent, reads, "{}", info.name);
            assert_eq!(info.media_type.is_some(), info.method == Method::POST, "{}", info.name);
        }
    }

    #[test]
    fn no_two_operations_are_told_the_same_way() {
        for (i, a) in OPERATIONS.iter().enumerate() {
            for b in &OPERATIONS[i + 1..] {
                assert_ne!(a.name, b.name);
                assert_ne!(
                    (&a.method, a.path, a.media_type),
                    (&b.method, b.path, b.media_type),
                    "{} {}",
                    a.name,
                    b.name
                );
            }
        }
    }
}
