use std::{collections::HashMap, sync::Arc};

use jiff::Timestamp;

use super::{Device, User, device_state::DeviceState, schema::Schema};
use crate::{collection::Collection, retention::Retention, sequence::Sequence};

/// How many users there can be, and how many devices each of them can have, whatever the rules say.
pub(crate) const MOST_USERS: usize = 10_000;
pub(crate) const MOST_DEVICES: usize = 1000;

/// Every user, and what the service remembers of their devices over all authentications.
#[derive(Clone)]
pub(crate) struct Users {
    all: Collection<Arc<User>>,
    /// The user for each username, in lower case.
    ids_by_username: HashMap<String, String>,
    pub(crate) schema: Schema,
    ids: Sequence,
    states: Collection<DeviceState>,
    /// The last counter of each passkey.
    sign_counts: Collection<u32>,
    /// How often each user has failed, towards the lock of their account.
    failures: HashMap<String, u32>,
    retention: Retention,
}

impl Users {
    pub(crate) fn new(
        users: impl IntoIterator<Item = Arc<User>>,
        schema: Schema,
        retention: Retention,
        now: Timestamp,
    ) -> Self {
        let mut all = Self {
            all: Collection::new(),
            ids_by_username: HashMap::new(),
            schema,
            ids: Sequence::new(*b"user-ids"),
            states: Collection::new(),
            sign_counts: Collection::new(),
            failures: HashMap::new(),
            retention,
        };
        for user in users {
            // Of two with the same id, the first one wins.
            if all.find(user.id()).is_none() {
                all.put(Arc::unwrap_or_clone(user).known_since(now));
            }
        }
        all
    }

    pub(crate) fn next_id(&mut self) -> String {
        self.ids.id()
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The user with this username, regardless of case.
    ///
    /// Rule: USERNAME_IS_UNIQUE.
    pub(crate) fn id_of(&self, username: &str) -> Option<&str> {
        self.ids_by_username.get(&username.to_lowercase()).map(String::as_str)
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Arc<User>> {
        self.all.get(id)
    }

    pub(crate) fn all(&self) -> &Collection<Arc<User>> {
        &self.all
    }

    /// The oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<User>> {
        self.all.iter()
    }

    /// Adds a user, or replaces the one with the same id.
    pub(crate) fn put(&mut self, user: User) {
        let id = user.id().to_owned();
        let before = self.all.get(&id).cloned();
        for device in before.iter().flat_map(|before| before.devices()) {
            if !has_credential(&user, device) {
                self.sign_counts.remove(&device_key(&id, device.id()));
            }
            if user.find_any(device.id()).is_none() {
                self.forget_state(&id, device.id());
            }
        }
        self.forget_username(before.as_deref());
        self.ids_by_username.entry(user.username.to_lowercase()).or_insert_with(|| id.clone());
        self.all.put(&id, Arc::new(user));
    }

    /// Changes what a user is, if there is one.
    pub(crate) fn update(&mut self, id: &str, now: Timestamp, change: impl FnOnce(&mut User)) -> Option<&Arc<User>> {
        self.change(id, |user| {
            change(user);
            user.updated_at = Some(now);
        })?;
        self.find(id)
    }

    /// Removes a user, with all that is remembered about their devices, including one-time devices.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let user = self.all.remove(id);
        let prefix = device_key(id, "");
        self.sign_counts.retain(|key, _| !key.starts_with(&prefix));
        self.states.retain(|key, _| !key.starts_with(&prefix));
        self.failures.remove(id);
        self.forget_username(user.as_deref());
        user.is_some()
    }

    fn forget_username(&mut self, user: Option<&User>) {
        if let Some(user) = user.filter(|user| self.id_of(&user.username) == Some(user.id())) {
            self.ids_by_username.remove(&user.username.to_lowercase());
        }
    }

    /// The first device that matches, with its user.
    pub(crate) fn find_device(&self, is_it: impl Fn(&Device) -> bool) -> Option<(&Arc<User>, &Device)> {
        self.iter().find_map(|user| Some((user, user.devices().iter().find(|device| is_it(device))?)))
    }

    pub(crate) fn state(&self, user_id: &str, device_id: &str) -> Option<&DeviceState> {
        self.states.get(&device_key(user_id, device_id))
    }

    pub(crate) fn state_mut(&mut self, user_id: &str, device_id: &str) -> &mut DeviceState {
        let key = device_key(user_id, device_id);
        // There is no limit to the addresses of one-time devices.
        if self.states.get(&key).is_none() && self.states.len() >= self.retention.number {
            self.states.oldest().map(|(oldest, _)| oldest).map(|oldest| self.states.remove_at(oldest));
        }
        self.states.entry(&key)
    }

    /// The device is gone, and so is what was remembered about it.
    fn forget_state(&mut self, user_id: &str, device_id: &str) {
        self.states.remove(&device_key(user_id, device_id));
    }

    /// A user who is there has failed once more; returns how often.
    pub(super) fn count_failure(&mut self, id: &str) -> u32 {
        let count = self.failures.entry(id.to_owned()).or_default();
        *count = count.saturating_add(1);
        *count
    }

    pub(super) fn forget_failures(&mut self, id: &str) {
        self.failures.remove(id);
    }

    /// The passkey's last counter.
    pub(crate) fn sign_count(&self, user_id: &str, device: &Device) -> u32 {
        let in_data = || device.known("signCount")?.as_u64()?.try_into().ok();
        let is_current = self.find(user_id).is_some_and(|user| has_credential(user, device));
        let seen = self.sign_counts.get(&device_key(user_id, device.id())).copied().filter(|_| is_current);
        seen.or_else(in_data).unwrap_or_default()
    }

    /// Stores the passkey's counter, while the user has this passkey.
    pub(crate) fn set_sign_count(&mut self, user_id: &str, device: &Device, count: u32) {
        if self.find(user_id).is_some_and(|user| has_credential(user, device)) {
            self.sign_counts.put(&device_key(user_id, device.id()), count);
        }
    }
}

/// Whether it is one of the user's credentials: what is known of it is the same.
fn has_credential(user: &User, device: &Device) -> bool {
    let credential = |device: &Device| {
        let known = ["publicKey", "signCount"].map(|name| device.known(name).cloned());
        (device.text(&["credentialId"]).map(str::to_owned), known)
    };
    user.find_device(device.id()).is_some_and(|own| credential(own) == credential(device))
}

/// Ids can be any text, so the length of the first is included.
fn device_key(user_id: &str, device_id: &str) -> String {
    format!("{} {user_id} {device_id}", user_id.len())
}
