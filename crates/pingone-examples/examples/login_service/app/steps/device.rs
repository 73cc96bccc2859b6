use axum::{Form, extract::State, response::Response};
use pingone_async::{DeviceId, NextStep, SelectDevice};
use serde::Deserialize;

use super::super::{
    notice::Notice,
    service::{Service, View, to_page},
    visit::{At, LogIn, Visit},
    visitor::Visitor,
};

#[derive(Deserialize)]
pub(crate) struct DeviceForm {
    device: DeviceId,
    /// Whether the code is to be sent again.
    #[serde(default)]
    again: bool,
}

/// Lists the devices that can be used instead.
pub(crate) async fn devices(State(service): State<Service>, visitor: Visitor, log_in: LogIn) -> Response {
    service.show(log_in, &visitor, View::Devices, None).await
}

/// Continues with this device. If it is the same one, it gets a new code or another push.
pub(crate) async fn select(
    State(service): State<Service>,
    visitor: Visitor,
    log_in: LogIn,
    Form(form): Form<DeviceForm>,
) -> Response {
    let view = if form.again { View::Step } else { View::Devices };
    // Only a passkey can say who this is, so there is no device to send anything to.
    let Some(who) = &log_in.attempt.who else { return to_page() };
    if let Err(refused) = service.may_send(&who.name, &visitor.address).await {
        return service.show(log_in, &visitor, view, Some(refused.into())).await;
    }
    match service.client.send(SelectDevice::new(log_in.at.id(), form.device)).await {
        Ok(selected) => match selected.into_next_step() {
            NextStep::Otp(entry) => {
                let at = At::Step { id: entry.id().clone(), abandoned: None, sent_again: form.again };
                service.keep(Visit::LogIn(LogIn { at, ..log_in }))
            }
            step => service.enter(log_in.attempt, step).await,
        },
        Err(error) => service.show(log_in, &visitor, view, Some(Notice::of_error(&error))).await,
    }
}
