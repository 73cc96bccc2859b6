use axum::{
    Form,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use pingone_async::InitializeDeviceAuthentication;
use serde::Deserialize;

use super::super::{
    notice::Notice,
    pages,
    people::Who,
    service::{Service, told},
    visit::Attempt,
    visitor::Visitor,
};

#[derive(Deserialize)]
pub(crate) struct NameForm {
    name: String,
    password: String,
}

/// The first factor. Nobody's phone rings before it, and nobody learns whether a name is known.
pub(crate) async fn begin(
    State(service): State<Service>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<NameForm>,
) -> Response {
    let name = form.name.trim();
    match service.first_factor(name, &form.password, &visitor).await {
        Ok(who) => service.second_factor(who, &headers).await,
        Err(notice) => told(Some(&notice), pages::log_in(name, Some(&notice))),
    }
}

impl Service {
    async fn first_factor(&self, name: &str, password: &str, visitor: &Visitor) -> Result<Who, Notice> {
        self.may_try_password(name, &visitor.address).await?;
        let found = self.people.check(name, password).await?;
        let wrong = || Notice::new(StatusCode::UNPROCESSABLE_ENTITY, "The name or the password is wrong.");
        let who = found.ok_or_else(wrong)?;
        self.may_send(&who.name, &visitor.address).await?;
        Ok(who)
    }

    async fn second_factor(&self, who: Who, headers: &HeaderMap) -> Response {
        if let Err(notice) = self.replace(headers).await {
            return self.forget(&notice);
        }
        let begin = InitializeDeviceAuthentication::new(&who.user);
        let Some(attempt) = Attempt::new(Some(who)) else { return self.forget(&Notice::unavailable()) };
        match self.client.send(begin).await {
            Ok(begun) => self.enter(attempt, begun.into_next_step()).await,
            Err(error) => self.forget(&Notice::of_error(&error)),
        }
    }

    /// Another log-in begins: what the browser had before is over.
    pub(super) async fn replace(&self, headers: &HeaderMap) -> Result<(), Notice> {
        if let Ok(Some(before)) = self.visit(headers).await {
            self.end(before.id()).await?;
        }
        Ok(())
    }
}
