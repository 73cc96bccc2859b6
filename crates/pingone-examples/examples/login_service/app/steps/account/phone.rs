//! The company's app on a phone, which takes a pairing key.

use std::time::SystemTime;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use pingone_async::{
    PairingKeyId, Time,
    pairing_key::{CreatePairingKey, PairingStep, ReadPairingKey},
};
use serde::Deserialize;

use super::{
    super::super::{
        notice::Notice,
        pages,
        service::Service,
        session::{By, Session},
        visitor::Visitor,
    },
    Done,
};

#[derive(Deserialize)]
pub(crate) struct KeyQuery {
    key: PairingKeyId,
}

pub(crate) async fn phone(State(service): State<Service>, visitor: Visitor, session: Session) -> Response {
    if let Err(stop) = service.must_be_fresh(&session).await {
        return stop;
    }
    if let Err(refused) = service.may_send(&session.who.name, &visitor.address).await {
        return service.show_ways(&session, Some(&refused.into()));
    }
    let create = CreatePairingKey::new(&session.who.user);
    let create = match &service.settings.policy {
        Some(policy) => create.policy(policy),
        None => create,
    };
    let step = match service.client.send(create).await {
        Ok(step) => step,
        Err(error) => return service.show_ways(&session, Some(&Notice::of_change(&error))),
    };
    let PairingStep::Unclaimed(key) = step else { return service.show_ways(&session, Some(&Notice::unavailable())) };
    let Some(code) = key.code() else { return service.show_ways(&session, Some(&Notice::unavailable())) };
    pages::pair(code, key.id(), seconds_left(key.key().expires_at())).into_response()
}

fn seconds_left(expires_at: Option<&Time>) -> Option<u64> {
    let left = expires_at?.to_system_time()?.duration_since(SystemTime::now()).unwrap_or_default();
    Some(left.as_secs())
}

/// What the page asks again and again: whether the app has taken the key.
pub(crate) async fn paired(
    State(service): State<Service>,
    session: Session,
    Query(query): Query<KeyQuery>,
) -> Response {
    match service.client.send(ReadPairingKey::new(&session.who.user, query.key)).await {
        Ok(PairingStep::Unclaimed(_)) => StatusCode::NO_CONTENT.into_response(),
        Ok(PairingStep::Claimed(_)) if session.by == By::FirstFactor => service.over_session(&session).await,
        Ok(PairingStep::Claimed(_)) => Done::Added.page(),
        Ok(_) => {
            let notice = Notice::new(StatusCode::GONE, "The app was not paired. Try again.");
            service.show_ways(&session, Some(&notice))
        }
        Err(error) => service.show_ways(&session, Some(&Notice::of_change(&error))),
    }
}
