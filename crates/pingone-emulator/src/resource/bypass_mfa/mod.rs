//! Until when a user may bypass MFA.

pub(crate) mod rules;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{
    Context, Stores,
    route::{Base, Place, Route, get, place, put},
    user::{USER_ID, User, find, href, is_there},
};
use crate::{
    answer::Answer,
    clock::iso,
    error::{PlatformError, Refusal},
};

static PLACE: Place = place(Base::Api, "/users/{userId}/bypassMFA").if_exists(is_there);

const UNTIL: &str = "bypassMFAEnabledUntil";

pub(super) static ROUTES: &[Route] =
    &[get("bypass_mfa.read", &PLACE, read), put("bypass_mfa.update", &PLACE, update).with(&[UNTIL])];

fn read(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    Ok(reply(find(stores, context.parameter(USER_ID))?, context))
}

/// Rule: PAST_DATE_ENDS_BYPASS.
fn update(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let body = context.body()?;
    let until = body.required_text(UNTIL)?;
    let wrong = || PlatformError::invalid_value(UNTIL, "must be a time such as 2030-01-31T12:00:00.000Z");
    let until = read_date(until).ok_or_else(wrong)?;
    let change = |user: &mut User| user.account.bypass_mfa_until = Some(until);
    let user = stores.users.update(context.parameter(USER_ID), context.now(), change);
    Ok(reply(user.ok_or_else(PlatformError::not_found)?, context))
}

/// Rule: BYPASS_HAS_ONE_DATE_FORM. With milliseconds, and in UTC: as the service writes it itself.
fn read_date(text: &str) -> Option<Timestamp> {
    text.parse().ok().filter(|time| iso(*time) == text)
}

/// Rule: NO_BYPASS_NO_MEMBERS.
fn reply(user: &User, context: &Context<'_>) -> Answer {
    let user_href = href(user.id(), context);
    let links = json!({ "self": { "href": format!("{user_href}/bypassMFA") }, "user": { "href": user_href } });
    let account = &user.account;
    let is_open = account.bypass(context.now()).is_some();
    let shown = account.bypass_mfa_until.filter(|_| is_open || !context.holds(&rules::PAST_BYPASS_IS_NONE));
    let until = shown.into_iter().flat_map(|until| [(UNTIL, iso(until).into()), ("canBypassMFA", is_open.into())]);
    Answer::resource([("_links", links)].into_iter().chain(until).collect::<Value>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_one_form() {
        assert!(read_date("2025-11-30T00:00:00.000Z").is_some());
        for other in [
            "2025-11-30T00:00:00Z",
            "2025-11-30T00:00:00.0000Z",
            "2025-11-30T00:00:00.000+00:00",
            "2025-11-30T00:00:00.000z",
            "2025-11-30 00:00:00.000Z",
            "2025-11-30",
            "2025-02-30T00:00:00.000Z",
            "1764460800000",
            "",
        ] {
            assert!(read_date(other).is_none(), "{other}");
        }
    }
}
