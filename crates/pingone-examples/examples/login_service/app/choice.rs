//! A device as the page offers it.

use pingone_async::{Ability, AbilityStatus, Device, DeviceId, DeviceType, NextStep, RelyingParty};

use super::{cookie::now, icon::Icon};

/// How the user confirms with a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    Push,
    AppCode,
    TextMessage,
    PhoneCall,
    Email,
    WhatsApp,
    AuthenticatorApp,
    Token,
    YubiKey,
    Passkey,
    Desktop,
    Unknown,
}

impl How {
    pub(crate) fn of(device: &Device) -> Self {
        match device.kind() {
            Some(DeviceType::Mobile | DeviceType::PingIdMobile) if device.push_enabled() == Some(false) => {
                Self::AppCode
            }
            Some(DeviceType::Mobile | DeviceType::PingIdMobile) => Self::Push,
            Some(DeviceType::Sms) => Self::TextMessage,
            Some(DeviceType::Voice) => Self::PhoneCall,
            Some(DeviceType::Email) => Self::Email,
            Some(DeviceType::WhatsApp) => Self::WhatsApp,
            Some(DeviceType::Totp) => Self::AuthenticatorApp,
            Some(DeviceType::OathToken) => Self::Token,
            Some(DeviceType::YubiKey) => Self::YubiKey,
            Some(DeviceType::Fido2 | DeviceType::Platform | DeviceType::SecurityKey) => Self::Passkey,
            Some(DeviceType::PingIdDesktop | DeviceType::PingIdDesktopGen2) => Self::Desktop,
            _ => Self::Unknown,
        }
    }

    /// The same in words, for the list.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Push => "Approve a request in the app",
            Self::AppCode => "Code from the app",
            Self::TextMessage => "Code by text message",
            Self::PhoneCall => "Code by phone call",
            Self::Email => "Code by e-mail",
            Self::WhatsApp => "Code by WhatsApp",
            Self::AuthenticatorApp => "Code from an authenticator app",
            Self::Token => "Code from a token",
            Self::YubiKey => "Touch the YubiKey",
            Self::Passkey => "Fingerprint, face, PIN or security key",
            Self::Desktop => "PingID on this computer",
            Self::Unknown => "Another device",
        }
    }

    pub(crate) fn icon(self) -> Icon {
        match self {
            Self::Push | Self::AppCode => Icon::Phone,
            Self::TextMessage | Self::WhatsApp => Icon::Message,
            Self::PhoneCall => Icon::Call,
            Self::Email => Icon::Envelope,
            Self::AuthenticatorApp => Icon::Clock,
            Self::Token | Self::YubiKey => Icon::Token,
            Self::Passkey => Icon::Key,
            Self::Desktop => Icon::Computer,
            Self::Unknown => Icon::Device,
        }
    }

    /// Whether codes are sent to it, and can be sent again.
    pub(crate) fn is_sent(self) -> bool {
        matches!(self, Self::TextMessage | Self::PhoneCall | Self::Email | Self::WhatsApp)
    }
}

/// One of the user's devices in the list.
pub(crate) struct Choice {
    pub(crate) id: DeviceId,
    pub(crate) label: String,
    pub(crate) how: How,
    /// Why it cannot be used here and now, if it cannot.
    pub(crate) hindrance: Option<String>,
}

/// What decides the order, and which devices cannot be used here.
pub(crate) struct Preference<'a> {
    /// What passkeys are bound to here.
    pub(crate) relying_party: &'a str,
    /// The device this browser used last; it comes first.
    pub(crate) last_used: Option<&'a DeviceId>,
    /// The device whose push was cancelled or not answered; it comes last.
    pub(crate) abandoned: Option<&'a DeviceId>,
}

/// The devices that a step offers, in the order shown.
pub(crate) fn choices(step: &NextStep, preference: &Preference<'_>) -> Vec<Choice> {
    let (devices, reply) = match step {
        NextStep::PushTimedOut(step) | NextStep::DeviceSelection(step) => (step.labels(), step.authentication()),
        NextStep::Otp(step) => (step.labels(), step.authentication()),
        NextStep::Assertion(step) => (step.labels(), step.authentication()),
        _ => return vec![],
    };
    let mut choices: Vec<_> = devices
        .into_iter()
        .map(|(id, device, label)| Choice {
            id: id.clone(),
            label,
            how: How::of(device),
            hindrance: hindrance(device, preference.relying_party),
        })
        .collect();
    choices.sort_by_key(|choice| match Some(&choice.id) {
        id if id == preference.abandoned => 2,
        id if id == preference.last_used => 0,
        _ => 1,
    });
    if reply.aggregate_fido2_devices() == Some(true) {
        show_one_passkey(&mut choices);
    }
    choices
}

/// The policy may want one entry for all passkeys: the browser knows which of them is at hand.
fn show_one_passkey(choices: &mut Vec<Choice>) {
    let is_usable = |choice: &Choice| choice.how == How::Passkey && choice.hindrance.is_none();
    let Some(first) = choices.iter().find(|choice| is_usable(choice)).map(|choice| choice.id.clone()) else { return };
    choices.retain(|choice| choice.how != How::Passkey || choice.id == first);
    for choice in choices.iter_mut().filter(|choice| choice.id == first) {
        "Passkey".clone_into(&mut choice.label);
    }
}

fn hindrance(device: &Device, relying_party: &str) -> Option<String> {
    let is_off = |ability: Option<&Ability>| ability.and_then(Ability::status) == Some(&AbilityStatus::Disabled);
    let elsewhere = || device.rp().and_then(RelyingParty::id).is_some_and(|id| id != relying_party);
    match How::of(device) {
        _ if is_off(device.usable_status()) => Some(match device.cool_down_expires_at() {
            Some(until) => format!("Locked after too many tries, {}", for_minutes(until)),
            None => "Cannot be used at the moment".to_owned(),
        }),
        How::Passkey if elsewhere() => Some("Belongs to another site".to_owned()),
        How::Desktop => Some("This page does not support PingID Desktop".to_owned()),
        How::Unknown => Some("This page does not support this type of device".to_owned()),
        _ => None,
    }
}

/// How long it is until a time in milliseconds since 1970.
pub(crate) fn for_minutes(until: u64) -> String {
    let left = u128::from(until).saturating_sub(now().as_millis());
    match left.div_ceil(60_000).max(1) {
        1 => "for a minute".to_owned(),
        minutes => format!("for {minutes} minutes"),
    }
}
