use super::{
    key::{PairingKey, Status},
    reply::{href, reply},
    rules::UNKNOWN_APPLICATION_IS_400,
};
use crate::{
    answer::Answer,
    clock::{after, signed},
    error::{PlatformError, Refusal},
    resource::{Context, Stores, device_authentication::find_policy},
};

/// How many keys of a user are valid at a time.
const MOST: usize = 20;

/// Whether the environment has this application, as far as anything here says.
fn is_known(id: &str, stores: &Stores) -> bool {
    stores.policies.name_application(id) || stores.users.find_device(|one| one.application_id() == Some(id)).is_some()
}

/// Creates a key to pair a phone of the user.
pub(super) fn create(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let (user_id, now, body) = (context.parameter("userId"), context.now(), context.body()?);
    let policy = find_policy(stores, &body, context)?;
    let policy_id = body.optional_text("policy.id")?.map(str::to_owned);
    let named = body.optional_ids("applications")?.unwrap_or_default();
    if !named.iter().all(|id| is_known(id, stores)) && context.holds(&UNKNOWN_APPLICATION_IS_400) {
        let problem = "names an application that no policy names and no phone has";
        return Err(PlatformError::invalid_value("applications", problem).into());
    }
    let named: Vec<String> = named.into_iter().map(str::to_owned).collect();
    let applications = if named.is_empty() { policy.application_ids() } else { named };
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
