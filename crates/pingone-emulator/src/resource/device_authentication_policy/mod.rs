//! Policies: how users are authenticated.

mod policy;

use std::sync::Arc;

pub(crate) use self::policy::FailureLimit;
pub use self::policy::{DeviceSelection, Policy, PushLimit};
use crate::collection::Collection;

/// Every policy. The first is the default.
#[derive(Clone)]
pub(crate) struct Policies {
    all: Collection<Arc<Policy>>,
}

impl Policies {
    pub(crate) fn new(policies: impl IntoIterator<Item = Arc<Policy>>) -> Self {
        Self { all: Collection::of(policies, |policy| policy.id()) }
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Arc<Policy>> {
        self.all.get(id)
    }

    pub(crate) fn default(&self) -> Option<&Arc<Policy>> {
        self.all.iter().next()
    }
}
