use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use pingone_async::{
    DeviceId, DeviceStatus,
    user_device::{DeleteUserDevice, SetDeviceOrder, UpdateDeviceNickname},
};
use serde::Deserialize;

use super::{
    super::super::{
        notice::Notice,
        service::{Service, unknown},
        session::{Member, Session},
    },
    Done,
};

#[derive(Deserialize)]
pub(crate) struct NameForm {
    device: DeviceId,
    nickname: String,
}

#[derive(Deserialize)]
pub(crate) struct OrderForm {
    device: DeviceId,
    to: Direction,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Direction {
    Up,
    Down,
}

#[derive(Deserialize)]
pub(crate) struct DeviceForm {
    device: DeviceId,
}

pub(crate) async fn name(
    State(service): State<Service>,
    Member(session): Member,
    Form(form): Form<NameForm>,
) -> Response {
    let update = UpdateDeviceNickname::new(&session.who.user, form.device, form.nickname.trim());
    let outcome = service.client.send(update).await.map(drop);
    service.changed(&session, outcome, Done::Named).await
}

/// Moves a device one place up or down. The first is the default.
pub(crate) async fn order(
    State(service): State<Service>,
    Member(session): Member,
    Form(form): Form<OrderForm>,
) -> Response {
    let devices = match service.devices_of(&session.who).await {
        Ok(devices) => devices,
        Err(notice) => return unknown(&notice),
    };
    let active = devices.iter().filter(|device| device.status() == Some(&DeviceStatus::Active));
    let mut order: Vec<DeviceId> = active.filter_map(|device| device.id().cloned()).collect();
    let place = order.iter().position(|id| *id == form.device);
    let other = place.and_then(|place| match form.to {
        Direction::Up => place.checked_sub(1),
        Direction::Down => Some(place + 1).filter(|other| *other < order.len()),
    });
    // It may have been moved or removed in another tab.
    let (Some(place), Some(other)) = (place, other) else { return Redirect::to("/account").into_response() };
    order.swap(place, other);
    let outcome = service.client.send(SetDeviceOrder::new(&session.who.user, order)).await;
    service.changed(&session, outcome, Done::Ordered).await
}

pub(crate) async fn remove(State(service): State<Service>, session: Session, Form(form): Form<DeviceForm>) -> Response {
    if let Err(stop) = service.must_be_fresh(&session).await {
        return stop;
    }
    let outcome = service.client.send(DeleteUserDevice::new(&session.who.user, form.device)).await;
    service.changed(&session, outcome, Done::Removed).await
}

impl Service {
    async fn changed(&self, session: &Session, outcome: Result<(), pingone_async::Error>, done: Done) -> Response {
        match outcome {
            Ok(()) => done.page(),
            Err(error) => self.show_account(session, None, Some(&Notice::of_change(&error))).await,
        }
    }
}
