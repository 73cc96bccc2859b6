//! The service without I/O: a request goes in, a response comes out.

mod control;
mod cors;
mod levers;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use http::{HeaderValue, Method};

use crate::{
    answer::{Answer, CORRELATION_ID},
    data::Data,
    error::{self, PlatformError, Refusal},
    exchange::{Delivery, Exchange},
    fault,
    journal::{JournalEntry, Trouble},
    operation::Operation,
    page,
    request::Request,
    resource::{
        Conditions, Context, Environment, TABLES, Warnings,
        route::{self, Asked, Found, Route},
        token::{self, Client, TokenKind},
    },
    rules,
    state::State,
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
        let path: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        if let Some(path) = control::path(&path) {
            let response =
                page::answer(&request, path).unwrap_or_else(|| control::answer(self, &request, path).into_response());
            return Exchange { response, delivery: Delivery::Whole };
        }
        let mut state = self.state();
        let has_custom_domain = request.is_for(&self.shared.data.custom_domains);
        let media_type = request.media_type(&state.rules);
        let asked = Asked {
            method: request.method(),
            path: &path,
            media_type: media_type.as_deref(),
            body: request.body(),
            has_custom_domain,
        };
        let Some(found) = route::find(TABLES, &asked) else {
            let (response, body) = error::gateway().into_parts();
            let entry = JournalEntry::new(&request, state.clock.now(), response.status());
            state.record(entry.told(Trouble::of(&body), Vec::new()));
            return Exchange { response, delivery: Delivery::Whole };
        };
        let operation = found.route.map(Operation::of);
        let correlation_id = state.correlation_ids.id();
        let now = state.clock.now();
        let fault = state.faults.strike(operation);
        let spoilt = fault.as_ref().and_then(|fault| fault::instead_of_effect(fault, &request, &correlation_id, now));
        let spoilt = spoilt.map(|(response, delivery)| {
            let body = serde_json::from_slice(response.body()).unwrap_or_default();
            (response, delivery, Trouble::of(&body))
        });
        let mut warnings = Vec::new();
        let (mut response, delivery, trouble) = spoilt.unwrap_or_else(|| {
            let environment = Environment { id: self.environment_id(), has_custom_domain };
            let told = Warnings::default();
            let answer = answer(&mut state, &request, &found, environment, &told);
            warnings = told.into_inner();
            let (response, body) = answer.unwrap_or_else(|refusal| refusal.into_answer(&correlation_id)).into_parts();
            let trouble = Trouble::of(&body);
            let (response, delivery) = match &fault {
                Some(fault) => fault::after_effect(&fault.kind, response),
                None => (response, Delivery::Whole),
            };
            (response, delivery, trouble)
        });
        cors::allow_every_origin(response.headers_mut(), &found);
        // Rule: CORRELATION_ID.
        if let Ok(value) = HeaderValue::from_str(&correlation_id) {
            response.headers_mut().insert(CORRELATION_ID, value);
        }
        let name = fault.as_ref().map(|fault| fault.kind.name());
        let entry = JournalEntry::new(&request, now, response.status()).of(operation, name);
        state.record(entry.told(trouble, warnings));
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
    found: &Found<'_>,
    environment: Environment<'_>,
    warnings: &Warnings,
) -> Result<Answer, Refusal> {
    if request.body().len() > BODY_LIMIT {
        return Err(PlatformError::too_large().into());
    }
    let (stores, conditions) = state.parts();
    if request.method() == Method::OPTIONS {
        return Ok(cors::preflight(conditions));
    }
    let token = request.authorization("Bearer", conditions.rules).unwrap_or_default();
    let token = stores.tokens.kind(token, conditions.now);
    // Before the token: what is missing here is no fault of the client's.
    if let Some(Route { act: None, name, .. }) = found.route {
        return Err(PlatformError::not_here(name).into());
    }
    if found.place.needs_token {
        check_token(token, conditions)?;
    }
    if found.environment_id.is_some_and(|id| id != environment.id) {
        return Err(match conditions.holds(&rules::UNKNOWN_ENVIRONMENT_IS_404) {
            true => PlatformError::not_found(),
            false => PlatformError::insufficient_permissions(),
        }
        .into());
    }
    if !request.accepts_hal() && !conditions.holds(&rules::ACCEPT_IS_IGNORED) {
        return Err(PlatformError::not_acceptable().into());
    }
    if !found.has_method(request.method()) {
        return Err(PlatformError::method_not_allowed(found.methods()).into());
    }
    found.check_existence(stores, conditions)?;
    let route = found.route.ok_or_else(PlatformError::unsupported_media_type)?;
    let act = route.act.ok_or_else(|| PlatformError::not_here(route.name))?;
    let (parameters, members) = (found.parameters, route.members);
    let is_user = token == Some(TokenKind::User);
    let context = Context { request, parameters, environment, conditions, is_user, members, warnings };
    act(stores, &context)
}

/// Rule: WORKER_TOKEN_IS_REQUIRED. Rule: TOKEN_OF_OTHER_ENVIRONMENT.
fn check_token(kind: Option<TokenKind>, conditions: Conditions<'_>) -> Result<(), PlatformError> {
    match kind {
        Some(TokenKind::Worker) => Ok(()),
        Some(TokenKind::User) if !conditions.holds(&token::rules::WORKER_TOKEN_IS_REQUIRED) => Ok(()),
        Some(TokenKind::OtherEnvironment) if !conditions.holds(&token::rules::TOKEN_OF_OTHER_ENVIRONMENT) => {
            Err(PlatformError::insufficient_permissions())
        }
        _ => Err(PlatformError::invalid_token()),
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

    /// By how much this makes the number of authentications grow that were looked at.
    fn looks(service: &Service, what: impl FnOnce()) -> usize {
        let count = || {
            let state = service.shared.state.lock().unwrap();
            state.stores.device_authentications.looks()
        };
        let before = count();
        what();
        count() - before
    }

    #[test]
    fn settling_looks_at_nothing_that_is_not_due() {
        let service = Service::new(Data::built_in());
        service.freeze();
        let bearer = format!("Bearer {}", service.issue_token(TokenKind::Worker));
        let ask = |request: http::request::Builder, body: String| {
            let request = request.header("authorization", &bearer).header("content-type", "application/json");
            service.handle(request.body(Bytes::from(body)).unwrap())
        };
        let all = format!("/{}/deviceAuthentications", service.environment_id());
        let user = format!(r#"{{"user":{{"id":"{}"}}}}"#, service.user_id());
        let begin = || assert_eq!(ask(http::Request::post(&all), user.clone()).status(), 201);
        begin();
        let first = looks(&service, begin);
        (0..1000).for_each(|_| begin());
        assert_eq!(looks(&service, begin), first, "a thousand that wait are no work");
        assert_eq!(looks(&service, || drop(service.state())), 0);

        service.advance(std::time::Duration::from_secs(39));
        begin();
        assert_eq!(looks(&service, || drop(service.state())), 0);
        service.shared.state.lock().unwrap().clock.advance(std::time::Duration::from_secs(1));
        let due = looks(&service, || drop(service.state()));
        assert!((1003..=3 * 1003).contains(&due), "each that is due, and a few times at most: {due}");
        assert_eq!(service.pending_pushes().len(), 1);
    }

    #[test]
    fn is_shared_between_threads() {
        fn shared<T: Clone + fmt::Debug + Send + Sync + 'static>() {}
        shared::<Service>();
    }
}
