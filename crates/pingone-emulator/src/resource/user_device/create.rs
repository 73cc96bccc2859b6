use jiff::SignedDuration;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{
    desktop,
    new_device::new_device,
    nickname,
    pairing::{Awaited, Pairing, send_code},
    passkey, reply, rules, user_of,
};
use crate::{
    answer::Answer,
    body::Body,
    clock::{after, iso},
    error::{PlatformError, Refusal},
    resource::{
        Context, Stores,
        device_authentication::{find_policy, shown_code},
        device_authentication_policy::Policy,
        user::{Device, MOST_DEVICES, User, gets_codes},
    },
};

/// What the body can have. The published tables list `block`, `lock` and `policy.type` as well, without an effect.
pub(super) const MEMBERS: &[&str] = &[
    "type",
    "phone",
    "extension",
    "email",
    "serialNumber",
    "nickname",
    "status",
    "testMode",
    "notification",
    "policy.id",
    "policy.type",
    "rp.id",
    "rp.name",
    "block",
    "lock",
];

/// How many of a user's devices can wait for their activation, and for how long they do.
const MOST_PENDING: usize = 50;
const PENDING_LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// For how long an authenticator app can be set up.
const TOTP_LIFETIME: SignedDuration = SignedDuration::from_mins(30);

/// Adds a device, which is active at once or waits for its activation.
pub(super) fn create(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let (user, body) = (user_of(stores, context.parameters)?, context.body()?);
    let policy = find_policy(stores, &body, context)?;
    let device_type = body.required_text("type")?;
    let mut device = new_device(device_type, &body, &policy, stores)?;
    check_policy(device_type, &policy, context)?;
    let is_active = is_active_at_once(&body, device_type, context)?;
    check_room(&user, is_active, stores, context)?;
    if let Some(name) = body.optional_text("nickname")? {
        nickname::check(name, context)?;
        device.set("nickname", Some(name.into()));
    }
    set_test_mode(&mut device, &body)?;
    let notification = body.optional_object("notification")?;
    device.hide("createdAt", Some(iso(context.now()).into()));
    device.set("status", Some(if is_active { "ACTIVE" } else { "ACTIVATION_REQUIRED" }.into()));
    stores.users.change(user.id(), |user| user.add(device.clone()));
    let mut body = reply::created(&device, user.id(), context);
    if !is_active {
        let ends_at = lifetime(device_type, context).map(|lifetime| after(context.now(), lifetime));
        let pairing = Pairing { policy, notification, ends_at, awaited: Awaited::Generated { extra: None } };
        if let Some(secret) = device.known_text("secret").filter(|_| device_type == "TOTP") {
            body["secret"] = secret.into();
            body["keyUri"] = key_uri(&user.username, secret, &pairing.policy).into();
        }
        if let Some((name, value)) = begin(stores, &user, &device, pairing, context) {
            body[name] = value;
        }
    }
    // Rule: CREATE_IS_201.
    Ok(Answer::created(body, &reply::href(user.id(), device.id(), context)))
}

fn set_test_mode(device: &mut Device, body: &Body) -> Result<(), PlatformError> {
    match (body.optional_flag("testMode")?, device.device_type()) {
        (None, _) => Ok(()),
        (Some(is_test), "SMS" | "VOICE" | "EMAIL") => {
            device.hide("testMode", is_test.then(|| true.into()));
            Ok(())
        }
        // Rule: TEST_DEVICES.
        (Some(_), _) => Err(PlatformError::invalid_value("testMode", "is for SMS, VOICE and EMAIL only")),
    }
}

/// Rule: POLICY_ALLOWS_PAIRING.
fn check_policy(device_type: &str, policy: &Policy, context: &Context<'_>) -> Result<(), PlatformError> {
    let method = policy.method(device_type);
    match method.enabled && !method.pairing_disabled {
        false if context.holds(&rules::POLICY_ALLOWS_PAIRING) => {
            Err(PlatformError::invalid_value("type", "is a type that the policy does not allow to be paired"))
        }
        _ => Ok(()),
    }
}

/// Whether the device can be used without an activation.
///
/// Rule: STATUS_BY_CALLER. Rule: KEYS_ARE_ACTIVATED.
fn is_active_at_once(body: &Body, device_type: &str, context: &Context<'_>) -> Result<bool, PlatformError> {
    let has_key = !gets_codes(device_type) && device_type != "OATH_TOKEN";
    match body.optional_text("status")? {
        None => Ok(!has_key && !context.is_user),
        Some("ACTIVATION_REQUIRED") => Ok(false),
        Some("ACTIVE") if has_key => Err(PlatformError::invalid_value("status", "must be ACTIVATION_REQUIRED")),
        Some("ACTIVE") if context.is_user => {
            Err(PlatformError::invalid_value("status", "must be ACTIVATION_REQUIRED for the user's own token"))
        }
        Some("ACTIVE") => Ok(true),
        Some(_) => Err(PlatformError::invalid_value("status", "must be ACTIVE or ACTIVATION_REQUIRED")),
    }
}

/// Whether the user can have one more.
///
/// Rule: MOST_PENDING_DEVICES.
fn check_room(user: &User, is_active: bool, stores: &Stores, context: &Context<'_>) -> Result<(), PlatformError> {
    check_active_room(user, stores)?;
    // Without that rule there is an end as well.
    if !user.has_room() {
        let message = format!("the user has {MOST_DEVICES} devices, which is the limit of the emulator");
        return Err(PlatformError::limit_exceeded(&message));
    }
    let pending = user.devices().len() - user.active_devices().count();
    match pending >= MOST_PENDING && !is_active && context.holds(&rules::MOST_PENDING_DEVICES) {
        true => Err(PlatformError::limit_exceeded("the user has 50 devices that are not activated")),
        false => Ok(()),
    }
}

/// Rule: MAX_ALLOWED_DEVICES.
pub(super) fn check_active_room(user: &User, stores: &Stores) -> Result<(), PlatformError> {
    match stores.mfa_settings.allow_one_more(user.active_devices().count()) {
        true => Ok(()),
        false => Err(PlatformError::too_many_devices(stores.mfa_settings.max_allowed_devices())),
    }
}

/// For how long the device waits for its activation.
fn lifetime(device_type: &str, context: &Context<'_>) -> Option<SignedDuration> {
    match device_type {
        // Rule: TOTP_PAIRING_EXPIRES.
        "TOTP" => Some(TOTP_LIFETIME),
        // Rule: PENDING_DEVICE_EXPIRES.
        _ => context.holds(&rules::PENDING_DEVICE_EXPIRES).then_some(PENDING_LIFETIME),
    }
}

/// Begins to wait for the activation. Returns what is shown in addition to the device.
fn begin(
    stores: &mut Stores,
    user: &User,
    device: &Device,
    mut pairing: Pairing,
    context: &Context<'_>,
) -> Option<(&'static str, Value)> {
    if gets_codes(device.device_type()) {
        // Rule: TEST_CODE_AT_ONCE.
        let code = send_code(stores, user.id(), device, pairing, context.now());
        return code.map(|code| ("test", json!({ "otp": shown_code(&code, context) })));
    }
    let challenges = &mut stores.pairings.challenges;
    let shown = match device.device_type() {
        "FIDO2" => {
            let challenge = challenges.bytes::<32>().to_vec();
            let options = passkey::creation_options(device, user, &challenge, &pairing.policy);
            let rp_id = device.text(&["rp", "id"]).unwrap_or_default().to_owned();
            pairing.awaited = Awaited::Passkey { challenge, rp_id };
            Some(("publicKeyCredentialCreationOptions", options.into()))
        }
        "PINGID_DESKTOP_GEN2" => {
            let challenge = challenges.id();
            let options = desktop::creation_options(device, user, &challenge);
            pairing.awaited = Awaited::Desktop { challenge };
            Some(("pingIdDesktopCredentialCreationOptions", options.into()))
        }
        _ => None,
    };
    stores.pairings.put(user.id(), device.id(), pairing);
    shown
}

/// What has to be encoded in a URI (RFC 3986).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What an authenticator app reads from a QR code.
///
/// Rule: KEY_URI.
fn key_uri(label: &str, secret: &str, policy: &Policy) -> String {
    let encode = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
    let parameters = policy.uri_parameters().iter();
    let parameters: String = parameters.map(|(name, value)| format!("&{}={}", encode(name), encode(value))).collect();
    format!("otpauth://totp/{}?secret={secret}{parameters}", encode(label))
}
