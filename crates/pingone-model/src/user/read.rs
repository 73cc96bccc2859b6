use super::{ONE, User};
use crate::{Document, Ids, Operation, OperationInfo, Query, UserId};

/// `GET /environments/{envID}/users/{userID}`
///
/// Reads a user.
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/users-1/read-one-user.html>
#[derive(Clone, Debug)]
pub struct ReadUser {
    id: UserId,
    query: Query,
}

impl ReadUser {
    /// Reads the user `id`.
    #[must_use]
    pub fn new(id: impl Into<UserId>) -> Self {
        Self { id: id.into(), query: Query::NONE }
    }

    /// Also asks for the whole population, in [`embedded`](User::embedded).
    #[must_use]
    pub fn with_population(mut self) -> Self {
        self.query = self.query.expand("population");
        self
    }

    /// Asks for the ids and names of the user's groups, too, which takes the role *Identity Data Admin*. That one request can
    /// ask for both is *inferred*.
    #[must_use]
    pub fn with_groups(mut self) -> Self {
        self.query = self.query.with("include", "memberOfGroupIDs,memberOfGroupNames");
        self
    }
}

impl Operation for ReadUser {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "user.read",
        ONE,
        &["https://developer.pingidentity.com/pingone-api/platform/users/users-1/read-one-user.html"],
    );
    type Output = Document<User>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.id)
    }

    fn query(&self) -> Query {
        self.query.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn what_comes_along_is_asked_for() {
        let request = ReadUser::new("u-1").with_population().with_groups();
        let request = request.request(&Environment::new(Region::Europe, "e-1")).unwrap();
        assert_eq!(
            request.uri(),
            "https://api.pingone.eu/v1/environments/e-1/users/u-1\
             ?expand=population&include=memberOfGroupIDs%2CmemberOfGroupNames"
        );
    }
}
