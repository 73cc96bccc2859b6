//! The service without I/O: a request goes in, a response comes out.

mod levers;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use http::Method;

use crate::{
    answer::{Answer, CORRELATION_ID},
    control,
    data::{Client, Data},
    device_authentication,
    error::{self, PlatformError, Refusal},
    exchange::{Delivery, Exchange},
    fault::{self, FaultKind},
    journal::JournalEntry,
    operation::Operation,
    page,
    request::Request,
    route::{Resource, Route},
    rules,
    state::State,
    token::{self, TokenKind},
};

/// The longest body that the service reads.
///
/// Rule: BODY_LIMIT.
pub(crate) const BODY_LIMIT: usize = 1024 * 1024;

/// The device-authentication service: its rules and its state, without a socket and without waiting.
///
/// Clones are the same service. Everything that is random at PingOne is the same in every run here: ids, codes,
/// tokens, challenges.
#[derive(Clone)]
pub struct Service {
    shared: Arc<Shared>,
}

struct Shared {
    data: Data,
    state: Mutex<State>,
    snapshots: Mutex<BTreeMap<String, State>>,
}

impl Service {
    /// A service that knows `data` and has not been asked anything yet.
    pub fn new(data: Data) -> Self {
        let (state, snapshots) = (Mutex::new(State::new(data.clone())), Mutex::default());
        Self { shared: Arc::new(Shared { data, state, snapshots }) }
    }

    /// Answers a request to the service or to the control paths.
    ///
    /// Only the path of the address leads anywhere. Links in the answer name the host that the address names, or the
    /// header `Host` if it names none. A fault that no response can express is left out: see
    /// [`exchange`](Self::exchange).
    pub fn handle(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        self.exchange(request).into_response()
    }

    /// Answers a request like [`handle`](Self::handle), and says how the answer has to travel.
    pub fn exchange(&self, request: http::Request<Bytes>) -> Exchange {
        let request = Request::new(request);
        let path = request.path();
        let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        let (environment_id, resource) = match Route::of(&segments) {
            Route::Control(path) => {
                let response = page::answer(&request, path)
                    .unwrap_or_else(|| control::answer(self, &request, path).into_response());
                return Exchange { response, delivery: Delivery::Whole };
            }
            Route::Nowhere => {
                let response = error::gateway().into_response();
                self.state().journal.push(JournalEntry::new(&request, None, None, response.status()));
                return Exchange { response, delivery: Delivery::Whole };
            }
            Route::Environment(environment_id, resource) => (environment_id, resource),
        };
        let mut state = self.state();
        let media_type = request.media_type(&state.rules);
        let operation = Operation::of(&resource, request.method(), media_type.as_deref());
        let correlation_id = state.correlation_ids.id();
        let now = state.clock.now();
        let fault = state.faults.strike(operation);
        let spoilt = fault.as_ref().and_then(|kind| fault::instead_of_effect(kind, &request, &correlation_id, now));
        let (response, delivery) = spoilt.unwrap_or_else(|| {
            let response = answer(&mut state, &request, environment_id, resource, operation)
                .unwrap_or_else(|refusal| refusal.into_answer(&correlation_id))
                .header(CORRELATION_ID, &correlation_id)
                .into_response();
            match &fault {
                Some(kind) => fault::after_effect(kind, response),
                None => (response, Delivery::Whole),
            }
        });
        let name = fault.as_ref().map(FaultKind::name);
        state.journal.push(JournalEntry::new(&request, operation, name, response.status()));
        Exchange { response, delivery }
    }

    /// The id of the environment.
    pub fn environment_id(&self) -> &str {
        &self.shared.data.environment_id
    }

    /// The id of the first client; empty if there is none.
    pub fn client_id(&self) -> &str {
        self.shared.data.clients.first().map_or("", Client::client_id)
    }

    /// The secret of the first client; empty if there is none.
    pub fn client_secret(&self) -> &str {
        self.shared.data.clients.first().map_or("", Client::client_secret)
    }

    /// The id of the first user; empty if there is none.
    pub fn user_id(&self) -> &str {
        self.shared.data.users.first().map_or("", |user| user.id())
    }

    /// Time has passed for whoever looks.
    ///
    /// A thread that panicked while it held the state has left it whole: no operation stops half-way.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.settle();
        state
    }

    fn snapshots(&self) -> MutexGuard<'_, BTreeMap<String, State>> {
        self.shared.snapshots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is checked for every resource.
///
/// Rule: ORDER_OF_CHECKS.
fn answer(
    state: &mut State,
    request: &Request,
    environment_id: &str,
    resource: Resource<'_>,
    operation: Option<Operation>,
) -> Result<Answer, Refusal> {
    if request.body().len() > BODY_LIMIT {
        return Err(PlatformError::too_large().into());
    }
    if resource != Resource::Token {
        let token = request.authorization("Bearer", &state.rules).unwrap_or_default();
        // Rule: WORKER_TOKEN_IS_REQUIRED. Rule: TOKEN_OF_OTHER_ENVIRONMENT.
        match state.tokens.kind(token, state.clock.now()) {
            Some(TokenKind::Worker) => {}
            Some(TokenKind::OtherEnvironment) if !state.rules.holds(&rules::TOKEN_OF_OTHER_ENVIRONMENT) => {
                return Err(PlatformError::insufficient_permissions().into());
            }
            _ => return Err(PlatformError::invalid_token().into()),
        }
    }
    if environment_id != state.data.environment_id {
        return Err(match state.rules.holds(&rules::UNKNOWN_ENVIRONMENT_IS_404) {
            true => PlatformError::not_found(),
            false => PlatformError::insufficient_permissions(),
        }
        .into());
    }
    if !request.accepts_hal() && !state.rules.holds(&rules::ACCEPT_IS_IGNORED) {
        return Err(PlatformError::not_acceptable().into());
    }
    let method = request.method();
    match resource {
        Resource::Token => token::answer(state, request),
        Resource::DeviceAuthentications if method != Method::POST => {
            Err(PlatformError::method_not_allowed("POST").into())
        }
        Resource::DeviceAuthentications => {
            let operation = operation.ok_or_else(PlatformError::unsupported_media_type)?;
            Ok(device_authentication::start(state, request, operation)?)
        }
        Resource::DeviceAuthentication(_) if ![Method::GET, Method::POST].contains(method) => {
            Err(PlatformError::method_not_allowed("GET, POST").into())
        }
        Resource::DeviceAuthentication(id) => Ok(device_authentication::act(state, request, id, operation)?),
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("environment_id", &self.environment_id()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_thread_that_panics_does_not_stop_the_service() {
        let service = Service::new(Data::built_in());
        let other = service.clone();
        let panicked = thread::spawn(move || {
            let _state = other.state();
            panic!("while it holds the state");
        });
        assert!(panicked.join().is_err());
        let response = service.handle(http::Request::get("/").body(Bytes::new()).unwrap());
        assert_eq!((response.status().as_u16(), service.journal().len()), (403, 1));
    }

    #[test]
    fn is_shared_between_threads() {
        fn shared<T: Clone + fmt::Debug + Send + Sync + 'static>() {}
        shared::<Service>();
    }
}
