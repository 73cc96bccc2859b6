use std::{fmt, time::Duration};

use bytes::Bytes;
use http::Response;
use pingone_model::Operation;

use crate::{
    Error,
    error::{Cause, Progress},
};

/// A success, at the end of a call.
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

    /// Reads the reply of `O`, whose call this is the end of.
    ///
    /// # Errors
    ///
    /// The reply cannot be read.
    pub fn read<O: Operation>(self) -> Result<O::Output, Error> {
        O::read(self.response).map_err(|error| Error::of_call(O::INFO, Cause::Response(error), None, self.progress))
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
