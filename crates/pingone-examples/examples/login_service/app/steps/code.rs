use axum::{Form, extract::State, response::Response};
use pingone_async::CheckOtp;
use serde::Deserialize;

use super::super::{
    notice::Notice,
    service::{Service, View},
    visit::LogIn,
    visitor::Visitor,
};

#[derive(Deserialize)]
pub(crate) struct CodeForm {
    code: String,
}

pub(crate) async fn check(
    State(service): State<Service>,
    visitor: Visitor,
    log_in: LogIn,
    Form(form): Form<CodeForm>,
) -> Response {
    let name = log_in.attempt.who.as_ref().map(|who| &*who.name);
    if let Err(refused) = service.may_check(name, &visitor.address).await {
        return service.show(log_in, &visitor, View::Step, Some(refused.into())).await;
    }
    // People also enter codes as 123 456.
    let code: String = form.code.split_whitespace().collect();
    match service.client.send(CheckOtp::new(log_in.at.id(), &code)).await {
        Ok(checked) => service.enter(log_in.attempt, checked.into_next_step()).await,
        Err(error) => service.show(log_in, &visitor, View::Step, Some(Notice::of_error(&error))).await,
    }
}
