//! The resources of the service: a folder for each, with its table of operations, its store and its rules.

pub(crate) mod authentication_code;
mod bypass_mfa;
mod context;
pub(crate) mod device_authentication;
pub(crate) mod device_authentication_policy;
mod listing;
mod mfa_enabled;
pub(crate) mod mfa_settings;
pub(crate) mod oath;
pub(crate) mod oath_token;
pub(crate) mod outbox;
pub(crate) mod pairing_key;
pub(crate) mod population;
pub(crate) mod route;
pub(crate) mod token;
mod unserved;
pub(crate) mod user;
pub(crate) mod user_device;
pub(crate) mod webauthn;

pub(crate) use self::context::{Conditions, Context, Environment, Warnings};
use self::{
    authentication_code::AuthenticationCodes,
    device_authentication::{DeviceAuthentications, Factors},
    device_authentication_policy::Policies,
    mfa_settings::MfaSettings,
    oath_token::OathTokens,
    pairing_key::PairingKeys,
    population::Populations,
    route::Route,
    token::Tokens,
    user::Users,
    user_device::Pairings,
};
use crate::rules::{self, NoSuchRule, Rule, Rules};

/// The table of each resource.
///
/// The last one has what is not here.
pub(crate) static TABLES: &[&[Route]] = &[
    token::ROUTES,
    user_device::ROUTES,
    pairing_key::ROUTES,
    device_authentication::ROUTES,
    user::ROUTES,
    population::ROUTES,
    mfa_enabled::ROUTES,
    bypass_mfa::ROUTES,
    authentication_code::ROUTES,
    unserved::ROUTES,
];

/// What the service remembers.
#[derive(Clone)]
pub(crate) struct Stores {
    pub(crate) tokens: Tokens,
    pub(crate) policies: Policies,
    pub(crate) mfa_settings: MfaSettings,
    pub(crate) oath_tokens: OathTokens,
    pub(crate) users: Users,
    pub(crate) pairings: Pairings,
    pub(crate) pairing_keys: PairingKeys,
    pub(crate) populations: Populations,
    pub(crate) factors: Factors,
    pub(crate) device_authentications: DeviceAuthentications,
    pub(crate) authentication_codes: AuthenticationCodes,
}

impl Stores {
    /// Removes a user and everything of theirs; whether there was one.
    ///
    /// Rule: DELETE_TAKES_DEVICES_ALONG.
    pub(crate) fn forget_user(&mut self, id: &str, conditions: Conditions<'_>) -> bool {
        self.pairings.forget_gone(id, None);
        self.pairing_keys.forget_user(id);
        self.device_authentications.forget_user(id, conditions);
        self.authentication_codes.forget_user(id);
        self.factors.outbox.forget_user(id);
        self.users.remove(id)
    }
}

/// Every rule, in the order in which a request meets them.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [rules::http::ALL, token::rules::ALL, device_authentication::rules::beginning::ALL]
        .into_iter()
        .chain([device_authentication::rules::step::ALL, device_authentication::rules::verification::ALL])
        .chain([
            user_device::rules::creation::ALL,
            user_device::rules::registration::ALL,
            user_device::rules::management::ALL,
            pairing_key::rules::ALL,
        ])
        .chain([user::rules::ALL, population::rules::ALL, mfa_enabled::rules::ALL, bypass_mfa::rules::ALL])
        .chain([authentication_code::rules::ALL])
        .flatten()
        .copied()
}

/// Switches off every rule that accepts undocumented input.
pub(crate) fn be_strict(rules: &mut Rules) {
    self::rules().filter(|rule| rule.is_lenient()).for_each(|rule| rules.switch_off(rule));
}

/// Switches a rule by its name.
pub(crate) fn switch(rules: &mut Rules, name: &str, on: bool) -> Result<(), NoSuchRule> {
    rules.switch(self::rules(), name, on)
}
