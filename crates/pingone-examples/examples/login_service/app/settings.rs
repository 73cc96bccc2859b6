//! What differs from one place to another.

use std::time::Duration;

use pingone_async::PolicyId;

use super::{cookie::Key, origin::Origin};

/// What all replicas of a log-in page have alike.
pub(crate) struct Settings {
    /// Where browsers find the page.
    pub(crate) origin: Origin,
    /// What passkeys are bound to: the host, or a domain above it. `relyingPartyId` of the FIDO2 policy is the same.
    pub(crate) relying_party: String,
    /// The device authentication policy, without which there are no passkeys to add and no browsers to remember.
    pub(crate) policy: Option<PolicyId>,
    /// Signs the cookies.
    pub(crate) key: Key,
    /// How long a push can be answered, as the policy has it; no reply tells that. The page shows what is left.
    pub(crate) push_time: Duration,
    /// How long one question of a waiting page is held; less than any proxy on the way allows.
    pub(crate) hold: Duration,
    /// The header in which a proxy of yours names the browser's address. Without one, it is the connection's.
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
