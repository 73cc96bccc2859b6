use std::collections::HashSet;

use super::{
    key::{PairingKey, Status},
    reply::{href, reply},
    rules::UNKNOWN_APPLICATION_IS_400,
};
use crate::{
    answer::Answer,
    clock::{after, signed},
    error::{PlatformError, Refusal},
    resource::{Context, Stores, device_authentication::find_policy, user::Device},
};

/// How many keys of a user are valid at a time.
const MOST: usize = 20;

/// Whether the environment has all these applications, as far as anything here says. However many the body names, the
/// devices are gone through once.
fn are_known(ids: &[&str], stores: &Stores) -> bool {
    let mut unknown: HashSet<&str> = ids.iter().copied().collect();
    let of_phones = stores.users.iter().flat_map(|user| user.devices()).filter_map(Device::application_id);
    let mut known = stores.policies.named_applications().chain(of_phones);
    while !unknown.is_empty() {
        let Some(id) = known.next() else { return false };
        unknown.remove(id);
    }
    true
}

/// Creates a key to pair a phone of the user.
pub(super) fn create(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let (user_id, now, body) = (context.parameter("userId"), context.now(), context.body()?);
    let policy = find_policy(stores, &body, context)?;
    let policy_id = body.optional_text("policy.id")?.map(str::to_owned);
    let named = body.optional_ids("applications")?.unwrap_or_default();
    if context.holds(&UNKNOWN_APPLICATION_IS_400) && !are_known(&named, stores) {
        let problem = "names an application that no policy names and no phone has";
        return Err(PlatformError::invalid_value("applications", problem).into());
    }
    let named = if named.is_empty() { policy.named_applications().collect() } else { named };
    let applications: Vec<String> = named.into_iter().map(str::to_owned).collect();
    // Rule: MOST_PAIRING_KEYS.
    if stores.pairing_keys.count_valid(user_id, now) >= MOST {
        return Err(PlatformError::limit_exceeded("the user has 20 pairing keys that are valid").into());
    }
    let (id, code) = (stores.pairing_keys.next_id(), stores.pairing_keys.next_code(&stores.mfa_settings));
    let key = PairingKey {
        id,
        code,
        user_id: user_id.to_owned(),
        // Rule: PAIRING_KEY_LIFETIME.
        expires_at: after(now, signed(policy.pairing_key_lifetime(&applications))),
        applications,
        policy_id,
        policy,
        created_at: now,
        updated_at: now,
        status: Status::Unclaimed,
    };
    let (body, location) = (reply(&key, context), href(&key, context));
    stores.pairing_keys.put(key, now);
    // Rule: PAIRING_KEY_IS_201.
    Ok(Answer::created(body, &location))
}
