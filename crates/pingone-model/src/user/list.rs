use super::{ALL, User, UserAttribute};
use crate::{Filter, List, Operation, OperationInfo, Page, PopulationId, Query, UserId, operation::filter};

/// `GET /environments/{envID}/users`
///
/// Reads a page of the environment's users: all of them, or those that a filter matches. A page has up to 200, and may have
/// fewer without being the last. To find one user, use [`FindUser`](super::FindUser).
///
/// ```
/// use pingone_model::{
///     Environment, Operation, Region,
///     user::{ListUsers, UserAttribute, UserFilter},
/// };
///
/// let smiths = UserFilter::eq(UserAttribute::FamilyName, "Smith");
/// let w = UserFilter::starts_with(UserAttribute::GivenName, "W");
/// let list = ListUsers::new().filter(smiths.and(w)).limit(50);
/// let request = list.request(&Environment::new(Region::Europe, "e-1"))?;
/// assert_eq!(
///     request.uri(),
///     "https://api.pingone.eu/v1/environments/e-1/users\
///      ?filter=name.family%20eq%20%22Smith%22%20and%20name.given%20sw%20%22W%22&limit=50"
/// );
/// # Ok::<_, pingone_model::RequestError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/users-1/read-all-users.html>
#[derive(Clone, Debug, Default)]
pub struct ListUsers {
    query: Query,
}

impl ListUsers {
    /// Lists all users.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Lists only the users that match.
    #[must_use]
    pub fn filter(mut self, filter: UserFilter) -> Self {
        self.query = self.query.filter(filter.as_ref());
        self
    }

    /// How many users a page has at most. The service may return fewer.
    #[must_use]
    pub fn limit(mut self, items: u32) -> Self {
        self.query = self.query.limit(items);
        self
    }
}

impl Operation for ListUsers {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "user.list",
        ALL,
        &["https://developer.pingidentity.com/pingone-api/platform/users/users-1/read-all-users.html"],
    );
    type Output = Page<Self>;

    fn query(&self) -> Query {
        self.query.clone()
    }
}

impl List for ListUsers {
    type Item = User;
    const ITEMS: &'static str = "users";

    fn at(&self, query: Query) -> Self {
        Self { query }
    }
}

filter! {
    /// A condition on the users of a list.
    ///
    /// Values are text, and are quoted for you. The service may ignore case, so a match need not equal
    /// the value exactly.
    ///
    /// For any other condition, such as one on a custom attribute, convert a [`Filter`]:
    ///
    /// ```
    /// use pingone_model::{Filter, PopulationId, user::{UserAttribute, UserFilter}};
    ///
    /// let staff = UserFilter::population(PopulationId::from("fe09831e-bbf7-46f1-92e4-aafe10df56fd"));
    /// let named = UserFilter::starts_with(UserAttribute::Username, "ada");
    /// let sized = UserFilter::from(Filter::eq("shirtSize", "Large"));
    /// let filter = staff.and(named.or(sized));
    /// assert_eq!(format!("{filter:?}"), "UserFilter(Filter(population.id eq .. and (username sw .. or shirtSize eq ..)))");
    /// ```
    ///
    /// <https://developer.pingidentity.com/pingone-api/platform/users/users-1/read-all-users.html>
    UserFilter
}

impl UserFilter {
    /// The users whose attribute equals `value`.
    #[must_use]
    pub fn eq(attribute: UserAttribute, value: &str) -> Self {
        Self(Filter::eq(attribute.as_str(), value))
    }

    /// The users whose attribute starts with `start`.
    #[must_use]
    pub fn starts_with(attribute: UserAttribute, start: &str) -> Self {
        Self(Filter::starts_with(attribute.as_str(), start))
    }

    /// The users who are enabled, or those who are not.
    #[must_use]
    pub fn enabled(is_enabled: bool) -> Self {
        Self(Filter::is("enabled", is_enabled))
    }

    /// The user with this id (*seen*).
    #[must_use]
    pub fn id(id: impl Into<UserId>) -> Self {
        Self(Filter::eq("id", id.into().as_str()))
    }

    /// The users of this population.
    #[must_use]
    pub fn population(id: impl Into<PopulationId>) -> Self {
        Self(Filter::eq("population.id", id.into().as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    fn query(filter: UserFilter) -> String {
        let request = ListUsers::new().filter(filter).request(&Environment::new(Region::Europe, "e-1")).unwrap();
        request.uri().query().unwrap().to_owned()
    }

    #[test]
    fn a_value_stays_a_value_whatever_is_in_it() {
        let attack = r#"ada" or username sw ""#;
        assert_eq!(
            query(UserFilter::eq(UserAttribute::Username, attack)),
            "filter=username%20eq%20%22ada%5C%22%20or%20username%20sw%20%5C%22%22"
        );
        assert_eq!(
            query(UserFilter::id("u\"&limit=1")),
            "filter=id%20eq%20%22u%5C%22%26limit%3D1%22",
            "nor does it end the parameter"
        );
    }

    #[test]
    fn a_flag_is_not_quoted() {
        assert_eq!(query(UserFilter::enabled(true)), "filter=enabled%20eq%20true");
    }

    #[test]
    fn a_filter_that_is_set_again_is_replaced() {
        let list = ListUsers::new().filter(UserFilter::id("u-1")).limit(5).filter(UserFilter::population("p-1"));
        let request = list.request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(request.uri().query().unwrap(), "limit=5&filter=population.id%20eq%20%22p-1%22");
    }
}
