use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Response},
};
use pingone_async::{
    DeviceStatus,
    user_device::{CreateUserDevice, EnrolmentStep},
};
use serde::Deserialize;

use super::super::super::{
    notice::Notice,
    pages,
    service::{Service, told},
    session::{By, Session},
    visitor::Visitor,
};

#[derive(Deserialize)]
pub(crate) struct AddressForm {
    kind: Kind,
    address: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Email,
    Text,
    Call,
    WhatsApp,
}

/// The types of device that can be added.
pub(crate) async fn add(State(service): State<Service>, session: Session) -> Response {
    match service.must_be_fresh(&session).await {
        Ok(()) => service.show_ways(&session, None),
        Err(stop) => stop,
    }
}

pub(crate) async fn app(State(service): State<Service>, visitor: Visitor, session: Session) -> Response {
    service.create(&session, &visitor, CreateUserDevice::totp(&session.who.user)).await
}

/// The code that is sent proves that the address is the user's.
pub(crate) async fn address(
    State(service): State<Service>,
    visitor: Visitor,
    session: Session,
    Form(form): Form<AddressForm>,
) -> Response {
    let (user, address) = (&session.who.user, form.address.trim());
    let create = match form.kind {
        Kind::Email => CreateUserDevice::email(user, address),
        Kind::Text => CreateUserDevice::sms(user, address),
        Kind::Call => CreateUserDevice::voice(user, address),
        Kind::WhatsApp => CreateUserDevice::whatsapp(user, address),
    };
    service.create(&session, &visitor, create.status(DeviceStatus::ActivationRequired)).await
}

pub(crate) async fn passkey(State(service): State<Service>, visitor: Visitor, session: Session) -> Response {
    let Some(policy) = &service.settings.policy else {
        return service.show_ways(&session, Some(&Notice::unavailable()));
    };
    let id = &*service.settings.relying_party;
    service.create(&session, &visitor, CreateUserDevice::fido2(&session.who.user, policy, id, id)).await
}

impl Service {
    pub(super) fn show_ways(&self, session: &Session, notice: Option<&Notice>) -> Response {
        let has_passkeys = self.settings.policy.is_some();
        told(notice, pages::add(session.by == By::FirstFactor, has_passkeys, notice))
    }

    async fn create(&self, session: &Session, visitor: &Visitor, create: CreateUserDevice) -> Response {
        if let Err(stop) = self.must_be_fresh(session).await {
            return stop;
        }
        if let Err(refused) = self.may_send(&session.who.name, &visitor.address).await {
            return self.show_ways(session, Some(&refused.into()));
        }
        let create = match &self.settings.policy {
            Some(policy) => create.policy(policy),
            None => create,
        };
        match self.client.send(create).await {
            Ok(step) => self.enrol(session, step).await,
            Err(error) => self.show_ways(session, Some(&Notice::of_change(&error))),
        }
    }

    /// Shows what comes next with a new device. The secret of an authenticator app is in this response and nowhere
    /// else.
    pub(super) async fn enrol(&self, session: &Session, step: EnrolmentStep) -> Response {
        let page = match &step {
            EnrolmentStep::Ready(_) if session.by == By::FirstFactor => return self.over_session(session).await,
            EnrolmentStep::Ready(_) => return super::Done::Added.page(),
            EnrolmentStep::SentCode(sent) => pages::enter_code(sent.device(), sent.id(), None),
            EnrolmentStep::AuthenticatorApp(app) => {
                let (Some(uri), Some(secret)) = (app.key_uri(), app.secret()) else {
                    return self.show_ways(session, Some(&Notice::unavailable()));
                };
                pages::scan(uri, secret, app.id())
            }
            EnrolmentStep::Passkey(passkey) => match passkey.options().and_then(|it| it.to_browser_json().ok()) {
                Some(options) => pages::make_passkey(&options, passkey.id()),
                None => return self.show_ways(session, Some(&Notice::unavailable())),
            },
            _ => return self.show_ways(session, Some(&Notice::unavailable())),
        };
        page.into_response()
    }
}
