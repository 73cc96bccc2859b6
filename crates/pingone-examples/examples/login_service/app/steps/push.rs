use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use pingone_async::DeviceChange;

use super::super::{
    notice::Notice,
    service::{Service, View, to_page},
    visit::{At, LogIn, Visit},
    visitor::Visitor,
};

/// Long polling: returns when the push is answered, or after as long as a request may take.
pub(crate) async fn wait(State(service): State<Service>, log_in: LogIn) -> Response {
    let At::Push(wait) = log_in.at else { return to_page() };
    let answer = async {
        let mut turn = service.waits.turn(&wait.to_string()).await;
        if turn.is_over() {
            return None;
        }
        let answer = service.client.resume(wait).await;
        turn.end();
        Some(answer)
    };
    // The wait ends when it is dropped, here or because the browser disconnects. The cookie stays valid.
    match tokio::time::timeout(service.settings.hold, answer).await {
        Err(_) => StatusCode::NO_CONTENT.into_response(),
        Ok(Some(Ok(completed))) => service.let_in(log_in.attempt, &completed).await,
        // The page then asks why not, as it does without scripts.
        Ok(_) => to_page(),
    }
}

/// Cancels the push, so that another device can be chosen.
pub(crate) async fn change(State(service): State<Service>, visitor: Visitor, log_in: LogIn) -> Response {
    let At::Push(wait) = log_in.at.clone() else { return to_page() };
    match service.client.change_device(wait).await {
        Ok(DeviceChange::Cancelled(others) | DeviceChange::TimedOut(others)) => {
            let (id, abandoned) = (others.id().clone(), others.abandoned().cloned());
            let at = At::Step { id, abandoned, sent_again: false };
            service.keep(Visit::LogIn(LogIn { at, ..log_in }))
        }
        Ok(DeviceChange::AlreadyApproved(completed)) => service.let_in(log_in.attempt, &completed).await,
        Ok(DeviceChange::AlreadyDenied(failed)) => service.over(&log_in.attempt, &Notice::of(&failed.problem())).await,
        Ok(DeviceChange::Changed(step)) => service.enter(log_in.attempt, step).await,
        Ok(_) => {
            let notice = Notice::new(StatusCode::SERVICE_UNAVAILABLE, "The request is still on your phone. Try again.");
            service.show(log_in, &visitor, View::Step, Some(notice)).await
        }
        Err(failed) => {
            let notice = Notice::of_error(failed.error());
            service.show(log_in, &visitor, View::Step, Some(notice)).await
        }
    }
}
