use std::collections::BTreeSet;

use jiff::Timestamp;

use super::authentication::DeviceAuthentication;
use crate::{collection::Collection, sequence::Sequence};

/// Every authentication, by its id.
#[derive(Clone)]
pub(crate) struct DeviceAuthentications {
    all: Collection<DeviceAuthentication>,
    ids: Sequence,
    /// When something happens to an authentication by itself, and its number.
    due: BTreeSet<(Timestamp, u64)>,
}

impl DeviceAuthentications {
    pub(crate) fn new() -> Self {
        Self { all: Collection::new(), ids: Sequence::new(*b"auth-ids"), due: BTreeSet::new() }
    }

    pub(super) fn next_id(&mut self) -> String {
        self.ids.id()
    }

    pub(super) fn get(&self, id: &str) -> Option<&DeviceAuthentication> {
        self.all.get(id)
    }

    /// Keeps a new authentication, or one that has changed.
    pub(super) fn put(&mut self, authentication: DeviceAuthentication) {
        let id = authentication.id.clone();
        let before = self.get(&id).and_then(DeviceAuthentication::due_at);
        let after = authentication.due_at();
        let number = self.all.put(&id, authentication);
        if let Some(at) = before {
            self.due.remove(&(at, number));
        }
        if let Some(at) = after {
            self.due.insert((at, number));
        }
    }

    /// One to which something has happened by itself until `now`; the earliest of them.
    pub(super) fn next_due(&self, now: Timestamp) -> Option<&DeviceAuthentication> {
        let (at, number) = self.due.first()?;
        if *at <= now { self.all.at(*number) } else { None }
    }

    /// Those with a pending push, the oldest first.
    pub(super) fn waiting(&self) -> Vec<&DeviceAuthentication> {
        let mut numbers: Vec<u64> = self.due.iter().map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        numbers.into_iter().filter_map(|number| self.all.at(number)).collect()
    }

    /// All of them, the oldest first.
    pub(super) fn in_order(&self) -> impl DoubleEndedIterator<Item = &DeviceAuthentication> {
        self.all.iter()
    }
}
