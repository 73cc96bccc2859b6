use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::{Context, Population, Stores};
use crate::{
    answer::Answer,
    clock::iso,
    error::Refusal,
    list::{Attribute, List},
    resource::listing,
    rules,
};

/// How many a page has at most.
const MOST: usize = 250;

/// Rule: POPULATIONS_BY_ID_AND_NAME.
const ATTRIBUTES: &[Attribute] = &[
    Attribute { name: Cow::Borrowed("id"), operators: &["eq"] },
    Attribute { name: Cow::Borrowed("name"), operators: &["eq", "sw"] },
];

/// Lists the populations.
pub(super) fn list(stores: &mut Stores, context: &Context<'_>) -> Result<Answer, Refusal> {
    let list = List {
        all: &stores.populations.all,
        attributes: ATTRIBUTES,
        value: &|population: &Population, name| match name {
            "id" => population.id.as_str().into(),
            _ => population.name.as_str().into(),
        },
        ignores_case: &|_| context.holds(&rules::FILTER_IGNORES_CASE),
        most: MOST,
    };
    let page = listing::page(&list, context)?;
    let items = page.items.iter().map(|population| show(population, stores, context)).collect();
    let links = listing::links("/populations", &page, MOST, context);
    Ok(listing::answer("populations", links, &page, items))
}

/// Rule: POPULATIONS_ARE_LISTED.
fn show(population: &Population, stores: &Stores, context: &Context<'_>) -> Value {
    let Population { id, name, description, is_default, created_at } = population;
    let default_id = stores.populations.default_id();
    let is_here = |user_population: Option<&str>| user_population.or(default_id) == Some(id);
    let users = stores.users.iter().filter(|user| is_here(user.population_id.as_deref())).count();
    let link = |path: &str| json!({ "href": context.api_url(path) });
    let members = [
        ("_links", Some(json!({ "self": link(&format!("/populations/{id}")), "environment": link("") }))),
        ("id", Some(id.as_str().into())),
        ("environment", Some(json!({ "id": context.environment.id }))),
        ("name", Some(name.as_str().into())),
        ("description", description.as_deref().map(Value::from)),
        ("userCount", Some(users.into())),
        ("createdAt", Some(iso(*created_at).into())),
        ("updatedAt", Some(iso(*created_at).into())),
        ("default", Some((*is_default).into())),
    ];
    let members = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(members.collect::<Map<_, _>>())
}
