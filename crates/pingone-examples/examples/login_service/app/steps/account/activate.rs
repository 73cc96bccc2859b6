use axum::{Form, extract::State, response::Response};
use pingone_async::{
    DeviceId,
    user_device::{ActivateUserDevice, ReadUserDevice, ResendPairingCode},
};
use serde::Deserialize;

use super::super::super::{
    notice::Notice,
    pages,
    service::{Service, told, unknown},
    session::Session,
    visitor::Visitor,
};

#[derive(Deserialize)]
pub(crate) struct CodeForm {
    device: DeviceId,
    code: String,
}

#[derive(Deserialize)]
pub(crate) struct CredentialForm {
    device: DeviceId,
    credential: String,
}

#[derive(Deserialize)]
pub(crate) struct DeviceForm {
    device: DeviceId,
}

/// The code proves that the new device is the user's.
pub(crate) async fn activate(
    State(service): State<Service>,
    visitor: Visitor,
    session: Session,
    Form(form): Form<CodeForm>,
) -> Response {
    if let Err(stop) = service.must_be_fresh(&session).await {
        return stop;
    }
    let code: String = form.code.split_whitespace().collect();
    let notice = match service.may_check(Some(&session.who.name), &visitor.address).await {
        Err(refused) => refused.into(),
        Ok(()) => match service.client.send(ActivateUserDevice::otp(&session.who.user, &form.device, &code)).await {
            Ok(step) => return service.enrol(&session, step).await,
            Err(error) => Notice::of_change(&error),
        },
    };
    service.enter_code_again(&session, form.device, Some(notice)).await
}

pub(crate) async fn activate_passkey(
    State(service): State<Service>,
    visitor: Visitor,
    session: Session,
    Form(form): Form<CredentialForm>,
) -> Response {
    if let Err(stop) = service.must_be_fresh(&session).await {
        return stop;
    }
    if let Err(refused) = service.may_check(Some(&session.who.name), &visitor.address).await {
        return service.show_ways(&session, Some(&refused.into()));
    }
    let origin = service.settings.origin.as_str();
    let activate = ActivateUserDevice::fido2(&session.who.user, form.device, origin, &form.credential);
    match service.client.send(activate).await {
        Ok(step) => service.enrol(&session, step).await,
        Err(error) => service.show_ways(&session, Some(&Notice::of_change(&error))),
    }
}

pub(crate) async fn resend(
    State(service): State<Service>,
    visitor: Visitor,
    session: Session,
    Form(form): Form<DeviceForm>,
) -> Response {
    if let Err(stop) = service.must_be_fresh(&session).await {
        return stop;
    }
    let notice = match service.may_send(&session.who.name, &visitor.address).await {
        Err(refused) => Some(refused.into()),
        Ok(()) => {
            let resend = ResendPairingCode::new(&session.who.user, &form.device);
            service.client.send(resend).await.err().map(|error| Notice::of_change(&error))
        }
    };
    service.enter_code_again(&session, form.device, notice).await
}

impl Service {
    async fn enter_code_again(&self, session: &Session, id: DeviceId, notice: Option<Notice>) -> Response {
        match self.client.send(ReadUserDevice::new(&session.who.user, &id)).await {
            Ok(device) => told(notice.as_ref(), pages::enter_code(&device, &id, notice.as_ref())),
            Err(error) => unknown(&Notice::of_change(&error)),
        }
    }
}
