use std::{error::Error, fmt};

use bytes::Bytes;
use http::Response;

use super::{ListUsers, User, UserAttribute, UserFilter};
use crate::{
    Document, FromResponse, Operation, OperationInfo, Page, Query,
    operation::{AboutAnother, by_reference},
};

/// `GET /environments/{envID}/users`, filtered
///
/// Finds a user: one or none. That is the first question of a log-in. It is the request of [`ListUsers`], so errors and
/// traces call it `user.list`.
///
/// What the service matched is checked. If it is several users, or one with another name, the answer is a
/// [`ResponseError`](crate::ResponseError), so that no user is mistaken for another. Case is ignored when names are
/// compared, as the service does.
///
/// ```
/// use pingone_model::{Operation, user::FindUser};
///
/// let find = FindUser::by_username("ada");
/// let reply = |users: &str| http::Response::new(format!(r#"{{"_embedded": {{"users": [{users}]}}}}"#).into());
///
/// assert!(find.read(reply(""))?.is_none());
/// let user = find.read(reply(r#"{"id": "u-1", "username": "Ada"}"#))?.expect("there is one");
/// assert_eq!(*user.id(), "u-1");
/// // The filter was ignored, on the way or by the service.
/// assert!(find.read(reply(r#"{"id": "u-2", "username": "bob"}"#)).is_err());
/// # Ok::<_, pingone_model::ResponseError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/platform/users/users-1/read-all-users.html>
#[derive(Clone)]
pub struct FindUser {
    by: By,
    value: Box<str>,
}

#[derive(Clone, Copy, Debug)]
enum By {
    Username,
    Email,
}

impl FindUser {
    /// Finds the user who logs in by this name, which is unique in the environment.
    #[must_use]
    pub fn by_username(username: &str) -> Self {
        Self { by: By::Username, value: username.into() }
    }

    /// Finds the user who has this e-mail address. Several users may share one, which is an error.
    #[must_use]
    pub fn by_email(email: &str) -> Self {
        Self { by: By::Email, value: email.into() }
    }

    fn list(&self) -> ListUsers {
        let attribute = match self.by {
            By::Username => UserAttribute::Username,
            By::Email => UserAttribute::Email,
        };
        ListUsers::new().filter(UserFilter::eq(attribute, &self.value))
    }

    fn is(&self, user: &User) -> bool {
        let value = match self.by {
            By::Username => user.username(),
            By::Email => user.email(),
        };
        value.is_some_and(|value| without_case(value).eq(without_case(&self.value)))
    }

    fn only(&self, page: &Page<ListUsers>) -> Result<Option<Document<User>>, AboutAnother> {
        let mut users = page.items();
        let user = users.next();
        // Another page may have anybody.
        if users.next().is_some() || page.next().is_some() {
            return Err(AboutAnother("several users match"));
        }
        match user {
            Some(user) if !self.is(&user) => Err(AboutAnother("another user matches")),
            user => Ok(user),
        }
    }
}

fn without_case(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

impl Operation for FindUser {
    const INFO: &'static OperationInfo = ListUsers::INFO;
    type Output = Option<Document<User>>;

    fn query(&self) -> Query {
        self.list().query()
    }
}

impl FromResponse<FindUser> for Option<Document<User>> {
    fn from_response(find: &FindUser, response: &Response<Bytes>) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let page = Page::from_response(&find.list(), response)?;
        Ok(find.only(&page)?)
    }
}

by_reference!(FindUser => Option<Document<User>>);

impl fmt::Debug for FindUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FindUser").field("by", &self.by).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::ResponseError;

    fn read(find: &FindUser, users: Value, links: Value) -> Result<Option<Document<User>>, ResponseError> {
        let page = json!({ "_embedded": { "users": users }, "_links": links }).to_string();
        find.read(Response::new(page.into()))
    }

    fn id(found: Result<Option<Document<User>>, ResponseError>) -> Option<String> {
        found.unwrap().map(|user| user.id().to_string())
    }

    #[test]
    fn none_or_one_is_found() {
        let ada = FindUser::by_username("ada");
        assert_eq!(id(read(&ada, json!([]), json!({}))), None);
        assert_eq!(id(read(&ada, json!([{ "id": "u-1", "username": "ada" }]), json!({}))), Some("u-1".into()));
        let umlaut = FindUser::by_username("ÄDA.ΣΑΣ");
        assert_eq!(id(read(&umlaut, json!([{ "id": "u-1", "username": "äda.σασ" }]), json!({}))), Some("u-1".into()));
        let mail = FindUser::by_email("ada@example.com");
        let user = json!([{ "id": "u-1", "username": "ada", "email": "Ada@Example.com" }]);
        assert_eq!(id(read(&mail, user, json!({}))), Some("u-1".into()));
    }

    #[test]
    fn several_users_or_another_one_are_no_answer() {
        let ada = FindUser::by_username("ada");
        let user = |name: &str| json!({ "id": "u-1", "username": name });
        let next = json!({ "next": { "href": "https://h/users?cursor=c" } });
        let (several, another) = ("several users match", "another user matches");
        for (users, links, why) in [
            (json!([user("ada"), user("ada")]), json!({}), several),
            (json!([user("ada"), user("bob")]), json!({}), several),
            (json!([user("ada")]), next.clone(), several),
            (json!([]), next, several),
            (json!([user("bob")]), json!({}), another),
            (json!([user("ad\u{430}")]), json!({}), another),
            (json!([user("")]), json!({}), another),
            (json!([{ "id": "u-1" }]), json!({}), another),
            (json!([{ "id": "u-1", "username": 7 }]), json!({}), another),
            (json!([{ "id": "u-1", "username": "bob", "email": "ada" }]), json!({}), another),
        ] {
            let error = read(&ada, users, links).unwrap_err();
            let expected = format!("the service answered 200 OK about something other than what was asked for: {why}");
            assert_eq!(error.to_string(), expected);
        }
        assert!(read(&ada, json!([{ "username": "ada" }]), json!({})).is_err(), "a user without an id is none");
    }

    #[test]
    fn nobody_is_named_by_debug() {
        assert_eq!(format!("{:?}", FindUser::by_username("ada")), "FindUser { by: Username, .. }");
    }
}
