//! What a person can do: each of these answers one request.

use axum::{
    Form,
    extract::State,
    http::{StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};
use pingone_async::{CheckOtp, DeviceChange, DeviceId, InitializeDeviceAuthentication, SelectDevice};
use serde::Deserialize;

use super::{
    notice::Notice,
    pages,
    service::{Service, View, over, to_page, told},
    state::{At, LogIn, Who, no_cookie},
};

#[derive(Deserialize)]
pub(super) struct NameForm {
    name: String,
}

#[derive(Deserialize)]
pub(super) struct DeviceForm {
    device: DeviceId,
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    code: String,
}

pub(super) async fn begin(State(service): State<Service>, Form(form): Form<NameForm>) -> Response {
    // Your log-in checks the password here, before a phone rings: nobody may make it ring who only knows a name.
    let name = form.name.trim().to_owned();
    let Some(user) = service.users.get(&name).cloned() else {
        let notice = Notice::new(StatusCode::UNPROCESSABLE_ENTITY, "There is nobody of that name.");
        return told(Some(&notice), pages::name(Some(&notice)));
    };
    match service.client.send(InitializeDeviceAuthentication::new(&user)).await {
        Ok(begun) => service.enter(Who { name, user }, begun.into_next_step()),
        Err(error) => {
            let notice = Notice::of_error(&error);
            told(Some(&notice), pages::name(Some(&notice)))
        }
    }
}

pub(super) async fn show(State(service): State<Service>, log_in: LogIn) -> Response {
    service.show(log_in, View::Step, None).await
}

pub(super) async fn devices(State(service): State<Service>, log_in: LogIn) -> Response {
    service.show(log_in, View::Devices, None).await
}

/// Is held until the push is answered, or for so long as a request may take.
pub(super) async fn wait(State(service): State<Service>, log_in: LogIn) -> Response {
    let At::Push(wait) = log_in.at else { return to_page() };
    // To drop the wait ends it, here or when the browser goes away. What is in the cookie stays good.
    match tokio::time::timeout(service.hold, service.client.resume(wait)).await {
        Err(_) => StatusCode::NO_CONTENT.into_response(),
        Ok(Ok(completed)) => service.let_in(log_in.who, &completed),
        // Why not, the page asks by itself, as it does without scripts.
        Ok(Err(_)) => to_page(),
    }
}

pub(super) async fn change(State(service): State<Service>, log_in: LogIn) -> Response {
    let At::Push(wait) = log_in.at.clone() else { return to_page() };
    match service.client.change_device(wait).await {
        Ok(DeviceChange::Cancelled(others) | DeviceChange::TimedOut(others)) => {
            let at = At::Step { id: others.id().clone(), abandoned: others.abandoned().cloned() };
            service.keep(LogIn { at, ..log_in })
        }
        Ok(DeviceChange::AlreadyApproved(completed)) => service.let_in(log_in.who, &completed),
        Ok(DeviceChange::AlreadyDenied(failed)) => over(&Notice::of(&failed.problem())),
        Ok(DeviceChange::Changed(step)) => service.enter(log_in.who, step),
        Ok(_) => {
            let notice = Notice::new(StatusCode::SERVICE_UNAVAILABLE, "The request is on your phone still. Try again.");
            service.show(log_in, View::Step, Some(notice)).await
        }
        Err(failed) => service.show(log_in, View::Step, Some(Notice::of_error(failed.error()))).await,
    }
}

pub(super) async fn select(State(service): State<Service>, log_in: LogIn, Form(form): Form<DeviceForm>) -> Response {
    let Some(id) = log_in.at.id() else { return to_page() };
    match service.client.send(SelectDevice::new(id, form.device)).await {
        Ok(selected) => service.enter(log_in.who, selected.into_next_step()),
        Err(error) => service.show(log_in, View::Devices, Some(Notice::of_error(&error))).await,
    }
}

pub(super) async fn check(State(service): State<Service>, log_in: LogIn, Form(form): Form<CodeForm>) -> Response {
    let Some(id) = log_in.at.id() else { return to_page() };
    match service.client.send(CheckOtp::new(id, &form.code)).await {
        Ok(checked) => service.enter(log_in.who, checked.into_next_step()),
        Err(error) => service.show(log_in, View::Step, Some(Notice::of_error(&error))).await,
    }
}

pub(super) async fn leave() -> Response {
    ([(SET_COOKIE, no_cookie())], Redirect::to("/")).into_response()
}
