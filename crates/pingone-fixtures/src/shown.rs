//! What of a reply may be shown.

use serde_json::Value;

use crate::AnyDocument;

/// The members of replies whose text `Debug` may show: the service's own words, ids, times and versions. A name that is
/// personal elsewhere comes with what it is in. Everything else is denied.
const SHOWN: &[&str] = &[
    "account/lockedAt",
    "account/unlockAt",
    "apiVersion",
    "application/name",
    "application/nativeName",
    "application/version",
    "attestationType",
    "background",
    "block/blockedAt",
    "bypassMFAEnabledUntil",
    "compromised",
    "createdAt",
    "credentialId",
    "deviceIntegrityState/reason",
    "displayName",
    "error/code",
    "expiresAt",
    "href",
    "id",
    "lastSignOn/at",
    "locale",
    "lock/reason",
    "manufacturer",
    "memberOfGroupIDs",
    "model/marketingName",
    "model/name",
    "notification",
    "notificationProvider",
    "os/version",
    "otpStatus/reason",
    "previousDeviceType",
    "rp/name",
    "sdkVersion",
    "status",
    "timeUnit",
    "type",
    "updatedAt",
    "userApproval",
    "verifyStatus",
];

/// Whether `Debug` of a reply may show the text at this JSON pointer.
#[must_use]
pub fn may_be_shown(pointer: &str) -> bool {
    // An element is what its array is.
    let is_index = |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    let member = pointer.split('/').filter(|name| !is_index(name)).collect::<Vec<_>>().join("/");
    SHOWN.iter().any(|shown| member.strip_suffix(shown).is_some_and(|outside| outside.ends_with('/')))
}

/// The document with this canary in the place of every text that may not be shown.
#[must_use]
pub fn planted(document: &dyn AnyDocument, canary: &str) -> Box<dyn AnyDocument> {
    let mut value = serde_json::from_str(document.as_json()).unwrap();
    plant(&mut value, "", canary);
    document.again(value.to_string()).unwrap()
}

fn plant(value: &mut Value, here: &str, canary: &str) {
    match value {
        Value::String(text) if !may_be_shown(here) => *text = canary.to_owned(),
        Value::Array(elements) => elements.iter_mut().for_each(|element| plant(element, here, canary)),
        Value::Object(members) => {
            members.iter_mut().for_each(|(name, value)| plant(value, &format!("{here}/{name}"), canary));
        }
        _ => {}
    }
}
