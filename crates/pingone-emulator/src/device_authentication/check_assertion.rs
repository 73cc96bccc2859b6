use std::sync::Arc;

use http::Uri;
use jiff::Timestamp;

use super::{
    authentication::{BY_DEVICE, Challenge, DeviceAuthentication, Failure, Selected, Step},
    factors::{Factors, Fitness},
    webauthn::{Assertion, Expected, credential_id},
};
use crate::{
    body::Body,
    data::{Data, Device, User},
    error::PlatformError,
    jwt::Jwt,
    rules::{self, Rules},
};

/// What the user has done if they did it with PingID Desktop.
const BY_DESKTOP: &[&str] = &["mfa", "user", "desktop"];

/// Who has signed, and with which device.
struct Signer<'a> {
    user: Arc<User>,
    device: &'a Device,
    authenticators: &'static [&'static str],
}

/// Checks what the user's passkey or PingID Desktop has signed.
pub(super) fn check_assertion(
    authentication: &mut DeviceAuthentication,
    body: &Body,
    data: &Data,
    factors: &mut Factors,
    rules: &Rules,
    now: Timestamp,
) -> Result<(), PlatformError> {
    let origin = body.required_text("origin")?;
    let text = body.required_text("assertion")?;
    let Step::Assertion(challenge) = &authentication.step else {
        return Err(PlatformError::wrong_status(authentication.step.status()));
    };
    let (Challenge::Passkey { rp_id, .. } | Challenge::Desktop { rp_id, .. }) = challenge;
    if !is_of(origin, rp_id) {
        return Err(PlatformError::invalid_value("origin", "is no https address of the relying party"));
    }
    let unlocked = |user: &User, device: &Device| match factors.fitness(user.id(), device, now) {
        Fitness::Locked(until) => Err(PlatformError::limit_exceeded(device.device_type(), until, rules)),
        Fitness::Fit(_) | Fitness::Unfit(_) => Ok(()),
    };
    let unreadable = || PlatformError::invalid_value("assertion", "must be what the browser or the desktop returned");
    let (signer, result) = match challenge {
        Challenge::Passkey { challenge, rp_id, .. } => {
            let assertion = Assertion::read(text, rules.holds(&rules::BASE64_OF_EITHER_KIND)).ok_or_else(unreadable)?;
            let unknown = || PlatformError::invalid_value("assertion", "is from no passkey that was asked for");
            let (user, device) = find_passkey(authentication, data, &assertion).ok_or_else(unknown)?;
            unlocked(user, device)?;
            let verified = authentication.policy.user_verification;
            let expected = Expected { challenge, origin, rp_id, verified };
            let state = factors.devices.state(user.id(), device.id());
            let count = assertion.check(&expected, device);
            let result = count.and_then(|count| take_count(count, &mut state.sign_count, device, rules));
            (Signer { user: user.clone(), device, authenticators: BY_DEVICE }, result)
        }
        Challenge::Desktop { challenge, .. } => {
            let token = Jwt::read(text).ok_or_else(unreadable)?;
            let user = authentication.user.clone().ok_or_else(unreadable)?;
            let device = authentication.selected_device().ok_or_else(unreadable)?;
            unlocked(&user, device)?;
            let result = check_desktop(&token, challenge, origin, device);
            (Signer { user, device, authenticators: BY_DESKTOP }, result)
        }
    };
    let Signer { user, device, authenticators } = signer;
    let state = factors.devices.state(user.id(), device.id());
    match result {
        Ok(()) => {
            state.succeeded();
            authentication.selected = Some(Selected::Paired(device.id().to_owned()));
            authentication.user = Some(user);
            authentication.move_to(Step::Completed { authenticators }, now);
            Ok(())
        }
        Err(reason) => {
            state.failed(&authentication.policy, now);
            if !rules.holds(&rules::WRONG_ASSERTION_FAILS) {
                return Err(PlatformError::invalid_value("assertion", reason));
            }
            authentication.move_to(Step::Failed(Failure::AssertionInvalid(reason)), now);
            Ok(())
        }
    }
}

/// Rule: COUNTER_GROWS.
fn take_count(count: u32, seen: &mut Option<u32>, device: &Device, rules: &Rules) -> Result<(), &'static str> {
    let known = seen.or_else(|| device.known("signCount")?.as_u64()?.try_into().ok()).unwrap_or_default();
    if (count, known) != (0, 0) && count <= known && rules.holds(&rules::COUNTER_GROWS) {
        return Err("The counter has not grown.");
    }
    *seen = Some(count);
    Ok(())
}

/// The passkey that was challenged; or, as long as the user is unknown, the one that says who they are.
fn find_passkey<'a>(
    authentication: &'a DeviceAuthentication,
    data: &'a Data,
    assertion: &Assertion,
) -> Option<(&'a Arc<User>, &'a Device)> {
    let is_it = |device: &&Device| credential_id(device).as_ref() == Some(&assertion.credential_id);
    match &authentication.user {
        Some(user) => Some((user, authentication.selected_device().filter(is_it)?)),
        None => data.users.iter().find_map(|user| Some((user, user.devices().iter().find(is_it)?))),
    }
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
