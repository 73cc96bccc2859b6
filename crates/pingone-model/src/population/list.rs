use super::Population;
use crate::{Filter, List, Operation, OperationInfo, Page, Path, PopulationId, Query, operation::filter};

/// `GET /environments/{envID}/populations`
///
/// Reads a page of the environment's populations; their ids are what a new user needs. Without a limit a page has up to
/// 250.
///
/// ```
/// use pingone_model::{
///     Environment, Operation, Region,
///     population::{ListPopulations, PopulationFilter},
/// };
///
/// let list = ListPopulations::new().filter(PopulationFilter::name_starts_with("Customers"));
/// let request = list.request(&Environment::new(Region::Europe, "e-1"))?;
/// assert!(request.uri().to_string().ends_with("/populations?filter=name%20sw%20%22Customers%22"));
///
/// let reply = http::Response::new(r#"{"_embedded": {"populations": [{"id": "p-1", "default": true}]}}"#.into());
/// let page = list.read(reply)?;
/// let default = page.items().find(|population| population.default() == Some(true)).expect("one is the default");
/// assert!(default.id().is_some_and(|id| id == "p-1"));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/populations/read-all-populations.html>
#[derive(Clone, Debug, Default)]
pub struct ListPopulations {
    query: Query,
}

impl ListPopulations {
    /// Lists all populations.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists only the populations that match.
    #[must_use]
    pub fn filter(mut self, filter: PopulationFilter) -> Self {
        self.query = self.query.filter(filter.as_ref());
        self
    }

    /// How many populations a page has at most. The service may return fewer.
    #[must_use]
    pub fn limit(mut self, items: u32) -> Self {
        self.query = self.query.limit(items);
        self
    }
}

impl Operation for ListPopulations {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "population.list",
        Path::api("/environments/{envID}/populations"),
        &["https://developer.pingidentity.com/pingone-api/platform/populations/read-all-populations.html"],
    );
    type Output = Page<Self>;

    fn query(&self) -> Query {
        self.query.clone()
    }
}

impl List for ListPopulations {
    type Item = Population;
    const ITEMS: &'static str = "populations";

    fn at(&self, query: Query) -> Self {
        Self { query }
    }
}

filter! {
    /// A condition on the populations of a list. The service supports these two, and no others.
    PopulationFilter
}

impl PopulationFilter {
    /// The population with this id.
    #[must_use]
    pub fn id(id: impl Into<PopulationId>) -> Self {
        Self(Filter::eq("id", id.into().as_str()))
    }

    /// The populations whose name starts with `start`.
    #[must_use]
    pub fn name_starts_with(start: &str) -> Self {
        Self(Filter::starts_with("name", start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn a_page_is_filtered_and_limited() {
        let list = ListPopulations::new().filter(PopulationFilter::id("p-1")).limit(100);
        let request = list.request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.uri().query(), Some("filter=id%20eq%20%22p-1%22&limit=100"));
        let either = PopulationFilter::id("p-1").or(PopulationFilter::name_starts_with("\"C"));
        assert_eq!(either.as_ref(), &Filter::eq("id", "p-1").or(Filter::starts_with("name", "\"C")));
    }
}
