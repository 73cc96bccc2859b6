use std::ops::ControlFlow;

use http::StatusCode;
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, Completed, Device, DeviceAuthentication, DeviceAuthenticationId,
    DeviceId, DeviceSelection, Document, Failed, NextStep, PendingPush, ReadDeviceAuthentication, SelectDevice,
    SelectedDevice,
};

use crate::{Error, ErrorKind, PushWait};

/// Takes a push back so that the user can change device, and finds out what became of it if that is not plain.
///
/// It is made from the push, or from a wait for it that came from elsewhere.
///
/// The push may be answered in the same moment, and the reply may be lost; then a *read* tells. What may
/// have had its effect is not sent again.
/// For drivers: send [`cancel`](Self::cancel), and report to [`cancelled`](Self::cancelled).
#[derive(Clone, Debug)]
pub struct ChangeDevice {
    id: DeviceAuthenticationId,
    /// The device whose push it is, if the service said so.
    device: Option<DeviceId>,
}

/// What is open after *cancel*. For drivers: send [`read`](Self::read), and report to [`received`](Self::received).
#[derive(Clone, Debug)]
pub struct Reconciliation {
    change: ChangeDevice,
    error: Error,
}

/// What became of a push that was to be taken back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum DeviceChange {
    /// It is taken back: the user can choose another device.
    Cancelled(OtherDevices),
    /// The user had approved it already, and is authenticated.
    AlreadyApproved(Completed),
    /// The user had denied it already (*inferred* from `FAILED`), and this authentication is over.
    AlreadyDenied(Failed),
    /// It had timed out already; another device can be chosen all the same (*seen*, not documented).
    TimedOut(OtherDevices),
    /// It still waits for its answer: the request to take it back was lost on the way, or refused, as the error says.
    /// Nothing is sent again by itself.
    #[non_exhaustive]
    StillPending {
        /// The push.
        push: PendingPush,
        /// What became of *cancel*.
        error: Option<Error>,
    },
    /// Somebody had gone on with another device already, or the service answers something unknown.
    Changed(NextStep),
}

impl ChangeDevice {
    /// Takes `push` back.
    #[must_use]
    pub fn new(push: impl Into<Self>) -> Self {
        push.into()
    }

    /// What has to be sent.
    #[must_use]
    pub fn cancel(&self) -> CancelDeviceAuthentication {
        CancelDeviceAuthentication::new(&self.id, CancelReason::ChangeDevice)
    }

    /// Reports what came of *cancel*, and hears whether that is the end.
    pub fn cancelled(
        self,
        cancelled: Result<Document<DeviceAuthentication>, Error>,
    ) -> ControlFlow<Result<DeviceChange, Error>, Reconciliation> {
        match cancelled {
            Ok(reply) => ControlFlow::Break(Ok(outcome(self, reply, None))),
            Err(error) if error.maybe_applied() || is_refusal(&error) => {
                ControlFlow::Continue(Reconciliation { change: self, error })
            }
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}

impl From<PendingPush> for ChangeDevice {
    fn from(push: PendingPush) -> Self {
        Self { id: push.id().clone(), device: selected(push.authentication()).cloned() }
    }
}

impl From<PushWait> for ChangeDevice {
    fn from(wait: PushWait) -> Self {
        Self { id: wait.id().clone(), device: wait.device_id().cloned() }
    }
}

impl Reconciliation {
    /// What has to be sent.
    #[must_use]
    pub fn read(&self) -> ReadDeviceAuthentication {
        ReadDeviceAuthentication::new(&self.change.id)
    }

    /// Reports what came of *read*.
    ///
    /// # Errors
    ///
    /// That of *cancel*, if *read* failed too: so nobody knows.
    pub fn received(self, read: Result<Document<DeviceAuthentication>, Error>) -> Result<DeviceChange, Error> {
        match read {
            Ok(reply) => Ok(outcome(self.change, reply, Some(self.error))),
            Err(_) => Err(self.error),
        }
    }
}

/// The service wants no *cancel* of this authentication, as it stands now.
fn is_refusal(error: &Error) -> bool {
    let status = error.status().filter(|_| error.kind() == ErrorKind::Response);
    status.is_some_and(|status| status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS)
        && !error.is_token_refused()
}

fn outcome(change: ChangeDevice, reply: Document<DeviceAuthentication>, error: Option<Error>) -> DeviceChange {
    let abandoned = change.device;
    let is_other = abandoned.as_ref().zip(selected(&reply)).is_some_and(|(ours, other)| ours != other);
    match reply.into_next_step() {
        NextStep::DeviceSelection(selection) => DeviceChange::Cancelled(OtherDevices { selection, abandoned }),
        NextStep::PushTimedOut(selection) => DeviceChange::TimedOut(OtherDevices { selection, abandoned }),
        NextStep::Completed(completed) if !is_other => DeviceChange::AlreadyApproved(completed),
        NextStep::Failed(failed) => DeviceChange::AlreadyDenied(failed),
        NextStep::Push(push) if !is_other => DeviceChange::StillPending { push, error },
        other => DeviceChange::Changed(other),
    }
}

fn selected(reply: &DeviceAuthentication) -> Option<&DeviceId> {
    reply.selected_device().and_then(SelectedDevice::id)
}

/// The devices that the user can choose instead of the one whose push was taken back.
#[derive(Clone, Debug)]
pub struct OtherDevices {
    selection: DeviceSelection,
    abandoned: Option<DeviceId>,
}

impl OtherDevices {
    /// The authentication's id.
    #[must_use]
    pub fn id(&self) -> &DeviceAuthenticationId {
        self.selection.id()
    }

    /// The devices that can be selected, without the abandoned one.
    pub fn devices(&self) -> impl Iterator<Item = (&DeviceId, &Device)> {
        self.selection.devices().filter(|(id, _)| Some(*id) != self.abandoned.as_ref())
    }

    /// The device whose push was taken back, if the service said which.
    #[must_use]
    pub fn abandoned(&self) -> Option<&DeviceId> {
        self.abandoned.as_ref()
    }

    /// Goes on with `device`, which may be the abandoned one: that gets another push.
    #[must_use]
    pub fn select(&self, device: impl Into<DeviceId>) -> SelectDevice {
        self.selection.select(device)
    }

    /// All devices that can be selected, the abandoned one among them.
    #[must_use]
    pub fn selection(&self) -> &DeviceSelection {
        &self.selection
    }
}
