use serde_json::{Map, Value, json};

use super::{reply::reply, rules, user_of};
use crate::{
    answer::Answer,
    collection::Collection,
    error::{PlatformError, Refusal},
    list::{Attribute, Page},
    resource::{Context, Stores, user::Device},
};

/// The user's devices: those that are active in their order, then the others.
///
/// Rule: DEVICES_IN_ORDER. Rule: DEVICES_ARE_FILTERED. Rule: BROWSERS_ARE_NOT_LISTED.
pub(super) fn list(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let user = user_of(stores, context.parameters)?;
    let pending = user.devices().iter().filter(|device| !device.is_active());
    let all = Collection::of(user.active_devices().chain(pending), |device| device.id());
    let attributes: [Attribute<&Device>; 2] =
        [("status", |device| device.status()), ("type", |device| device.device_type())];
    let page = Page::of(&all, &attributes, context.request).map_err(PlatformError::from)?;
    let href = context.api_url(&format!("/users/{}/devices", user.id()));
    let mut body = Map::from_iter([
        ("_links".to_owned(), links(&href, page.next.as_deref(), context)),
        (
            "_embedded".to_owned(),
            json!({
                "devices": page.items.iter().map(|device| reply(device, user.id(), stores, context)).collect::<Value>(),
            }),
        ),
    ]);
    let is_expanded = |what: &str| {
        context.request.query("expand").is_some_and(|expand| expand.split(',').any(|part| part.trim() == what))
    };
    // Rule: EXPAND_ORDER.
    if is_expanded("order") {
        let order = user.active_devices().filter(|_| user.has_order).map(|device| json!({ "id": device.id() }));
        body.insert("order".to_owned(), order.collect());
    }
    if is_expanded("typeDisplayNames") && context.holds(&rules::EXPAND_TYPE_DISPLAY_NAMES) {
        let names = page.items.iter().map(|device| (device.device_type().to_owned(), display_name(device).into()));
        body.insert("typeDisplayNames".to_owned(), Value::Object(names.collect()));
    }
    body.insert("count".to_owned(), page.count.into());
    body.insert("size".to_owned(), page.items.len().into());
    Ok(Answer::resource(Value::Object(body)))
}

/// The list itself; and the next page, with all that was asked of this one.
fn links(href: &str, next: Option<&str>, context: &Context<'_>) -> Value {
    let mut links = json!({ "self": { "href": href }, "devices.reorder": { "href": href } });
    if let Some(cursor) = next {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in ["limit", "filter", "expand"] {
            if let Some(value) = context.request.query(name) {
                query.append_pair(name, &value);
            }
        }
        query.append_pair("cursor", cursor);
        links["next"] = json!({ "href": format!("{href}?{}", query.finish()) });
    }
    links
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
