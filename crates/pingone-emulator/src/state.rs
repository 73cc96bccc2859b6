//! Everything that changes while the service runs.

use crate::{
    clock::Clock,
    data::Data,
    fault::Faults,
    journal::JournalEntry,
    resource::{
        Conditions, Stores,
        authentication_code::AuthenticationCodes,
        device_authentication::{self, DeviceAuthentications, Factors},
        device_authentication_policy::Policies,
        oath_token::OathTokens,
        pairing_key::PairingKeys,
        population::Populations,
        token::Tokens,
        user::Users,
        user_device::{self, Pairings},
    },
    retention::Record,
    rules::Rules,
    sequence::Sequence,
};

/// A clone of it is a snapshot.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) stores: Stores,
    pub(crate) rules: Rules,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) correlation_ids: Sequence,
    pub(crate) journal: Record<JournalEntry>,
}

impl State {
    pub(crate) fn new(data: Data) -> Self {
        let (clock, retention) = (Clock::new(), data.retention);
        let stores = Stores {
            tokens: Tokens::new(data.clients, data.token_lifetime, retention, data.signing_key),
            policies: Policies::new(data.policies, data.fido2_policies),
            mfa_settings: data.mfa_settings,
            oath_tokens: OathTokens::new(data.oath_tokens),
            pairings: Pairings::new(),
            pairing_keys: PairingKeys::new(retention),
            populations: Populations::new(data.populations, clock.now()),
            users: Users::new(data.users, data.schema, retention, clock.now()),
            factors: Factors::new(data.code, retention),
            device_authentications: DeviceAuthentications::new(retention),
            authentication_codes: AuthenticationCodes::new(retention),
        };
        Self {
            stores,
            rules: data.rules,
            clock,
            faults: Faults::default(),
            correlation_ids: Sequence::new(*b"corr-ids"),
            journal: Record::new(retention),
        }
    }

    /// Writes down that a request was answered.
    pub(crate) fn record(&mut self, entry: JournalEntry) {
        let now = self.clock.now();
        self.journal.push(entry, now);
    }

    /// The stores, and what holds now.
    pub(crate) fn parts(&mut self) -> (&mut Stores, Conditions<'_>) {
        (&mut self.stores, Conditions { rules: &self.rules, now: self.clock.now() })
    }

    /// Lets happen what was to happen until now.
    pub(crate) fn settle(&mut self) {
        let (stores, conditions) = self.parts();
        device_authentication::settle(stores, conditions);
        user_device::settle(stores, conditions);
    }
}
