//! Policies: how users are authenticated.

mod fido2_policy;
mod policy;
mod read;

use std::sync::Arc;

pub(crate) use self::policy::FailureLimit;
pub use self::{
    fido2_policy::Fido2Policy,
    policy::{DeviceSelection, Policy, PushLimit},
};
use crate::collection::Collection;

/// Every policy. The first is the default.
#[derive(Clone)]
pub(crate) struct Policies {
    all: Collection<Arc<Policy>>,
    fido2: Collection<Fido2Policy>,
}

impl Policies {
    pub(crate) fn new(
        policies: impl IntoIterator<Item = Arc<Policy>>,
        fido2: impl IntoIterator<Item = Fido2Policy>,
    ) -> Self {
        let (all, fido2) = (Collection::of(policies, |policy| policy.id()), Collection::of(fido2, Fido2Policy::id));
        Self { all, fido2 }
    }

    pub(crate) fn find(&self, id: &str) -> Option<Arc<Policy>> {
        Some(self.with_fido2(self.all.get(id)?))
    }

    pub(crate) fn default(&self) -> Option<Arc<Policy>> {
        Some(self.with_fido2(self.all.iter().next()?))
    }

    /// The applications that any of them names.
    pub(crate) fn named_applications(&self) -> impl Iterator<Item = &str> {
        self.all.iter().flat_map(|policy| policy.named_applications())
    }

    pub(crate) fn find_fido2(&self, id: &str) -> Option<&Fido2Policy> {
        self.fido2.get(id)
    }

    /// How many there are, of both kinds.
    pub(crate) fn len(&self) -> usize {
        self.all.len() + self.fido2.len()
    }

    /// Adds a policy, or replaces the one with the same id.
    pub(crate) fn put(&mut self, policy: Policy) {
        let id = policy.id().to_owned();
        self.all.put(&id, Arc::new(policy));
    }

    pub(crate) fn put_fido2(&mut self, policy: Fido2Policy) {
        let id = policy.id().to_owned();
        self.fido2.put(&id, policy);
    }

    /// The policy together with the FIDO2 policy that it means: its own, the one that it names, or else the default.
    fn with_fido2(&self, policy: &Arc<Policy>) -> Arc<Policy> {
        let named = policy.fido2_policy_id.as_ref();
        let meant = match named {
            _ if policy.fido2.is_some() => None,
            Some(id) => self.fido2.get(id),
            None => self.fido2.iter().find(|fido2| fido2.is_default).or(self.fido2.iter().next()),
        };
        match meant {
            None => policy.clone(),
            Some(fido2) => Arc::new(Policy { fido2: Some(fido2.clone()), ..Policy::clone(policy) }),
        }
    }
}
