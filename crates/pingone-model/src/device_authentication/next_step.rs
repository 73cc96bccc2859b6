//! What can be done now: steps named after the state, each with the operations that are possible in it.

mod end;

pub use self::end::{Completed, Failed};
use super::{
    CancelDeviceAuthentication, CancelReason, CheckAssertion, CheckOtp, DeviceAuthentication, NumberMatching,
    ReadDeviceAuthentication, SelectDevice, Status,
};
use crate::{CredentialRequestOptions, Device, DeviceAuthenticationId, DeviceId, Document, device};

/// What can be done with a device authentication now.
///
/// A step owns the reply, borrows nothing, and offers only what its state allows.
///
/// ```
/// use pingone_model::{DeviceAuthentication, Document, NextStep};
///
/// let authentication = Document::<DeviceAuthentication>::from_json(r#"{"id":"a","status":"OTP_REQUIRED"}"#)?;
/// match authentication.into_next_step() {
///     NextStep::Otp(entry) => drop(entry.check("012345")),
///     other => panic!("not expected: {other:?}"),
/// }
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum NextStep {
    /// A push waits for the user's answer.
    Push(PendingPush),
    /// Nobody answered the push in time; another device can be selected (*seen*, not documented).
    PushTimedOut(DeviceSelection),
    /// A device has to be selected.
    DeviceSelection(DeviceSelection),
    /// A one-time passcode is awaited.
    Otp(OtpEntry),
    /// An assertion is awaited.
    Assertion(AssertionRequest),
    /// The user is authenticated.
    Completed(Completed),
    /// The user is not authenticated.
    Failed(Failed),
    /// A status that this version does not know, or a reply without the id that the next operation needs.
    Unknown(Document<DeviceAuthentication>),
}

impl Document<DeviceAuthentication> {
    /// What can be done now.
    #[must_use]
    pub fn into_next_step(self) -> NextStep {
        let authentication = self;
        match authentication.status() {
            Status::Completed => return NextStep::Completed(Completed::new(authentication)),
            Status::Failed => return NextStep::Failed(Failed::new(authentication)),
            _ => {}
        }
        let Some(id) = authentication.id().cloned() else {
            return NextStep::Unknown(authentication);
        };
        match authentication.status() {
            Status::PushConfirmationRequired => NextStep::Push(PendingPush { id, authentication }),
            Status::PushConfirmationTimedOut => NextStep::PushTimedOut(DeviceSelection::new(id, authentication)),
            Status::DeviceSelectionRequired => NextStep::DeviceSelection(DeviceSelection::new(id, authentication)),
            Status::OtpRequired => NextStep::Otp(OtpEntry { id, authentication }),
            Status::AssertionRequired => NextStep::Assertion(AssertionRequest { id, authentication }),
            _ => NextStep::Unknown(authentication),
        }
    }
}

/// A push waits for the user's answer.
#[derive(Clone, Debug)]
pub struct PendingPush {
    id: DeviceAuthenticationId,
    authentication: Document<DeviceAuthentication>,
}

/// A device has to be selected.
#[derive(Clone, Debug)]
pub struct DeviceSelection {
    id: DeviceAuthenticationId,
    authentication: Document<DeviceAuthentication>,
    abandoned: Option<DeviceId>,
}

/// A one-time passcode is awaited.
#[derive(Clone, Debug)]
pub struct OtpEntry {
    id: DeviceAuthenticationId,
    authentication: Document<DeviceAuthentication>,
}

/// An assertion is awaited.
#[derive(Clone, Debug)]
pub struct AssertionRequest {
    id: DeviceAuthenticationId,
    authentication: Document<DeviceAuthentication>,
}

/// What all steps share that lead to another operation.
macro_rules! pending_step {
    ($($name:ident)*) => {$(
        impl $name {
            /// The authentication's id.
            #[must_use]
            pub fn id(&self) -> &DeviceAuthenticationId {
                &self.id
            }

            /// The reply that led here.
            #[must_use]
            pub fn authentication(&self) -> &Document<DeviceAuthentication> {
                &self.authentication
            }

            /// Reads the authentication again.
            #[must_use]
            pub fn read(&self) -> ReadDeviceAuthentication {
                ReadDeviceAuthentication::new(&self.id)
            }
        }
    )*};
}

pending_step!(PendingPush DeviceSelection OtpEntry AssertionRequest);

/// What the steps share in which a device is in use.
macro_rules! with_device {
    ($($name:ident)*) => {$(
        impl $name {
            /// The device that is in use, as far as the reply describes it.
            #[must_use]
            pub fn device(&self) -> Option<&Device> {
                self.authentication.device_in_use()
            }
        }
    )*};
}

with_device!(PendingPush OtpEntry AssertionRequest);

/// What the steps share from which another device can be selected.
macro_rules! with_selection {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        impl $name {
            /// The devices that can be selected: those with an id.
            pub fn devices(&self) -> impl Iterator<Item = (&DeviceId, &Device)> {
                devices(&self.authentication)
            }

            /// The same devices, each with a label to show; all differ. The [kind](Device::kind) tells which your
            /// program cannot use, such as a passkey outside a browser.
            #[must_use]
            pub fn labels(&self) -> Vec<(&DeviceId, &Device, String)> {
                labels(&self.authentication)
            }

            $(#[$doc])*
            #[must_use]
            pub fn select(&self, device: impl Into<DeviceId>) -> SelectDevice {
                SelectDevice::new(&self.id, device)
            }
        }
    )*};
}

with_selection! {
    /// Continues with `device`; if that is the same one again, it is sent a new passcode (*inferred*).
    OtpEntry
    /// Continues with `device` (*inferred*).
    AssertionRequest
}

fn devices(authentication: &DeviceAuthentication) -> impl Iterator<Item = (&DeviceId, &Device)> {
    authentication.devices().iter().filter_map(|device| Some((device.id()?, device)))
}

fn labels(authentication: &DeviceAuthentication) -> Vec<(&DeviceId, &Device, String)> {
    let labels =
        device::label::distinct(devices(authentication).map(|(_, device)| device).collect::<Vec<_>>().into_iter());
    devices(authentication).zip(labels).map(|((id, device), label)| (id, device, label)).collect()
}

impl DeviceSelection {
    fn new(id: DeviceAuthenticationId, authentication: Document<DeviceAuthentication>) -> Self {
        Self { id, authentication, abandoned: None }
    }

    /// The devices that can be selected: those with an id, without the [abandoned](Self::abandoned) one.
    pub fn devices(&self) -> impl Iterator<Item = (&DeviceId, &Device)> {
        self.all_devices().filter(|(id, _)| Some(*id) != self.abandoned())
    }

    /// The same devices, each with a label to show; all differ. The [kind](Device::kind) tells which your program
    /// cannot use, such as a passkey outside a browser.
    #[must_use]
    pub fn labels(&self) -> Vec<(&DeviceId, &Device, String)> {
        labels(&self.authentication).into_iter().filter(|(id, ..)| Some(*id) != self.abandoned()).collect()
    }

    /// The same devices and the abandoned one, which is sent another push if it is selected.
    pub fn all_devices(&self) -> impl Iterator<Item = (&DeviceId, &Device)> {
        devices(&self.authentication)
    }

    /// The device whose push was cancelled or not answered, if known: a wait and a change of device know it, a
    /// reply by itself does not tell.
    #[must_use]
    pub fn abandoned(&self) -> Option<&DeviceId> {
        self.abandoned.as_ref()
    }

    /// The same selection after `device` was abandoned.
    #[must_use]
    pub fn abandoning(mut self, device: impl Into<DeviceId>) -> Self {
        self.abandoned = Some(device.into());
        self
    }

    /// Continues with `device`.
    #[must_use]
    pub fn select(&self, device: impl Into<DeviceId>) -> SelectDevice {
        SelectDevice::new(&self.id, device)
    }
}

impl PendingPush {
    /// Cancels the push, so that the user can change device.
    #[must_use]
    pub fn cancel(&self) -> CancelDeviceAuthentication {
        CancelDeviceAuthentication::new(&self.id, CancelReason::ChangeDevice)
    }

    /// The number that the user has to find on their phone, if the policy wants that: show it to them (*seen*).
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        self.authentication.number_matching().and_then(NumberMatching::number)
    }
}

impl OtpEntry {
    /// Validates the passcode that the user entered. After a [wrong code](CheckOtp#a-wrong-code), this takes another.
    #[must_use]
    pub fn check(&self, otp: &str) -> CheckOtp {
        CheckOtp::new(&self.id, otp)
    }
}

impl AssertionRequest {
    /// What a passkey has to sign; PingID Desktop has
    /// [its own](DeviceAuthentication::ping_id_desktop_credential_request_options).
    #[must_use]
    pub fn options(&self) -> Option<&CredentialRequestOptions> {
        self.authentication.public_key_credential_request_options()
    }

    /// Checks what a passkey signed; see [`CheckAssertion::fido2`].
    #[must_use]
    pub fn check_fido2(&self, origin: &str, credential: &str) -> CheckAssertion {
        CheckAssertion::fido2(&self.id, origin, credential)
    }

    /// Checks what PingID Desktop signed; see [`CheckAssertion::pingid_desktop`].
    #[must_use]
    pub fn check_pingid_desktop(&self, origin: &str, jwt: &str) -> CheckAssertion {
        CheckAssertion::pingid_desktop(&self.id, origin, jwt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DeviceType;

    fn step(json: &str) -> NextStep {
        Document::<DeviceAuthentication>::from_json(json.to_owned()).unwrap().into_next_step()
    }

    #[test]
    fn each_status_has_its_step() {
        assert!(matches!(step(r#"{"id":"a","status":"PUSH_CONFIRMATION_REQUIRED"}"#), NextStep::Push(_)));
        assert!(matches!(step(r#"{"id":"a","status":"PUSH_CONFIRMATION_TIMED_OUT"}"#), NextStep::PushTimedOut(_)));
        assert!(matches!(step(r#"{"id":"a","status":"DEVICE_SELECTION_REQUIRED"}"#), NextStep::DeviceSelection(_)));
        assert!(matches!(step(r#"{"id":"a","status":"OTP_REQUIRED"}"#), NextStep::Otp(_)));
        assert!(matches!(step(r#"{"id":"a","status":"ASSERTION_REQUIRED"}"#), NextStep::Assertion(_)));
        assert!(matches!(step(r#"{"status":"COMPLETED"}"#), NextStep::Completed(_)));
        assert!(matches!(step(r#"{"status":"FAILED"}"#), NextStep::Failed(_)));
    }

    #[test]
    fn nothing_but_completed_is_success() {
        for status in ["completed", "COMPLETED ", "VERIFIED", ""] {
            let step = step(&format!(r#"{{"id":"a","status":"{status}"}}"#));
            assert!(matches!(step, NextStep::Unknown(_)), "{status}");
        }
    }

    #[test]
    fn a_pending_step_without_an_id_leads_nowhere() {
        assert!(matches!(step(r#"{"status":"OTP_REQUIRED"}"#), NextStep::Unknown(_)));
    }

    #[test]
    fn devices_without_an_id_cannot_be_selected() {
        let NextStep::DeviceSelection(selection) = step(
            r#"{"id":"a","status":"DEVICE_SELECTION_REQUIRED","_embedded":{"devices":[{"type":"EMAIL"},{"id":"d"},7]}}"#,
        ) else {
            panic!("no selection");
        };
        assert_eq!(selection.devices().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["d"]);
    }

    #[test]
    fn an_abandoned_device_is_left_out_and_the_others_keep_their_labels() {
        let NextStep::DeviceSelection(selection) = step(
            r#"{"id":"a","status":"DEVICE_SELECTION_REQUIRED","selectedDevice":{"id":"1"},
            "_embedded":{"devices":[{"id":"1","type":"FIDO2"},{"id":"2","type":"FIDO2"}]}}"#,
        ) else {
            panic!("no selection");
        };
        assert_eq!((selection.abandoned(), selection.devices().count()), (None, 2), "a reply by itself does not tell");
        let labels = selection.labels().into_iter().map(|(.., label)| label).collect::<Vec<_>>();
        let selection = selection.abandoning("1");
        assert_eq!(selection.devices().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["2"]);
        let [(id, device, label)] = &selection.labels()[..] else { panic!("not one") };
        assert_eq!((id.as_str(), device.kind(), label), ("2", Some(&DeviceType::Fido2), &labels[1]));
        assert_eq!((selection.all_devices().count(), selection.abandoned().unwrap().as_str()), (2, "1"));
    }

    #[test]
    fn a_device_is_named_only_where_one_is_in_use() {
        let reply = |status| {
            format!(
                r#"{{"id":"a","status":"{status}","selectedDevice":{{"id":"d"}},"_embedded":{{"devices":[{{"id":"d"}}]}}}}"#
            )
        };
        let NextStep::Push(push) = step(&reply("PUSH_CONFIRMATION_REQUIRED")) else { panic!("no push") };
        assert_eq!(push.device().and_then(Device::id).map(DeviceId::as_str), Some("d"));
        let NextStep::Otp(entry) = step(&reply("OTP_REQUIRED")) else { panic!("no code") };
        assert!(entry.device().is_some());
        // After a cancel the reply still names the abandoned device; the step has no such accessor, see `impossible`.
        assert!(matches!(step(&reply("DEVICE_SELECTION_REQUIRED")), NextStep::DeviceSelection(_)));
    }

    #[test]
    fn a_number_to_match_is_shown() {
        let json = r#"{"id":"a","status":"PUSH_CONFIRMATION_REQUIRED","numberMatching":{"number":42}}"#;
        let NextStep::Push(push) = step(json) else { panic!("no push") };
        assert_eq!(push.number(), Some("42"));
        assert!(!format!("{push:?}").contains("42"));
    }
}
