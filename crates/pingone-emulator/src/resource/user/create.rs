use super::{
    MOST_USERS, User, href,
    profile::{Profile, Reading},
    reply::reply,
    rules,
};
use crate::{
    answer::Answer,
    body::Body,
    error::{PlatformError, Refusal},
    resource::{Context, Stores},
};

/// Adds a user.
pub(super) fn create(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    add(stores, context, &["population", "mfaEnabled"], false)
}

/// Adds a user who has a password.
///
/// Rule: IMPORT_TAKES_A_PASSWORD. No password is looked at here, so none is kept.
pub(super) fn import(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let body = context.whole_body()?;
    body.optional_text("password.value")?;
    body.optional_flag("password.forceChange")?;
    add(stores, context, &["population", "mfaEnabled", "password"], true)
}

/// Rule: CREATE_USER_IS_201.
fn add(
    stores: &mut Stores,
    context: &Context<'_>,
    others: &'static [&'static str],
    can_verify_email: bool,
) -> Result<Answer, Refusal> {
    let body = context.whole_body()?;
    let reading = Reading { schema: &stores.users.schema, others, can_verify_email };
    let Profile { username, attributes } = Profile::read(body.members(), &reading, context)?;
    let population_id = population(stores, &body, context)?;
    // Rule: MFA_IS_OFF_AT_FIRST. Rule: MFA_OF_NEW_USERS.
    let mfa_enabled = body.optional_flag("mfaEnabled")?.unwrap_or(stores.mfa_settings.enables_mfa());
    check_unique(stores, &username, "", context)?;
    if stores.users.len() >= MOST_USERS {
        return Err(PlatformError::license_exceeded(MOST_USERS).into());
    }
    let id = stores.users.next_id();
    let mut user = User { attributes, population_id, ..User::new(&id).username(username) };
    user.account.mfa_enabled = mfa_enabled;
    stores.users.put(user.known_since(context.now()));
    let user = super::find(stores, &id)?;
    Ok(Answer::created(reply(user, stores, context), &href(&id, context)))
}

/// The username may belong to the user with the id `own`, and to nobody else.
///
/// Rule: USERNAME_IS_UNIQUE.
pub(super) fn check_unique(
    stores: &Stores,
    username: &str,
    own: &str,
    context: &Context<'_>,
) -> Result<(), PlatformError> {
    let Some(other) = stores.users.id_of(username).filter(|id| *id != own) else { return Ok(()) };
    let named = Some(other).filter(|_| context.holds(&rules::TAKEN_NAMES_WHOSE));
    Err(PlatformError::not_unique_but_of("username", "is taken by another user", named))
}

/// The population that the body names; `None` for the default one, which has to exist.
///
/// Rule: DEFAULT_POPULATION. Rule: NO_DEFAULT_POPULATION.
fn population(stores: &Stores, body: &Body, context: &Context<'_>) -> Result<Option<String>, PlatformError> {
    match body.optional_text("population.id")? {
        Some(id) if stores.populations.has(id) => Ok(Some(id.to_owned())),
        Some(_) if context.holds(&rules::UNKNOWN_POPULATION_IS_400) => {
            Err(PlatformError::invalid_value("population.id", "is not a population in the environment"))
        }
        Some(_) => Err(PlatformError::not_found()),
        None if stores.populations.default_id().is_some() => Ok(None),
        None => Err(PlatformError::required_value("population")),
    }
}
