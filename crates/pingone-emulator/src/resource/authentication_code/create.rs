use super::{
    Context, Stores,
    code::{AuthenticationCode, Claim, LifeTime, Unit},
    reply::{href, reply},
    rules,
};
use crate::{
    answer::Answer,
    body::Body,
    error::{PlatformError, Refusal},
};

/// Creates a code for the apps of an application.
///
/// Rule: AUTHENTICATION_CODE_IS_201.
pub(super) fn create(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let body = context.body()?;
    let application_id = body.required_text("application.id")?.to_owned();
    let client_context = body.optional_object("clientContext")?;
    let life_time = life_time(&body)?;
    let needs_approval = match body.optional_text("userApproval")? {
        None => !context.holds(&rules::NO_APPROVAL_BY_DEFAULT),
        Some("REQUIRED") => true,
        Some("NOT_REQUIRED") => false,
        Some(_) => {
            return Err(PlatformError::invalid_value("userApproval", "must be REQUIRED or NOT_REQUIRED").into());
        }
    };
    let (id, code) = stores.authentication_codes.next();
    let code = AuthenticationCode {
        id,
        code,
        application_id,
        client_context,
        life_time,
        needs_approval,
        claim: Claim::Nobody,
        created_at: context.now(),
        updated_at: context.now(),
    };
    let answer = Answer::created(reply(&code, context), &href(&code, context));
    stores.authentication_codes.put(code, context.now());
    Ok(answer)
}

/// Rule: CODE_LIFE_TIME.
fn life_time(body: &Body) -> Result<LifeTime, PlatformError> {
    let (duration, unit) = ("lifeTime.duration", "lifeTime.timeUnit");
    match (body.optional_number(duration)?, body.optional_text(unit)?) {
        (None, None) => Ok(LifeTime::DEFAULT),
        (None, Some(_)) => Err(PlatformError::required_value(duration)),
        (Some(_), None) => Err(PlatformError::required_value(unit)),
        (Some(count), Some(name)) => {
            let known = Unit::ALL.into_iter().find(|unit| unit.name() == name);
            let wrong = || PlatformError::invalid_value(unit, "must be SECONDS or MINUTES");
            let unit = known.ok_or_else(wrong)?;
            let (least, most) = unit.range();
            if !(least..=most).contains(&count) {
                return Err(PlatformError::out_of_range(duration, least, most));
            }
            Ok(LifeTime { duration: count, unit })
        }
    }
}
