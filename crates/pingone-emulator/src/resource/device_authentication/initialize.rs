use std::sync::Arc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;

use super::{
    authentication::{BY_APP, DeviceAuthentication, Failure, Selected, Step, Wish},
    factors::{self, Fitness, fitness},
    one_time::one_time,
    reply, rules,
};
use crate::{
    answer::Answer,
    body::Body,
    error::{PlatformError, Refusal},
    resource::{
        Context, Stores,
        device_authentication_policy::{DeviceSelection, Policy},
        user::{Device, User, lockout},
    },
};

/// Begins an authentication.
pub(super) fn initialize(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let authentication = started(stores, context)?;
    match &authentication.step {
        Step::Failed(failure @ Failure::NoUsableDevices { unavailable, .. })
            if context.holds(&rules::NO_USABLE_DEVICE_IS_400) =>
        {
            return Err(PlatformError::no_usable_devices(&failure.message(), reply::references(unavailable)).into());
        }
        Step::Failed(Failure::AccountNotUsable(reason)) if context.holds(&rules::ACCOUNT_NOT_USABLE_IS_400) => {
            return Err(PlatformError::account_not_usable(Some("user.id"), reason).into());
        }
        _ => {}
    }
    let (body, href) = (reply::reply(&authentication, stores, context), reply::href(&authentication, context));
    stores.device_authentications.put(authentication);
    // Rule: INITIALIZE_IS_201.
    Ok(Answer::created(body, &href))
}

fn started(stores: &mut Stores, context: &Context<'_>) -> Result<DeviceAuthentication, PlatformError> {
    let body = context.body()?;
    let user_id = body.optional_text("user.id")?;
    let is_for_passkeys = context.holds(&rules::NO_USER_MEANS_PASSKEY)
        && !["selectedDevice", "mobilePayload"].iter().any(|other| body.has(other));
    if user_id.is_none() && !is_for_passkeys {
        return Err(PlatformError::required_value("user.id"));
    }
    let policy = find_policy(stores, &body, context)?;
    let wish = Wish {
        rp_id: body.optional_text("rp.id")?.map(str::to_owned),
        challenge: challenge(&body)?,
        notification: body.optional_object("notification")?,
    };
    let device_id = body.optional_text("selectedDevice.id")?;
    let one_time = one_time(&body, context.conditions)?;
    let payload = body.optional_text("mobilePayload")?;
    let user = user_id.map(|id| find_user(stores, id, context)).transpose()?;

    let mut authentication = begin(stores, user, policy, wish, context.now());
    if let Some(reason) = authentication.kept_out(context.now()) {
        authentication.step = Step::Failed(Failure::AccountNotUsable(reason));
        return Ok(authentication);
    }
    if authentication.allows_bypass(context.now()) && !context.holds(&rules::BYPASS_FLAGS) {
        authentication.step = Step::Completed { authenticators: &[] };
        return Ok(authentication);
    }
    match (payload, one_time, device_id) {
        (Some(payload), ..) => {
            accept_payload(&mut authentication, payload, body.required_text("application.id")?)?;
            lockout::succeeded(stores, authentication.user_id(), context.conditions);
        }
        (_, Some(device), _) => {
            authentication.selected = Some(Selected::OneTime(device.clone()));
            go_on_with(&mut authentication, &device, "selectedDevice.oneTime", stores, context)?;
        }
        (_, _, Some(id)) => {
            // Rule: DEVICE_OF_SOMEBODY_ELSE.
            let unknown = || PlatformError::invalid_value("selectedDevice.id", "is not a device of the user");
            let user = authentication.user.clone();
            let device = user.as_ref().and_then(|user| user.find_device(id)).ok_or_else(unknown)?;
            authentication.selected = Some(Selected::Paired(device.id().to_owned()));
            go_on_with(&mut authentication, device, "selectedDevice.id", stores, context)?;
        }
        (None, None, None) => choose(&mut authentication, stores, context)?,
    }
    Ok(authentication)
}

/// An authentication in which nothing is decided yet.
pub(super) fn begin(
    stores: &mut Stores,
    user: Option<Arc<User>>,
    policy: Arc<Policy>,
    wish: Wish,
    now: Timestamp,
) -> DeviceAuthentication {
    DeviceAuthentication {
        id: stores.device_authentications.next_id(),
        user,
        policy,
        selected: None,
        wish,
        step: Step::DeviceSelection,
        answered_options: None,
        created_at: now,
        updated_at: now,
    }
}

pub(crate) fn find_policy(stores: &Stores, body: &Body, context: &Context<'_>) -> Result<Arc<Policy>, PlatformError> {
    let known = match body.optional_text("policy.id")? {
        Some(id) => stores.policies.find(id),
        None => stores.policies.default(),
    };
    known.ok_or_else(|| match context.holds(&rules::UNKNOWN_POLICY_IS_400) {
        true => PlatformError::invalid_value("policy.id", "is not a policy of the environment"),
        false => PlatformError::not_found(),
    })
}

pub(super) fn find_user(stores: &Stores, id: &str, context: &Context<'_>) -> Result<Arc<User>, PlatformError> {
    stores.users.find(id).cloned().ok_or_else(|| match context.holds(&rules::UNKNOWN_USER_IS_404) {
        true => PlatformError::not_found(),
        false => PlatformError::invalid_value("user.id", "is not a user of the environment"),
    })
}

/// Rule: OWN_CHALLENGE.
fn challenge(body: &Body) -> Result<Option<Vec<u8>>, PlatformError> {
    let Some(text) = body.optional_text("webAuthn.challenge")? else { return Ok(None) };
    match URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')) {
        Ok(challenge) if challenge.len() >= 32 => Ok(Some(challenge)),
        _ => Err(PlatformError::invalid_value("webAuthn.challenge", "must be Base64URL of at least 32 bytes")),
    }
}

/// Rule: MOBILE_PAYLOAD.
fn accept_payload(
    authentication: &mut DeviceAuthentication,
    payload: &str,
    application_id: &str,
) -> Result<(), PlatformError> {
    let is_it = |device: &&Device| {
        device.known_text("mobilePayload") == Some(payload)
            && device.text(&["application", "id"]) == Some(application_id)
    };
    let device = authentication.user.as_ref().and_then(|user| user.devices().iter().find(is_it));
    let unknown = || PlatformError::invalid_value("mobilePayload", "is from no app of the user");
    authentication.selected = Some(Selected::Paired(device.ok_or_else(unknown)?.id().to_owned()));
    authentication.step = Step::Completed { authenticators: BY_APP };
    Ok(())
}

fn go_on_with(
    authentication: &mut DeviceAuthentication,
    device: &Device,
    target: &str,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    authentication.step = factors::begin(authentication, device, target, stores, context.conditions)?;
    Ok(())
}

/// Decides on a device if the request names none.
fn choose(
    authentication: &mut DeviceAuthentication,
    stores: &mut Stores,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    let Some(user) = authentication.user.clone() else {
        authentication.step = Step::Assertion(stores.factors.challenge(authentication, None)?);
        return Ok(());
    };
    let is_fit = |device: &&Device| {
        matches!(fitness(device, authentication, &stores.users, context.conditions), Fitness::Fit(_))
    };
    let fit: Vec<&Device> = user.devices().iter().filter(is_fit).collect();
    let first = user.default_device();
    let asks = match authentication.policy.selection() {
        // Rule: DEVICE_SELECTION_OF_POLICY. Rule: FIRST_DEVICE_IS_DEFAULT. Rule: NO_ORDER_NO_DEFAULT.
        DeviceSelection::AlwaysDisplayDevices => true,
        DeviceSelection::PromptToSelect => fit.len() > 1,
        DeviceSelection::DefaultToFirst => fit.len() > 1 && !user.has_order,
    };
    let default_is_fit = fit.first().copied() == first || context.holds(&rules::NEXT_FIT_DEVICE_IS_DEFAULT);
    match fit.first() {
        Some(_) if asks => {}
        Some(device) if default_is_fit => {
            authentication.selected = Some(Selected::Paired(device.id().to_owned()));
            go_on_with(authentication, device, "user.id", stores, context)?;
        }
        _ => {
            let unavailable = user.devices().iter().map(|device| device.id().to_owned()).collect();
            let user_id = user.id().to_owned();
            authentication.step = Step::Failed(Failure::NoUsableDevices { user_id, unavailable });
        }
    }
    Ok(())
}
