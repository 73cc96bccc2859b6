//! Pairing the company's app on a phone, by a pairing key.

use std::time::{Duration, SystemTime};

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use pingone_async::{
    KeyWait, PairingKeyId,
    pairing_key::{CreatePairingKey, PairingStep, ReadPairingKey, UnclaimedKey},
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

#[derive(Deserialize)]
pub(crate) struct WaitQuery {
    wait: KeyWait,
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
    service.show_key(&session, service.client.send(create).await).await
}

/// Checks once whether the app has claimed the key.
pub(crate) async fn paired(
    State(service): State<Service>,
    session: Session,
    Query(query): Query<KeyQuery>,
) -> Response {
    let step = service.client.send(ReadPairingKey::new(&session.who.user, query.key)).await;
    // Whoever sees the key can pair a phone of their own.
    if let Ok(PairingStep::Unclaimed(_)) = step {
        if let Err(stop) = service.must_be_fresh(&session).await {
            return stop;
        }
    }
    service.show_key(&session, step).await
}

/// Long polling: returns when the app has claimed the key, or after as long as a request may take.
pub(crate) async fn wait_for_phone(
    State(service): State<Service>,
    session: Session,
    Query(query): Query<WaitQuery>,
) -> Response {
    let wait = query.wait;
    if *wait.user_id() != session.who.user {
        return StatusCode::FORBIDDEN.into_response();
    }
    let end = async {
        // By session, because the browser chooses the wait in the URL, and could choose many.
        let mut turn = service.waits.turn(session.id.as_str()).await;
        if !turn.is_over() {
            // Whatever the outcome, the page then asks `paired`, as it does without scripts.
            let _ = service.client.resume(wait).await;
            turn.end();
        }
    };
    match tokio::time::timeout(service.settings.hold, end).await {
        Err(_) => StatusCode::NO_CONTENT.into_response(),
        Ok(()) => StatusCode::OK.into_response(),
    }
}

impl Service {
    async fn show_key(&self, session: &Session, step: Result<PairingStep, pingone_async::Error>) -> Response {
        let notice = match step {
            Ok(PairingStep::Unclaimed(key)) if key.code().is_some() => {
                let left = time_left(&key);
                let wait = KeyWait::new(&key, left, SystemTime::now());
                return pages::pair(&key, &wait, left).into_response();
            }
            Ok(PairingStep::Claimed(_)) if session.by == By::FirstFactor => return self.over_session(session).await,
            Ok(PairingStep::Claimed(_)) => return Done::Added.page(),
            Ok(_) => Notice::new(StatusCode::GONE, "The app was not paired. Try again."),
            Err(error) => Notice::of_change(&error),
        };
        self.show_ways(session, Some(&notice))
    }
}

fn time_left(key: &UnclaimedKey) -> Duration {
    let end = key.key().expires_at().and_then(|time| time.to_system_time());
    end.and_then(|end| end.duration_since(SystemTime::now()).ok()).unwrap_or_default()
}
