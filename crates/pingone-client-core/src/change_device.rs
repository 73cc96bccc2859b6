use std::{error, fmt, ops::ControlFlow};

use http::StatusCode;
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, Completed, DeviceAuthentication, DeviceAuthenticationId, DeviceId,
    DeviceSelection, Document, Failed, NextStep, PendingPush, ReadDeviceAuthentication,
};

use crate::{
    Error, ErrorKind, PushWait,
    wait::{abandoning, selected},
};

/// Cancels a push so that the user can change device, and finds out what became of it if that is unclear.
///
/// It is made from the push, or from a stored wait for it.
///
/// The push may be answered at the same moment, or the reply may be lost; a *read* then tells. What may
/// have taken effect is not sent again.
/// For drivers: send [`cancel`](Self::cancel), and report to [`cancelled`](Self::cancelled).
#[derive(Clone, Debug)]
pub struct ChangeDevice {
    id: DeviceAuthenticationId,
    /// The device whose push it is, if the service said so.
    device: Option<DeviceId>,
    push: Option<Box<PendingPush>>,
}

/// The push could not be cancelled, or nobody knows. The error has the push, so that you can try again.
///
/// `Display` is that of the [`error`](Self::error), which `?` and `Error::from` make of it.
#[derive(Clone, Debug)]
pub struct ChangeDeviceError {
    error: Error,
    change: ChangeDevice,
}

impl ChangeDeviceError {
    /// How *cancel* ended.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// The push, unless a wait for it was given.
    #[must_use]
    pub fn push(&self) -> Option<&PendingPush> {
        self.change.push.as_deref()
    }

    /// The same change, to be tried again.
    #[must_use]
    pub fn into_change(self) -> ChangeDevice {
        self.change
    }
}

impl From<ChangeDeviceError> for Error {
    fn from(failed: ChangeDeviceError) -> Self {
        failed.error
    }
}

impl fmt::Display for ChangeDeviceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl error::Error for ChangeDeviceError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.error.source()
    }
}

/// The question that is open after *cancel*. For drivers: send [`read`](Self::read), and report to
/// [`received`](Self::received).
#[derive(Clone, Debug)]
pub struct Reconciliation {
    change: ChangeDevice,
    error: Error,
}

/// What became of a push that was to be cancelled.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum DeviceChange {
    /// It is cancelled: the user can choose another device.
    Cancelled(DeviceSelection),
    /// The user had already approved it, and is authenticated.
    AlreadyApproved(Completed),
    /// The user had already denied it (*inferred* from `FAILED`), and this authentication is over.
    AlreadyDenied(Failed),
    /// It had already timed out; another device can still be chosen (*seen*, not documented).
    TimedOut(DeviceSelection),
    /// It is still pending: *cancel* was lost on the way or refused, as the error says.
    /// Nothing is sent again automatically.
    #[non_exhaustive]
    StillPending {
        /// The push.
        push: PendingPush,
        /// How *cancel* ended.
        error: Option<Error>,
    },
    /// The log-in had already continued with another device, or the reply is not known to this version.
    Changed(NextStep),
}

impl DeviceChange {
    /// What can be done with the authentication now, whatever became of the push.
    #[must_use]
    pub fn into_next_step(self) -> NextStep {
        match self {
            Self::Cancelled(selection) => NextStep::DeviceSelection(selection),
            Self::AlreadyApproved(completed) => NextStep::Completed(completed),
            Self::AlreadyDenied(failed) => NextStep::Failed(failed),
            Self::TimedOut(selection) => NextStep::PushTimedOut(selection),
            Self::StillPending { push, .. } => NextStep::Push(push),
            Self::Changed(step) => step,
        }
    }
}

impl ChangeDevice {
    /// Cancels `push`.
    #[must_use]
    pub fn new(push: impl Into<Self>) -> Self {
        push.into()
    }

    /// The operation to send.
    #[must_use]
    pub fn cancel(&self) -> CancelDeviceAuthentication {
        CancelDeviceAuthentication::new(&self.id, CancelReason::ChangeDevice)
    }

    /// Reports the outcome of *cancel*; returns whether that is the end.
    pub fn cancelled(
        self,
        cancelled: Result<Document<DeviceAuthentication>, Error>,
    ) -> ControlFlow<Result<DeviceChange, ChangeDeviceError>, Reconciliation> {
        match cancelled {
            Ok(reply) => ControlFlow::Break(Ok(outcome(self, reply, None))),
            Err(error) if error.maybe_applied() || is_refusal(&error) => {
                ControlFlow::Continue(Reconciliation { change: self, error })
            }
            Err(error) => ControlFlow::Break(Err(ChangeDeviceError { error, change: self })),
        }
    }
}

impl From<PendingPush> for ChangeDevice {
    fn from(push: PendingPush) -> Self {
        let (id, device) = (push.id().clone(), selected(push.authentication()).cloned());
        Self { id, device, push: Some(Box::new(push)) }
    }
}

impl From<PushWait> for ChangeDevice {
    fn from(wait: PushWait) -> Self {
        Self { id: wait.id().clone(), device: wait.device_id().cloned(), push: None }
    }
}

impl Reconciliation {
    /// The operation to send.
    #[must_use]
    pub fn read(&self) -> ReadDeviceAuthentication {
        ReadDeviceAuthentication::new(&self.change.id)
    }

    /// Reports the outcome of *read*.
    ///
    /// # Errors
    ///
    /// The error of *cancel*, if *read* failed too: the outcome is unknown.
    pub fn received(
        self,
        read: Result<Document<DeviceAuthentication>, Error>,
    ) -> Result<DeviceChange, ChangeDeviceError> {
        let Self { change, error } = self;
        match read {
            Ok(reply) => Ok(outcome(change, reply, Some(error))),
            Err(_) => Err(ChangeDeviceError { error, change }),
        }
    }
}

/// The service refuses to *cancel* this authentication in its current state.
fn is_refusal(error: &Error) -> bool {
    let status = error.status().filter(|_| error.kind() == ErrorKind::Response);
    status.is_some_and(|status| status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS)
        && !error.is_token_refused()
}

fn outcome(change: ChangeDevice, reply: Document<DeviceAuthentication>, error: Option<Error>) -> DeviceChange {
    let device = change.device.as_ref();
    let is_other = device.zip(selected(&reply)).is_some_and(|(ours, other)| ours != other);
    match reply.into_next_step() {
        NextStep::DeviceSelection(selection) => DeviceChange::Cancelled(abandoning(selection, device)),
        NextStep::PushTimedOut(selection) => DeviceChange::TimedOut(abandoning(selection, device)),
        NextStep::Completed(completed) if !is_other => DeviceChange::AlreadyApproved(completed),
        NextStep::Failed(failed) => DeviceChange::AlreadyDenied(failed),
        NextStep::Push(push) if !is_other => DeviceChange::StillPending { push, error },
        other => DeviceChange::Changed(other),
    }
}
