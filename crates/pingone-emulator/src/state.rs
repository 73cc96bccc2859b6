//! Everything that changes while the service runs.

use std::collections::HashMap;

use crate::{
    clock::Clock,
    device_authentication::{DeviceAuthentication, Factors},
    journal::JournalEntry,
    sequence::Sequence,
    token::Tokens,
};

pub(crate) struct State {
    pub(crate) clock: Clock,
    pub(crate) tokens: Tokens,
    pub(crate) factors: Factors,
    pub(crate) authentications: HashMap<String, DeviceAuthentication>,
    pub(crate) authentication_ids: Sequence,
    pub(crate) correlation_ids: Sequence,
    pub(crate) journal: Vec<JournalEntry>,
}

impl State {
    pub(crate) fn new() -> Self {
        Self {
            clock: Clock::default(),
            tokens: Tokens::new(),
            factors: Factors::new(),
            authentications: HashMap::new(),
            authentication_ids: Sequence::new(*b"auth-ids"),
            correlation_ids: Sequence::new(*b"corr-ids"),
            journal: Vec::new(),
        }
    }
}
