//! Everything that changes while the service runs.

use crate::{
    clock::Clock,
    data::Data,
    device_authentication::{DeviceAuthentications, Factors},
    fault::Faults,
    journal::JournalEntry,
    rules::Rules,
    sequence::Sequence,
    token::Tokens,
};

/// A clone of it is a snapshot.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) data: Data,
    pub(crate) rules: Rules,
    pub(crate) clock: Clock,
    pub(crate) tokens: Tokens,
    pub(crate) factors: Factors,
    pub(crate) authentications: DeviceAuthentications,
    pub(crate) faults: Faults,
    pub(crate) correlation_ids: Sequence,
    pub(crate) journal: Vec<JournalEntry>,
}

impl State {
    pub(crate) fn new(data: Data) -> Self {
        Self {
            rules: data.rules.clone(),
            clock: Clock::new(),
            tokens: Tokens::new(data.token_lifetime),
            factors: Factors::new(data.code.clone()),
            authentications: DeviceAuthentications::new(),
            faults: Faults::default(),
            correlation_ids: Sequence::new(*b"corr-ids"),
            journal: Vec::new(),
            data,
        }
    }

    /// Lets happen what was to happen until now.
    pub(crate) fn settle(&mut self) {
        let now = self.clock.now();
        self.authentications.settle(&mut self.factors, &self.rules, now);
    }
}
