//! What the service remembers of a device until it is activated.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    clock::{after, signed},
    error::PlatformError,
    resource::{
        Conditions, Stores,
        device_authentication_policy::Policy,
        outbox::SentCode,
        user::{Device, User, gets_codes},
    },
    sequence::Sequence,
};

/// What was agreed on when a device was created, and what is awaited.
#[derive(Clone)]
pub(super) struct Pairing {
    pub(super) policy: Arc<Policy>,
    /// As the creation asked for it.
    pub(super) notification: Option<Value>,
    /// When the device disappears; `None` if it never does.
    pub(super) ends_at: Option<Timestamp>,
    pub(super) awaited: Awaited,
}

/// What the user has to provide.
#[derive(Clone)]
pub(super) enum Awaited {
    /// The code that was last sent; `None` if there were too many wrong ones, or none was sent.
    Sent(Option<AwaitedCode>),
    /// A code that the user's app or token makes; the one after that of `extra`, if one was far off.
    Generated { extra: Option<u64> },
    /// A passkey that was made for this relying party.
    Passkey { challenge: Vec<u8>, rp_id: String },
    /// A statement of PingID Desktop.
    Desktop { challenge: String },
}

#[derive(Clone)]
pub(super) struct AwaitedCode {
    pub(super) code: String,
    pub(super) expires_at: Timestamp,
}

/// Every device that is to be activated, by its user and its id.
#[derive(Clone)]
pub(crate) struct Pairings {
    all: BTreeMap<(String, String), Pairing>,
    /// When a device disappears.
    due: BTreeSet<(Timestamp, String, String)>,
    ids: Sequence,
    pub(super) secrets: Sequence,
    pub(super) challenges: Sequence,
}

impl Pairings {
    pub(crate) fn new() -> Self {
        let [ids, secrets, challenges] = [*b"devices.", *b"secrets.", *b"creation"].map(Sequence::new);
        Self { all: BTreeMap::new(), due: BTreeSet::new(), ids, secrets, challenges }
    }

    pub(super) fn next_id(&mut self) -> String {
        self.ids.id()
    }

    /// The id of a phone, and the secret of its app.
    pub(crate) fn next_phone(&mut self) -> (String, [u8; 20]) {
        (self.ids.id(), self.secrets.bytes())
    }

    pub(super) fn get(&self, user_id: &str, device_id: &str) -> Option<&Pairing> {
        self.all.get(&(user_id.to_owned(), device_id.to_owned()))
    }

    pub(super) fn put(&mut self, user_id: &str, device_id: &str, pairing: Pairing) {
        self.remove(user_id, device_id);
        self.due.extend(pairing.ends_at.map(|at| (at, user_id.to_owned(), device_id.to_owned())));
        self.all.insert((user_id.to_owned(), device_id.to_owned()), pairing);
    }

    pub(super) fn remove(&mut self, user_id: &str, device_id: &str) {
        let before = self.all.remove(&(user_id.to_owned(), device_id.to_owned()));
        if let Some(at) = before.and_then(|before| before.ends_at) {
            self.due.remove(&(at, user_id.to_owned(), device_id.to_owned()));
        }
    }

    /// Some of the user's devices that were to be activated are gone; all, if the user is gone.
    pub(crate) fn forget_gone(&mut self, user_id: &str, user: Option<&User>) {
        let is_pending = |id: &str| user.and_then(|user| user.find_device(id)).is_some_and(|one| !one.is_active());
        let theirs = self.all.range((user_id.to_owned(), String::new())..);
        let theirs = theirs.map(|(key, _)| key).take_while(|(owner, _)| owner == user_id);
        let gone: Vec<String> = theirs.filter(|(_, id)| !is_pending(id)).map(|(_, id)| id.clone()).collect();
        for device_id in gone {
            self.remove(user_id, &device_id);
        }
    }
}

/// Forgets the devices that nobody has activated in time.
///
/// Rule: PENDING_DEVICE_EXPIRES. Rule: TOTP_PAIRING_EXPIRES.
pub(crate) fn settle(stores: &mut Stores, conditions: Conditions<'_>) {
    while let Some((at, user_id, device_id)) = stores.pairings.due.first().cloned() {
        if at > conditions.now {
            return;
        }
        forget(stores, &user_id, &device_id);
    }
}

/// The device is gone, with all that was remembered about it.
pub(super) fn forget(stores: &mut Stores, user_id: &str, device_id: &str) {
    let Stores { users, pairings, .. } = stores;
    pairings.remove(user_id, device_id);
    users.change(user_id, |user| user.take(device_id));
}

/// What was agreed on; for a device in the data, the environment's default.
pub(super) fn pairing_of(stores: &Stores, user_id: &str, device: &Device) -> Result<Pairing, PlatformError> {
    if let Some(pairing) = stores.pairings.get(user_id, device.id()) {
        return Ok(pairing.clone());
    }
    let awaited = match device.device_type() {
        device_type if gets_codes(device_type) => Awaited::Sent(None),
        "TOTP" | "OATH_TOKEN" => Awaited::Generated { extra: None },
        other => return Err(PlatformError::not_for_type(other)),
    };
    let policy = stores.policies.default().ok_or_else(PlatformError::not_found)?;
    Ok(Pairing { policy, notification: None, ends_at: None, awaited })
}

/// Sends the device a code, which replaces the earlier ones. Returns the code if it is to be shown.
///
/// Rule: PAIRING_CODE_IS_SENT.
pub(super) fn send_code(
    stores: &mut Stores,
    user_id: &str,
    device: &Device,
    mut pairing: Pairing,
    now: Timestamp,
) -> Option<String> {
    let method = pairing.policy.method(device.device_type());
    let outbox = &mut stores.factors.outbox;
    let code = outbox.code(method.otp_length);
    // Rule: TEST_DEVICES.
    let is_test = device.is_known("testMode");
    if !is_test {
        let sent = SentCode::new(None, user_id, device, &code, now);
        outbox.send(sent.with(pairing.notification.clone()));
    }
    let expires_at = after(now, signed(method.otp_life_time));
    pairing.awaited = Awaited::Sent(Some(AwaitedCode { code: code.clone(), expires_at }));
    stores.pairings.put(user_id, device.id(), pairing);
    is_test.then_some(code)
}
