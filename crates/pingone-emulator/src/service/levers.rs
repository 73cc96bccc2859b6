//! What a test can read and change.

use std::time::Duration;

use super::Service;
use crate::{
    fault::Fault,
    journal::JournalEntry,
    resource::{
        self,
        authentication_code::{self, ClaimError, CodeAnswer},
        device_authentication::{self, NoPendingPush, PendingPush, PushAnswer, PushScript, PushScripts},
        oath,
        outbox::SentCode,
        pairing_key::{self, PairingFailed},
        token::{Issuer, TokenCounters, TokenKind},
    },
    rules::NoSuchRule,
    state::State,
};

impl Service {
    /// Every request that was answered, in order; those to the control paths are left out.
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.state().journal.iter().cloned().collect()
    }

    /// Every code that was sent, in order; without those to users who have been deleted.
    pub fn codes(&self) -> Vec<SentCode> {
        self.state().stores.factors.outbox.sent().iter().cloned().collect()
    }

    /// The code that was last sent for this authentication.
    pub fn last_code_for(&self, device_authentication_id: &str) -> Option<SentCode> {
        let state = self.state();
        let mut sent = state.stores.factors.outbox.sent().iter().rev();
        sent.find(|code| code.device_authentication_id() == Some(device_authentication_id)).cloned()
    }

    /// Always sends `code` from now on.
    pub fn fix_code(&self, code: impl Into<String>) {
        self.state().stores.factors.outbox.fix(code.into());
    }

    /// The pending pushes.
    pub fn pending_pushes(&self) -> Vec<PendingPush> {
        device_authentication::pending_pushes(&self.state().stores)
    }

    /// Has the user answer every push that is sent from now on.
    pub fn script_pushes(&self, script: PushScript) {
        self.state().stores.factors.scripts.of_any = Some(script);
    }

    /// Has the user answer every push that is sent to this device from now on.
    pub fn script_pushes_to(&self, device_id: impl Into<String>, script: PushScript) {
        self.state().stores.factors.scripts.of_device.insert(device_id.into(), script);
    }

    /// Removes the scripts, for pushes that are sent from now on.
    pub fn clear_push_scripts(&self) {
        self.state().stores.factors.scripts = PushScripts::default();
    }

    /// The user approves the push: the authentication is `COMPLETED`.
    ///
    /// # Errors
    ///
    /// When no push is pending, because it was answered or cancelled. Nothing changes then.
    pub fn approve_push(&self, device_authentication_id: &str) -> Result<(), NoPendingPush> {
        self.answer_push(device_authentication_id, PushAnswer::Approve, None)
    }

    /// The user approves the push by picking a number. The wrong one denies it.
    ///
    /// # Errors
    ///
    /// When no push is pending, because it was answered or cancelled. Nothing changes then.
    pub fn approve_push_with_number(&self, device_authentication_id: &str, number: u32) -> Result<(), NoPendingPush> {
        self.answer_push(device_authentication_id, PushAnswer::Approve, Some(number))
    }

    /// The user denies the push: the authentication is `FAILED`.
    ///
    /// # Errors
    ///
    /// When no push is pending, because it was answered or cancelled. Nothing changes then.
    pub fn deny_push(&self, device_authentication_id: &str) -> Result<(), NoPendingPush> {
        self.answer_push(device_authentication_id, PushAnswer::Deny, None)
    }

    pub(super) fn answer_push(&self, id: &str, answer: PushAnswer, number: Option<u32>) -> Result<(), NoPendingPush> {
        let mut state = self.state();
        let (stores, conditions) = state.parts();
        device_authentication::answer_push(stores, conditions, id, answer, number)
    }

    /// A user's app claims an authentication code, as if it had scanned it.
    ///
    /// # Errors
    ///
    /// When there is no such code, it has expired or was claimed, or the device does not have the right app.
    pub fn claim_authentication_code(&self, id: &str, user_id: &str, device_id: &str) -> Result<(), ClaimError> {
        let mut state = self.state();
        let (stores, conditions) = state.parts();
        authentication_code::claim(stores, conditions, id, user_id, device_id)
    }

    /// The user whose app claimed an authentication code approves or denies it.
    ///
    /// # Errors
    ///
    /// When there is no such code, it has expired, or it needs no answer.
    pub fn answer_authentication_code(&self, id: &str, answer: CodeAnswer) -> Result<(), ClaimError> {
        let mut state = self.state();
        let (stores, conditions) = state.parts();
        authentication_code::answer(stores, conditions, id, answer)
    }

    /// Revokes all tokens that were issued.
    pub fn revoke_tokens(&self) {
        self.state().stores.tokens.revoke_all();
    }

    /// Issues a token of any kind, such as the wrong one. Its issuer is
    /// `https://auth.pingone.com`, in the name of the first client.
    pub fn issue_token(&self, kind: TokenKind) -> String {
        self.issue_token_at("https://auth.pingone.com", kind)
    }

    /// The same, for a client that uses this address.
    pub(crate) fn issue_token_at(&self, base: &str, kind: TokenKind) -> String {
        let mut state = self.state();
        let (stores, conditions) = state.parts();
        let (environment_id, client_id) = (self.environment_id(), self.client_id());
        let address = format!("{base}/{environment_id}/as");
        stores.tokens.issue(kind, &Issuer { address: &address, environment_id, client_id }, conditions.now)
    }

    /// Sets how long new tokens are valid.
    pub fn set_token_lifetime(&self, lifetime: Duration) {
        self.state().stores.tokens.lifetime = lifetime;
    }

    /// How often the token endpoint was called.
    pub fn token_counters(&self) -> TokenCounters {
        self.state().stores.tokens.counters
    }

    /// The code that an app or a hardware token of a user shows now; `None` if the device has no secret.
    pub fn generated_code(&self, user_id: &str, device_id: &str) -> Option<String> {
        let state = self.state();
        let device = state.stores.users.find(user_id)?.find_device(device_id)?;
        let used = state.stores.users.state(user_id, device_id).and_then(|state| state.used_window);
        oath::code(device, used, state.clock.now(), 0)
    }

    /// The code that an unpaired hardware token shows: the current one, or the one that is `ahead` by this
    /// many windows or presses. `None` if there is no such token.
    pub fn oath_token_code(&self, serial_number: &str, ahead: u64) -> Option<String> {
        let state = self.state();
        let token = state.stores.oath_tokens.find(serial_number)?;
        oath::code(&token.device(serial_number), None, state.clock.now(), ahead)
    }

    /// A phone's app claims the pairing key with this code: the phone becomes a device of the key's user, and receives
    /// pushes. Returns the device's id.
    ///
    /// # Errors
    ///
    /// When no key with this code can be claimed, or the phone cannot be paired, after which the key has failed.
    pub fn pair_phone(&self, code: &str) -> Result<String, PairingFailed> {
        let mut state = self.state();
        let (stores, conditions) = state.parts();
        let claim = pairing_key::claim(stores, conditions, code, None);
        claim.map(|claim| claim.device_id).map_err(PairingFailed::new)
    }

    /// The code that was last sent to activate this device.
    pub fn last_pairing_code_for(&self, device_id: &str) -> Option<SentCode> {
        let state = self.state();
        let mut sent = state.stores.factors.outbox.sent().iter().rev();
        sent.find(|code| code.device_authentication_id().is_none() && code.device_id() == device_id).cloned()
    }

    /// Injects a fault. Only the first one that hits a request takes effect.
    pub fn inject(&self, fault: Fault) {
        self.state().faults.add(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.state().faults.clear();
    }

    /// Switches an assumed rule off, by its name.
    ///
    /// # Errors
    ///
    /// When there is no rule with this name that can be switched off.
    pub fn switch_off(&self, rule: &str) -> Result<(), NoSuchRule> {
        resource::switch(&mut self.state().rules, rule, false)
    }

    /// Switches a rule on again, by its name.
    ///
    /// # Errors
    ///
    /// When there is no rule with this name that can be switched off.
    pub fn switch_on(&self, rule: &str) -> Result<(), NoSuchRule> {
        resource::switch(&mut self.state().rules, rule, true)
    }

    /// Resets everything to how it was at the start.
    pub fn reset(&self) {
        *self.state() = State::new(self.shared.data.clone());
    }

    /// Saves the state under a name.
    pub fn save_snapshot(&self, name: impl Into<String>) {
        let state = self.state().clone();
        self.snapshots().insert(name.into(), state);
    }

    /// Restores the state that was saved under this name; whether there was such a snapshot.
    ///
    /// A running clock is not set back.
    pub fn restore_snapshot(&self, name: &str) -> bool {
        let Some(snapshot) = self.snapshots().get(name).cloned() else { return false };
        *self.state() = snapshot;
        true
    }

    /// Stops the service's clock; only [`advance`](Self::advance) moves it.
    pub fn freeze(&self) {
        self.state().clock.freeze();
    }

    /// Starts the clock again.
    pub fn resume(&self) {
        self.state().clock.resume();
    }

    /// Moves the clock forward, for example by the hour after which a token expires.
    pub fn advance(&self, duration: Duration) {
        self.state().clock.advance(duration);
    }
}
