mod error;

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use pingone_model::{
    Completed, DeviceAuthentication, DeviceAuthenticationId, DeviceId, DeviceSelection, Document, Glance, NextStep,
    PendingPush, ReadDeviceAuthentication, SelectedDevice, Status,
};

pub use self::error::WaitError;
use super::{Awaited, Sealed, Unfinished, Wait};

/// A wait for the answer to a push.
///
/// Ask [`Completed::is_for`](pingone_model::Completed::is_for) with the user who logs in: see [`Wait`] for why.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use pingone_client_core::PushWait;
/// use pingone_model::{DeviceAuthentication, Document, NextStep};
///
/// let reply = r#"{"id": "a-1", "status": "PUSH_CONFIRMATION_REQUIRED", "selectedDevice": {"id": "d-1"}}"#;
/// let begun = Document::<DeviceAuthentication>::from_json(reply)?;
/// let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_764_100_000);
/// let wait = PushWait::new(&push, Duration::from_secs(60), now);
/// assert_eq!(wait.to_string(), "1:1764100060000:a-1:d-1");
/// let resumed: PushWait = wait.to_string().parse()?;
/// assert_eq!(resumed.id(), push.id());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub type PushWait = Wait<AwaitedPush>;

/// The push of a [`PushWait`].
#[derive(Clone, Debug)]
pub struct AwaitedPush {
    id: DeviceAuthenticationId,
    /// The device whose push it is, if the service said so.
    device: Option<DeviceId>,
}

impl PushWait {
    /// A wait for the answer to `push` that ends after `within`, which is a day at most. `now` is the time of day, which is
    /// `SystemTime::now()` but in a test with [its own clock](crate::FnTransport::starting_at).
    ///
    /// PingOne lets a push time out after 40 to 150 seconds, as the policy says; a wait that is a little longer sees
    /// that happen.
    #[must_use]
    pub fn new(push: &PendingPush, within: Duration, now: SystemTime) -> Self {
        let device = selected(push.authentication()).cloned();
        Self::begun(AwaitedPush { id: push.id().clone(), device }, within, now)
    }

    /// The authentication.
    #[must_use]
    pub fn id(&self) -> &DeviceAuthenticationId {
        &self.awaited.id
    }

    /// The device whose push it is, if the service said so.
    #[must_use]
    pub fn device_id(&self) -> Option<&DeviceId> {
        self.awaited.device.as_ref()
    }

    /// Reads the authentication.
    #[must_use]
    pub fn read(&self) -> ReadDeviceAuthentication {
        self.awaited.read()
    }
}

impl AwaitedPush {
    /// Whether a reply that names `device` can be about the push that is waited for.
    fn is_ours(&self, device: Option<&str>) -> bool {
        match (&self.device, device) {
            (Some(ours), Some(device)) => ours.as_str() == device,
            _ => true,
        }
    }

    fn others(&self, selection: DeviceSelection) -> DeviceSelection {
        abandoning(selection, self.device.as_ref())
    }
}

impl Sealed for AwaitedPush {}

/// It is a success only if the service says `COMPLETED` of this authentication, and of this device as far as it names one.
impl Awaited for AwaitedPush {
    type Success = Completed;
    type Error = WaitError;
    type Read = ReadDeviceAuthentication;

    const PREFIX: &'static str = "";
    /// A day: no push lasts even three minutes.
    const LONGEST: u32 = 24 * 60 * 60 * 1_000;

    fn read(&self) -> ReadDeviceAuthentication {
        ReadDeviceAuthentication::new(&self.id)
    }

    fn is_pending(&self, body: &Bytes) -> Option<bool> {
        let glance = Glance::from_json(body).ok()?;
        Some(
            *glance.status() == Status::PushConfirmationRequired
                && glance.is_about(self.id.as_str())
                && self.is_ours(glance.selected_device_id()),
        )
    }

    fn end(wait: &PushWait, reply: Document<DeviceAuthentication>) -> Result<Completed, WaitError> {
        let push = &wait.awaited;
        let is_ours = push.is_ours(selected(&reply).map(DeviceId::as_str));
        match reply.into_next_step() {
            NextStep::Completed(completed) if is_ours => Ok(completed),
            NextStep::Push(pending) if is_ours => Err(WaitError::expired(wait, Some(pending))),
            NextStep::Failed(failed) => Err(WaitError::Denied(failed)),
            NextStep::PushTimedOut(selection) => Err(WaitError::TimedOut(push.others(selection))),
            NextStep::DeviceSelection(selection) => Err(WaitError::Cancelled(push.others(selection))),
            NextStep::Unknown(reply) => Err(WaitError::Unknown(reply)),
            other => Err(WaitError::Changed(other)),
        }
    }

    fn unfinished(wait: &PushWait, why: Unfinished) -> WaitError {
        match why {
            Unfinished::Expired => WaitError::expired(wait, None),
            Unfinished::ReadFailed(error) => WaitError::ReadFailed { error, wait: wait.clone() },
            Unfinished::Stopped => WaitError::Stopped(wait.clone()),
        }
    }

    /// `{id}:{device}`, verbatim: an id's own `Display` escapes.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.id.as_str())?;
        self.device.as_ref().map_or(Ok(()), |device| f.write_str(device.as_str()))
    }

    fn parse(text: &str) -> Option<Self> {
        let (id, device) = text.split_once(':')?;
        let id = DeviceAuthenticationId::from(id);
        id.checked().ok()?;
        Some(Self { id, device: (!device.is_empty()).then(|| device.into()) })
    }
}

/// The device that was selected last.
pub(crate) fn selected(reply: &DeviceAuthentication) -> Option<&DeviceId> {
    reply.selected_device().and_then(SelectedDevice::id)
}

/// `device` is the one whose push it was; if that was unknown, the reply says.
pub(crate) fn abandoning(selection: DeviceSelection, device: Option<&DeviceId>) -> DeviceSelection {
    match device.or(selected(selection.authentication())).cloned() {
        Some(device) => selection.abandoning(device),
        None => selection,
    }
}
