use jiff::Timestamp;

use super::{USER_ID, User, account::Lock, reply::reply, rules};
use crate::{
    answer::Answer,
    body::Body,
    error::{PlatformError, Refusal},
    resource::{Context, Stores},
};

/// Locks the account of a user until a time in the future.
///
/// Rule: LOCK_NEEDS_A_TIME_TO_COME.
pub(super) fn lock(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let body = if context.request.body().is_empty() { None } else { Some(context.body()?) };
    let until = body.as_ref().map(unlock_at).transpose()?.flatten();
    let now = context.now();
    keep(stores, context, |user| {
        if let Some(until) = until.filter(|until| now < *until) {
            let at = user.account.lock(now).map_or(now, |lock| lock.at);
            user.account.lock = Some(Lock { at, until: Some(until) });
        }
    })
}

fn unlock_at(body: &Body) -> Result<Option<Timestamp>, PlatformError> {
    let wrong = |_| PlatformError::invalid_value("unlockAt", "must be a time such as 2030-01-31T12:00:00.000Z");
    body.optional_text("unlockAt")?.map(|text| text.parse().map_err(wrong)).transpose()
}

/// Ends the lock of an account.
///
/// Rule: UNLOCK_RESETS_FAILURES.
pub(super) fn unlock(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let id = context.parameter(USER_ID);
    if let Some(user) = stores.users.find(id).filter(|user| user.account.lock(context.now()).is_some()).cloned() {
        stores.users.forget_failures(id);
        let devices = user.devices().iter().filter(|_| context.holds(&rules::UNLOCK_RESETS_DEVICES));
        devices.for_each(|device| stores.users.state_mut(id, device.id()).forget_failures());
    }
    keep(stores, context, |user| user.account.lock = None)
}

fn keep(stores: &mut Stores, context: &Context<'_>, change: impl FnOnce(&mut User)) -> Result<Answer, Refusal> {
    let user = stores.users.update(context.parameter(USER_ID), context.now(), change).cloned();
    let user = user.ok_or_else(PlatformError::not_found)?;
    Ok(Answer::resource(reply(&user, stores, context)))
}
