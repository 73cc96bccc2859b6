use std::sync::Arc;

use http::Uri;

use super::{
    authentication::{BY_DEVICE, Challenge, DeviceAuthentication, Failure, Selected, Step},
    factors::limit_exceeded,
    rules,
    webauthn::{Assertion, Expected, credential_id},
};
use crate::{
    error::PlatformError,
    jwt::Jwt,
    resource::{
        Context, Stores,
        user::{Device, User, Users},
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
    let (body, now, users) = (context.body()?, context.now(), &mut stores.users);
    let origin = body.required_text("origin")?;
    let text = body.required_text("assertion")?;
    let Step::Assertion(challenge) = &authentication.step else {
        return Err(PlatformError::wrong_status(authentication.step.status()));
    };
    let (Challenge::Passkey { rp_id, .. } | Challenge::Desktop { rp_id, .. }) = challenge;
    if !is_of(origin, rp_id) {
        return Err(PlatformError::invalid_value("origin", "is no https address of the relying party"));
    }
    let unlocked = |users: &Users, user: &User, device: &Device| match users
        .state(user.id(), device.id())
        .and_then(|state| state.locked_until(now))
    {
        Some(until) => Err(limit_exceeded(device, until, context.conditions)),
        None => Ok(()),
    };
    let unreadable = || PlatformError::invalid_value("assertion", "must be what the browser or the desktop returned");
    let (signer, result) = match challenge {
        Challenge::Passkey { challenge, rp_id, .. } => {
            let either_kind = context.holds(&rules::BASE64_OF_EITHER_KIND);
            let assertion = Assertion::read(text, either_kind).ok_or_else(unreadable)?;
            let unknown = || PlatformError::invalid_value("assertion", "is from no passkey that was asked for");
            let user = find_user(authentication, users, &assertion).ok_or_else(unknown)?;
            let device = find_passkey(authentication, &user, &assertion).ok_or_else(unknown)?;
            unlocked(users, &user, device)?;
            let verified = authentication.policy.verifies_users();
            let expected = Expected { challenge, origin, rp_id, verified };
            let state = users.state_mut(user.id(), device.id());
            let count = assertion.check(&expected, device);
            let result = count.and_then(|count| take_count(count, &mut state.sign_count, device, context));
            (Signer::new(device, &user, BY_DEVICE), result)
        }
        Challenge::Desktop { challenge, .. } => {
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
            authentication.selected = Some(Selected::Paired(device_id));
            authentication.user = Some(user);
            authentication.move_to(Step::Completed { authenticators }, now);
            Ok(())
        }
        Err(reason) => {
            state.failed(authentication.policy.method(&device_type).failure, now);
            if !context.holds(&rules::WRONG_ASSERTION_FAILS) {
                return Err(PlatformError::invalid_value("assertion", reason));
            }
            authentication.move_to(Step::Failed(Failure::AssertionInvalid(reason)), now);
            Ok(())
        }
    }
}

/// Rule: COUNTER_GROWS.
fn take_count(count: u32, seen: &mut Option<u32>, device: &Device, context: &Context<'_>) -> Result<(), &'static str> {
    let known = seen.or_else(|| device.known("signCount")?.as_u64()?.try_into().ok()).unwrap_or_default();
    if (count, known) != (0, 0) && count <= known && context.holds(&rules::COUNTER_GROWS) {
        return Err("The counter has not grown.");
    }
    *seen = Some(count);
    Ok(())
}

/// Who was asked for; or, as long as the user is unknown, the one whose passkey says so.
fn find_user(authentication: &DeviceAuthentication, users: &Users, assertion: &Assertion) -> Option<Arc<User>> {
    let by_passkey = || users.find_device(|device| is_from(assertion, device)).map(|(user, _)| user);
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
        None => user.devices().iter().find(|device| is_from(assertion, device)),
    }
}

fn is_from(assertion: &Assertion, device: &Device) -> bool {
    credential_id(device).as_ref() == Some(&assertion.credential_id)
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

/// Rule: ORIGIN_OF_RELYING_PARTY.
fn is_of(origin: &str, rp_id: &str) -> bool {
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    let Some(host) = origin.host() else { return false };
    let is_secure = origin.scheme_str() == Some("https") || host == "localhost";
    is_secure && (host == rp_id || host.strip_suffix(rp_id).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_an_https_address_of_the_relying_party() {
        for origin in ["https://example.com", "https://app.example.com", "https://a.b.example.com:8443"] {
            assert!(is_of(origin, "example.com"), "{origin}");
        }
        for origin in
            ["http://example.com", "https://badexample.com", "https://example.com.evil", "example.com", "", "/"]
        {
            assert!(!is_of(origin, "example.com"), "{origin}");
        }
        assert!(is_of("http://localhost:3000", "localhost"));
    }
}
