use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use super::{
    authentication::{BY_DEVICE, Challenge, DeviceAuthentication, Failure, Selected, Step},
    check_account,
    factors::limit_exceeded,
    rules,
    webauthn::{Assertion, Expected, Said},
};
use crate::{
    error::PlatformError,
    jwt::Jwt,
    resource::{
        Context, Stores,
        user::{Device, User, Users, lockout, rules::ASSERTION_IS_A_FAILURE},
        webauthn::{check_origin, credential_id},
    },
};

/// What the user has done if they did it with PingID Desktop.
const BY_DESKTOP: &[&str] = &["mfa", "user", "desktop"];

/// Who has signed, and with which device.
struct Signer {
    user: Arc<User>,
    device_id: String,
    device_type: String,
    authenticators: &'static [&'static str],
}

impl Signer {
    fn new(device: &Device, user: &Arc<User>, authenticators: &'static [&'static str]) -> Self {
        let (device_id, device_type) = (device.id().to_owned(), device.device_type().to_owned());
        Self { user: user.clone(), device_id, device_type, authenticators }
    }
}

/// Checks what the user's passkey or PingID Desktop has signed.
pub(super) fn check_assertion(
    authentication: &mut DeviceAuthentication,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    let (body, now) = (context.body()?, context.now());
    let origin = body.required_text("origin")?;
    let text = body.required_text("assertion")?;
    check_account(authentication, stores, context)?;
    let users = &mut stores.users;
    let Step::Assertion(challenge) = &authentication.step else {
        return Err(PlatformError::wrong_status(authentication.step.status()));
    };
    let (Challenge::Passkey { rp_id, .. } | Challenge::Desktop { rp_id, .. }) = challenge;
    let with_apps = matches!(challenge, Challenge::Passkey { .. }) && context.holds(&rules::ORIGIN_OF_ANDROID_APP);
    check_origin(origin, rp_id, with_apps)?;
    let unlocked = |users: &Users, user: &User, device: &Device| match users
        .state(user.id(), device.id())
        .and_then(|state| state.locked_until(now))
    {
        Some(until) => Err(limit_exceeded(device, until, context.conditions)),
        None => Ok(()),
    };
    let (signer, result) = match challenge {
        Challenge::Passkey { challenge, rp_id, .. } => {
            let either_kind = context.holds(&rules::BASE64_OF_EITHER_KIND);
            let assertion = Assertion::read(text, either_kind);
            let assertion = assertion.map_err(|problem| PlatformError::invalid_value("assertion", problem))?;
            let unknown = || PlatformError::invalid_value("assertion", "is from no passkey that was asked for");
            let user = find_user(authentication, users, &assertion).ok_or_else(unknown)?;
            let device = find_passkey(authentication, &user, &assertion).ok_or_else(unknown)?;
            unlocked(users, &user, device)?;
            let expected = Expected {
                challenge,
                origin,
                rp_id,
                verified: authentication.policy.verifies_users(),
                user_handle: user_handle(&user, device, context),
                names_user: authentication.user.is_none(),
            };
            let said = assertion.check(&expected, device);
            let result = said.and_then(|said| remember(&said, &user, device, users, context));
            (Signer::new(device, &user, BY_DEVICE), result)
        }
        Challenge::Desktop { challenge, .. } => {
            let unreadable = || PlatformError::invalid_value("assertion", "must be what the desktop returned");
            let token = Jwt::read(text).ok_or_else(unreadable)?;
            let user = authentication.user.clone().ok_or_else(unreadable)?;
            let device = authentication.selected_device().ok_or_else(unreadable)?;
            unlocked(users, &user, device)?;
            let result = check_desktop(&token, challenge, origin, device);
            (Signer::new(device, &user, BY_DESKTOP), result)
        }
    };
    let Signer { user, device_id, device_type, authenticators } = signer;
    let state = users.state_mut(user.id(), &device_id);
    match result {
        Ok(()) => {
            state.succeeded();
            let was_unknown = authentication.user.is_none();
            authentication.selected = Some(Selected::Paired(device_id));
            authentication.user = Some(user);
            // Without a user in the request, it was not known until now whose account has to be looked at.
            let step = match authentication.kept_out(now).filter(|_| was_unknown) {
                Some(reason) => Step::Failed(Failure::AccountNotUsable(reason)),
                None => {
                    lockout::succeeded(stores, authentication.user_id(), context.conditions);
                    Step::Completed { authenticators }
                }
            };
            authentication.move_to(step, now);
            Ok(())
        }
        Err(reason) => {
            state.failed(authentication.policy.method(&device_type).failure, now);
            if context.holds(&ASSERTION_IS_A_FAILURE) {
                lockout::failed(stores, user.id(), context.conditions);
            }
            if !context.holds(&rules::WRONG_ASSERTION_FAILS) {
                return Err(PlatformError::invalid_value("assertion", reason));
            }
            authentication.move_to(Step::Failed(Failure::AssertionInvalid(reason)), now);
            Ok(())
        }
    }
}

/// Compares what the passkey says about itself with what it said before, and remembers it.
///
/// Rule: BACKUP_ELIGIBILITY_STAYS. Rule: COUNTER_GROWS. Rule: COUNTER_IS_OF_CREDENTIAL.
fn remember(
    said: &Said,
    user: &User,
    device: &Device,
    users: &mut Users,
    context: &Context<'_>,
) -> Result<(), &'static str> {
    let backup = |name: &str| device.flag(&["backup", name]);
    if backup("backupEligibility").is_some_and(|known| known != said.is_eligible) {
        return Err("Whether the passkey can be backed up has changed.");
    }
    let (count, known) = (said.counter, users.sign_count(user.id(), device));
    if (count, known) != (0, 0) && count <= known && context.holds(&rules::COUNTER_GROWS) {
        return Err("The counter has not grown.");
    }
    users.set_sign_count(user.id(), device, count);
    if backup("backupState").is_some_and(|known| known != said.is_backed_up) {
        let backup = json!({ "backupEligibility": said.is_eligible, "backupState": said.is_backed_up });
        users.change_device(user.id(), device.id(), |device| device.set("backup", Some(backup)));
    }
    Ok(())
}

/// The passkey's user handle; `None` if it is not known.
///
/// Rule: USER_HANDLE_IS_USER_ID.
fn user_handle(user: &User, device: &Device, context: &Context<'_>) -> Option<Vec<u8>> {
    let given = device.known_text("userHandle").and_then(|handle| URL_SAFE_NO_PAD.decode(handle).ok());
    given.or_else(|| context.holds(&rules::USER_HANDLE_IS_USER_ID).then(|| user.id().as_bytes().to_vec()))
}

/// Who was asked for; or, as long as the user is unknown, the one whose passkey says so.
fn find_user(authentication: &DeviceAuthentication, users: &Users, assertion: &Assertion) -> Option<Arc<User>> {
    let by_passkey = || users.find_device(|device| is_known(assertion, device)).map(|(user, _)| user);
    authentication.user.as_ref().or_else(by_passkey).cloned()
}

/// The passkey that was challenged; or, as long as the user was unknown, any of theirs.
fn find_passkey<'a>(
    authentication: &'a DeviceAuthentication,
    user: &'a User,
    assertion: &Assertion,
) -> Option<&'a Device> {
    match authentication.user {
        Some(_) => authentication.selected_device().filter(|device| is_from(assertion, device)),
        None => user.devices().iter().find(|device| is_known(assertion, device)),
    }
}

/// Whether it identifies the user: a passkey that cannot be used does not.
///
/// Rule: UNUSABLE_DEVICES.
fn is_known(assertion: &Assertion, device: &Device) -> bool {
    is_from(assertion, device) && device.is_usable()
}

fn is_from(assertion: &Assertion, device: &Device) -> bool {
    credential_id(device).as_ref() == Some(assertion.credential_id())
}

/// Rule: DESKTOP_ASSERTION.
fn check_desktop(token: &Jwt<'_>, challenge: &str, origin: &str, device: &Device) -> Result<(), &'static str> {
    if token.claim("challenge") != challenge {
        return Err("The challenge is not the one that was set.");
    }
    if token.claim("origin") != origin {
        return Err("The origin is not the one in the request.");
    }
    let key = device.known("publicKey").ok_or("The desktop has no public key in the emulator's data.")?;
    if token.is_signed_with_key(key) { Ok(()) } else { Err("The signature is not that of the desktop.") }
}
