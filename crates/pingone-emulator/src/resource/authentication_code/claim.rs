//! What users do with a code that a log-in page shows.

use std::{error::Error, fmt};

use serde_json::{Value, json};

use super::{
    AuthenticationCode, CodeAnswer, Conditions, Stores,
    code::{Claim, Claimant},
};
use crate::clock::iso;

/// Why a code cannot be claimed or answered: one line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimError(&'static str);

impl fmt::Display for ClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for ClaimError {}

/// The user's app claims the code, by scanning it.
///
/// Rule: CODE_OF_APPLICATION.
pub(crate) fn claim(
    stores: &mut Stores,
    conditions: Conditions<'_>,
    id: &str,
    user_id: &str,
    device_id: &str,
) -> Result<(), ClaimError> {
    let mut code = open(stores, conditions, id)?;
    let user = stores.users.find(user_id).ok_or(ClaimError("there is no user with this id"))?;
    let device = user.find_device(device_id).ok_or(ClaimError("the user has no device with this id"))?;
    if !matches!(code.claim, Claim::Nobody) {
        return Err(ClaimError("the code was already claimed"));
    }
    if device.device_type() != "MOBILE" || device.application_id() != Some(&code.application_id) {
        return Err(ClaimError("the device is not a phone with the app that the code is for"));
    }
    let claimant = Claimant { user_id: user_id.to_owned(), device: device.clone() };
    code.claim = match code.needs_approval {
        true => Claim::Taken(claimant),
        false => Claim::Answered(claimant, CodeAnswer::Approve),
    };
    keep(stores, conditions, code);
    Ok(())
}

/// The user answers the app's question, once it has claimed the code.
pub(crate) fn answer(
    stores: &mut Stores,
    conditions: Conditions<'_>,
    id: &str,
    answer: CodeAnswer,
) -> Result<(), ClaimError> {
    let mut code = open(stores, conditions, id)?;
    let Claim::Taken(claimant) = code.claim else {
        return Err(ClaimError("the code does not need an approval"));
    };
    code.claim = Claim::Answered(claimant, answer);
    keep(stores, conditions, code);
    Ok(())
}

fn open(stores: &Stores, conditions: Conditions<'_>, id: &str) -> Result<AuthenticationCode, ClaimError> {
    let code = stores.authentication_codes.get(id).filter(|code| !code.is_expired(conditions.now));
    code.cloned().ok_or(ClaimError("there is no such code, or it has expired"))
}

fn keep(stores: &mut Stores, conditions: Conditions<'_>, mut code: AuthenticationCode) {
    code.updated_at = conditions.now;
    stores.authentication_codes.put(code, conditions.now);
}

/// The state of each code, the oldest first; `last` of them, or all.
pub(crate) fn overview(stores: &Stores, conditions: Conditions<'_>, last: Option<usize>) -> Vec<Value> {
    let newest_first = stores.authentication_codes.in_order().rev().take(last.unwrap_or(usize::MAX));
    let mut lines: Vec<Value> = newest_first.map(|code| line(code, conditions)).collect();
    lines.reverse();
    lines
}

fn line(code: &AuthenticationCode, conditions: Conditions<'_>) -> Value {
    let mut line = json!({
        "id": code.id,
        "code": code.code,
        "applicationId": code.application_id,
        "status": code.status(conditions),
        "awaitsAnswer": matches!(code.claim, Claim::Taken(_)) && !code.is_expired(conditions.now),
        "expiresAt": iso(code.expires_at()),
    });
    if let Some(context) = &code.client_context {
        line["clientContext"] = context.clone();
    }
    if let Some(Claimant { user_id, device }) = code.claimant() {
        line["userId"] = user_id.as_str().into();
        line["deviceId"] = device.id().into();
    }
    line
}
