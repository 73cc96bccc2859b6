use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use pingone_model::{List, Operation, Page, ResponseError};

use crate::{
    Error,
    error::{Cause, Progress},
    headers::correlation_id,
    retry::Verdict,
};

/// A success, or a refusal that is an ordinary answer of the operation, at the end of a call.
pub struct Answer {
    response: Response<Bytes>,
    progress: Progress,
}

impl Answer {
    pub(crate) fn new(response: Response<Bytes>, progress: Progress) -> Self {
        Self { response, progress }
    }

    /// The response as it came.
    #[must_use]
    pub fn response(&self) -> &Response<Bytes> {
        &self.response
    }

    /// The service's id of the request.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        correlation_id(self.response.headers())
    }

    /// How often the operation was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.progress.attempts
    }

    /// How long the call took.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.progress.elapsed
    }

    /// Reads the reply of `operation`, whose call ended with this.
    ///
    /// # Errors
    ///
    /// The reply cannot be read, or is about something else.
    pub fn read<O: Operation>(self, operation: &O) -> Result<O::Output, Error> {
        let Self { response, progress } = self;
        // A later reply may be readable.
        operation
            .read(response)
            .map_err(|error| Error::of_call(O::INFO, Cause::Response(error), Verdict::Again(None), progress))
    }

    /// Reads the reply of `operation`, together with what else is known about the call.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn into_reply<O: Operation>(self, operation: &O) -> Result<Reply<O::Output>, Error> {
        let (status, headers, progress) = (self.response.status(), self.response.headers().clone(), self.progress);
        Ok(Reply { value: self.read(operation)?, status, headers, progress })
    }
}

/// Shows the status, and nothing that may be personal.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.response.status())
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}

/// The reply to an operation, with details for a log or the vendor's support.
#[derive(Clone)]
pub struct Reply<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    progress: Progress,
}

impl<T> Reply<T> {
    /// What the service replied.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// What the service replied.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The service's id of the request, which the vendor's support asks for.
    #[must_use]
    pub fn correlation_id(&self) -> Option<&str> {
        correlation_id(&self.headers)
    }

    /// How often the operation was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.progress.attempts
    }

    /// How long the call took.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.progress.elapsed
    }
}

impl<L: List> Reply<Page<L>> {
    /// The page was read, but its link to the next one cannot be used.
    pub(crate) fn unusable(self, why: &'static str) -> Error {
        let mut response = Response::new(Bytes::copy_from_slice(self.value.as_json().as_bytes()));
        (*response.status_mut(), *response.headers_mut()) = (self.status, self.headers);
        let error = ResponseError::unreadable(response, why).of(L::INFO);
        Error::of_call(L::INFO, Cause::Response(error), Verdict::Stop(None), self.progress)
    }
}

/// The value as it shows itself; no headers.
impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("correlation_id", &self.correlation_id())
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}
