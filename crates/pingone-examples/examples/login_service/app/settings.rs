//! What differs between deployments.

use std::time::Duration;

use pingone_async::PolicyId;

use super::{cookie::Key, origin::Origin};

/// What all replicas have in common.
pub(crate) struct Settings {
    /// Where browsers find the page.
    pub(crate) origin: Origin,
    /// What passkeys are bound to: the host or a parent domain, the same as `relyingPartyId` of the FIDO2 policy.
    pub(crate) relying_party: String,
    /// The device authentication policy. Without it, passkeys cannot be added and browsers cannot be remembered.
    pub(crate) policy: Option<PolicyId>,
    /// Signs the cookies.
    pub(crate) key: Key,
    /// How long a push can be answered according to the policy, for the countdown; no reply says it.
    pub(crate) push_time: Duration,
    /// How long a polling request is held; less than any proxy in between allows.
    pub(crate) hold: Duration,
    /// The header in which your proxy passes the browser's address. Without it, the connection's address counts.
    pub(crate) address_header: Option<String>,
}

impl Settings {
    pub(crate) fn new(origin: Origin, key: Key) -> Self {
        Self {
            relying_party: origin.host().to_owned(),
            origin,
            policy: None,
            key,
            push_time: Duration::from_secs(40),
            hold: Duration::from_secs(25),
            address_header: None,
        }
    }
}
