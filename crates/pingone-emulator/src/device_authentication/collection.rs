use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::{DeviceAuthentication, Factors};
use crate::{rules::Rules, sequence::Sequence};

/// Every authentication, by its id.
#[derive(Clone)]
pub(crate) struct DeviceAuthentications {
    all: HashMap<String, DeviceAuthentication>,
    /// Their ids, the oldest first.
    order: Vec<String>,
    ids: Sequence,
    /// Those that may have a pending push, the oldest first: what the passing of time can change.
    waiting: BTreeMap<usize, String>,
}

impl DeviceAuthentications {
    pub(crate) fn new() -> Self {
        Self { all: HashMap::new(), order: Vec::new(), ids: Sequence::new(*b"auth-ids"), waiting: BTreeMap::new() }
    }

    pub(super) fn next_id(&mut self) -> String {
        self.ids.id()
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn add(&mut self, authentication: DeviceAuthentication) {
        self.watch(&authentication.id, authentication.number);
        self.order.push(authentication.id.clone());
        self.all.insert(authentication.id.clone(), authentication);
    }

    pub(super) fn find(&mut self, id: &str) -> Option<&mut DeviceAuthentication> {
        self.all.get_mut(id)
    }

    pub(super) fn get(&self, id: &str) -> Option<&DeviceAuthentication> {
        self.all.get(id)
    }

    /// Has to be told when a push may have been sent.
    pub(super) fn watch(&mut self, id: &str, number: usize) {
        self.waiting.insert(number, id.to_owned());
    }

    /// Those that may have a pending push, the oldest first.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &DeviceAuthentication> {
        self.waiting.values().filter_map(|id| self.all.get(id))
    }

    /// All of them, the oldest first.
    pub(super) fn in_order(&self) -> impl DoubleEndedIterator<Item = &DeviceAuthentication> {
        self.order.iter().filter_map(|id| self.all.get(id))
    }

    /// Lets happen what was to happen until `now`.
    pub(crate) fn settle(&mut self, factors: &mut Factors, rules: &Rules, now: Timestamp) {
        let Self { all, waiting, .. } = self;
        waiting.retain(|_, id| {
            let Some(authentication) = all.get_mut(id) else { return false };
            authentication.settle(factors, rules, now);
            authentication.pending_push().is_some()
        });
    }
}
