use std::{borrow::Cow, sync::Arc};

use serde_json::Value;

use super::{User, reply::reply, schema::Schema};
use crate::{
    answer::Answer,
    error::Refusal,
    list::{Attribute, List},
    resource::{Context, Stores, listing},
    rules,
};

/// How many a page has at most.
///
/// Rule: PAGE_OF_200.
const MOST: usize = 200;

/// Lists the users that match a filter.
///
/// Rule: FILTERABLE_ATTRIBUTES. Rule: FILTERS_ARE_SCIM.
pub(super) fn list(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let attributes = attributes(&stores.users.schema);
    let population_id = |user: &User| user.population_id.as_deref().or(stores.populations.default_id()).into();
    let list = List {
        all: stores.users.all(),
        attributes: &attributes,
        value: &|user: &Arc<User>, name| if name == POPULATION { population_id(user) } else { value(user, name) },
        ignores_case: &|name| name == "username" || context.holds(&rules::FILTER_IGNORES_CASE),
        most: MOST,
    };
    let page = listing::page(&list, context)?;
    let users = page.items.iter().map(|user| reply(user, stores, context)).collect();
    Ok(listing::answer("users", listing::links("/users", &page, MOST, context), &page, users))
}

const POPULATION: &str = "population.id";

fn attributes(schema: &Schema) -> Vec<Attribute> {
    let text = |name: Cow<'static, str>| Attribute { name, operators: &["eq", "sw"] };
    let only_eq = |name: &'static str| Attribute { name: Cow::Borrowed(name), operators: &["eq"] };
    let standard = Schema::filterable().map(Cow::Owned).map(text);
    let custom = schema.custom.iter().cloned().map(Cow::Owned).map(text);
    let ids = [only_eq("enabled"), text(Cow::Borrowed("id")), only_eq(POPULATION)];
    standard.chain(ids).chain(custom).collect()
}

fn value(user: &User, name: &str) -> Value {
    match name {
        "id" => user.id().into(),
        "username" => user.username.as_str().into(),
        "enabled" => user.account.is_enabled.into(),
        _ => {
            let (name, part) = name.split_once('.').unwrap_or((name, ""));
            let value = user.attributes.get(name).unwrap_or(&Value::Null);
            if part.is_empty() { value.clone() } else { value[part].clone() }
        }
    }
}
