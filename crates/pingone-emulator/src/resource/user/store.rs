use std::sync::Arc;

use super::{Device, User, device_state::DeviceState};
use crate::{collection::Collection, retention::Retention};

/// Every user, and what the service remembers of their devices over all authentications.
#[derive(Clone)]
pub(crate) struct Users {
    all: Collection<Arc<User>>,
    states: Collection<DeviceState>,
    retention: Retention,
}

impl Users {
    pub(crate) fn new(users: impl IntoIterator<Item = Arc<User>>, retention: Retention) -> Self {
        Self { all: Collection::of(users, |user| user.id()), states: Collection::new(), retention }
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

    /// Adds a user, or puts it in the place of the one with the same id.
    pub(crate) fn put(&mut self, user: User) {
        let id = user.id().to_owned();
        self.all.put(&id, Arc::new(user));
    }

    pub(crate) fn remove(&mut self, id: &str) -> bool {
        self.all.remove(id).is_some()
    }

    /// The first device that is the one that is looked for, with its user.
    pub(crate) fn find_device(&self, is_it: impl Fn(&Device) -> bool) -> Option<(&Arc<User>, &Device)> {
        self.iter().find_map(|user| Some((user, user.devices().iter().find(|device| is_it(device))?)))
    }

    pub(crate) fn state(&self, user_id: &str, device_id: &str) -> Option<&DeviceState> {
        self.states.get(&key(user_id, device_id))
    }

    pub(crate) fn state_mut(&mut self, user_id: &str, device_id: &str) -> &mut DeviceState {
        let key = key(user_id, device_id);
        // Addresses of one-time devices are without number.
        if self.states.get(&key).is_none() && self.states.len() >= self.retention.number {
            self.states.oldest().map(|(oldest, _)| oldest).map(|oldest| self.states.remove_at(oldest));
        }
        self.states.entry(&key)
    }
}

/// Ids are any text, so the first one says how long it is.
fn key(user_id: &str, device_id: &str) -> String {
    format!("{} {user_id} {device_id}", user_id.len())
}
