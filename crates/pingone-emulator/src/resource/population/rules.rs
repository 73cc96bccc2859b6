//! The rules of populations.

use crate::rules::{Rule, page, table};

table! {
    POPULATIONS_ARE_LISTED = Rule::documented(
        "populations-are-listed",
        "The list of populations has name, description, userCount and which one is the default.",
        page::POPULATIONS,
        "population::are_listed",
    );
    POPULATIONS_BY_ID_AND_NAME = Rule::documented(
        "populations-by-id-and-name",
        "Populations are filtered by id eq, name eq and name sw; a page has 250 of them at most.",
        page::POPULATIONS,
        "population::are_found_by_id_and_name",
    );
}
