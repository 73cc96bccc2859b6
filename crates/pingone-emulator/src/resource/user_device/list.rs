use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::{reply::reply, rules, user_of};
use crate::{
    answer::Answer,
    collection::Collection,
    error::Refusal,
    list::{Attribute, List},
    resource::{Context, Stores, listing, user::Device},
    rules::FILTER_IGNORES_CASE,
};

/// How many a page has at most: as many as a user can have.
const MOST: usize = 100;

const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: Cow::Borrowed("status"), operators: &["eq"] },
    Attribute { name: Cow::Borrowed("type"), operators: &["eq"] },
];

/// The user's devices: those that are active in their order, then the others.
///
/// Rule: DEVICES_IN_ORDER. Rule: DEVICES_ARE_FILTERED. Rule: BROWSERS_ARE_NOT_LISTED.
pub(super) fn list(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let user = user_of(stores, context.parameters)?;
    let pending = user.devices().iter().filter(|device| !device.is_active());
    let all = Collection::of(user.active_devices().chain(pending), |device| device.id());
    let list = List {
        all: &all,
        attributes: ATTRIBUTES,
        value: &|device: &&Device, name| if name == "status" { device.status() } else { device.device_type() }.into(),
        ignores_case: &|_| context.holds(&FILTER_IGNORES_CASE),
        most: MOST,
    };
    let page = listing::page(&list, context)?;
    let path = format!("/users/{}/devices", user.id());
    let mut links = listing::links(&path, &page, MOST, context);
    links.insert("devices.reorder".to_owned(), json!({ "href": context.api_url(&path) }));
    let mut body = Map::from_iter([
        ("_links".to_owned(), Value::Object(links)),
        (
            "_embedded".to_owned(),
            json!({
                "devices": page.items.iter().map(|device| reply(device, user.id(), stores, context)).collect::<Value>(),
            }),
        ),
    ]);
    if context.expands("typeDisplayNames") && context.holds(&rules::EXPAND_TYPE_DISPLAY_NAMES) {
        let names = page.items.iter().map(|device| (device.device_type().to_owned(), display_name(device).into()));
        body.insert("typeDisplayNames".to_owned(), Value::Object(names.collect()));
    }
    body.insert("count".to_owned(), page.count.into());
    body.insert("size".to_owned(), page.items.len().into());
    // Rule: EXPAND_ORDER.
    if context.expands("order") {
        let order = user.active_devices().filter(|_| user.has_order).map(|device| json!(device.id()));
        body.insert("order".to_owned(), order.collect());
    }
    Ok(Answer::resource(Value::Object(body)))
}

fn display_name(device: &Device) -> &str {
    match device.device_type() {
        "VOICE" => "Voice",
        "EMAIL" => "Email",
        "WHATSAPP" => "WhatsApp",
        "TOTP" => "Authenticator App",
        "OATH_TOKEN" => "OATH Token",
        "MOBILE" => "Mobile Application",
        "PINGID_DESKTOP_GEN2" => "PingID Desktop",
        other => other,
    }
}
