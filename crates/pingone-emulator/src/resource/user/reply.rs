use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::User;
use crate::{
    clock::iso,
    resource::{Context, Stores},
};

/// Links to what belongs to a user.
const NEIGHBOURS: [(&str, &str); 7] = [
    ("devices", "/devices"),
    ("roleAssignments", "/roleAssignments"),
    ("password", "/password"),
    ("password.reset", "/password"),
    ("password.set", "/password"),
    ("password.check", "/password"),
    ("password.recover", "/password"),
];

/// The address of a user.
pub(crate) fn href(user_id: &str, context: &Context<'_>) -> String {
    context.api_url(&format!("/users/{user_id}"))
}

/// A user as every operation shows them.
///
/// Rule: USER_IS_SHOWN_AS_PUBLISHED.
pub(super) fn reply(user: &User, stores: &Stores, context: &Context<'_>) -> Value {
    let population_id = user.population_id.as_deref().or(stores.populations.default_id());
    let mut members: BTreeMap<&str, Value> =
        user.attributes.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let account = &user.account;
    members.extend([
        ("account", account.to_json(context.now())),
        ("enabled", account.is_enabled.into()),
        ("identityProvider", json!({ "type": "PING_ONE" })),
        ("lifecycle", json!({ "status": "ACCOUNT_OK" })),
        ("mfaEnabled", account.mfa_enabled.into()),
        ("username", user.username.as_str().into()),
        ("verifyStatus", "NOT_INITIATED".into()),
    ]);
    let times = [("createdAt", user.created_at), ("updatedAt", user.updated_at)];
    members.extend(times.into_iter().filter_map(|(name, time)| Some((name, iso(time?).into()))));
    members.extend(population_id.map(|id| ("population", json!({ "id": id }))));

    let expanded = population_id.filter(|_| context.expands("population"));
    let embedded = expanded.map(|id| json!({ "population": population(id, context) }));
    let first = [
        ("_links", Some(links(user.id(), population_id, context))),
        ("_embedded", embedded),
        ("id", Some(user.id().into())),
        ("environment", Some(json!({ "id": context.environment.id }))),
    ];
    let all = first.into_iter().filter_map(|(name, value)| Some((name, value?))).chain(members);
    Value::Object(all.map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Rule: EXPAND_POPULATION.
fn population(id: &str, context: &Context<'_>) -> Value {
    let link = |path: &str| json!({ "href": context.api_url(path) });
    json!({ "_links": { "self": link(&format!("/populations/{id}")), "environment": link("") }, "id": id })
}

fn links(user_id: &str, population_id: Option<&str>, context: &Context<'_>) -> Value {
    let own = href(user_id, context);
    let mut links = Map::new();
    let mut link = |name: &str, href: &str| links.insert(name.to_owned(), json!({ "href": href }));
    link("self", &own);
    link("environment", &context.api_url(""));
    if let Some(id) = population_id {
        link("population", &context.api_url(&format!("/populations/{id}")));
    }
    for (name, path) in NEIGHBOURS {
        link(name, &format!("{own}{path}"));
    }
    link("linkedAccounts", &format!("{own}/linkedAccounts"));
    link("account.sendVerificationCode", &own);
    link("memberOfGroups", &format!("{own}/memberOfGroups"));
    Value::Object(links)
}
