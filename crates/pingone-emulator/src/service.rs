//! The service without I/O: a request goes in, a response comes out.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;

use crate::{
    answer::{Answer, CORRELATION_ID},
    control,
    data::{Client, Data},
    device_authentication::{self, NoPendingPush, PendingPush, PushAnswer},
    error::{self, PlatformError, Refusal},
    journal::JournalEntry,
    outbox::SentCode,
    request::Request,
    route::{Resource, Route},
    state::State,
    token,
};

/// The longest body that the service reads.
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
}

impl Service {
    /// A service that knows `data` and has not been asked anything yet.
    pub fn new(data: Data) -> Self {
        Self { shared: Arc::new(Shared { data, state: Mutex::new(State::new()) }) }
    }

    /// Answers a request to the service or to the control paths.
    ///
    /// Only the path of the address leads anywhere. Links in the answer name the host that the address names, or the
    /// header `Host` if it names none.
    pub fn handle(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        let request = Request::new(request);
        let path = request.path();
        let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        let mut state = self.state();
        let answer = match Route::of(&segments) {
            Route::Control(path) => return control::answer(&mut state, &request, path).into_response(),
            Route::Nowhere => error::gateway(),
            Route::Environment(environment_id, resource) => {
                let correlation_id = state.correlation_ids.id();
                self.answer(&mut state, &request, environment_id, resource)
                    .unwrap_or_else(|refusal| refusal.into_answer(&correlation_id))
                    .header(CORRELATION_ID, &correlation_id)
            }
        };
        let response = answer.into_response();
        state.journal.push(JournalEntry::new(&request, response.status()));
        response
    }

    /// What is checked for every resource.
    ///
    /// Rule (assumed): the order of the checks: path, size, token, environment, method, media type, body, status.
    fn answer(
        &self,
        state: &mut State,
        request: &Request,
        environment_id: &str,
        resource: Resource<'_>,
    ) -> Result<Answer, Refusal> {
        let data = &self.shared.data;
        if request.body().len() > BODY_LIMIT {
            return Err(PlatformError::too_large().into());
        }
        if resource != Resource::Token {
            let token = request.authorization("Bearer").unwrap_or_default();
            if !state.tokens.accepts(token, state.clock.now()) {
                return Err(PlatformError::invalid_token().into());
            }
        }
        // Rule (assumed): an environment that does not exist is a resource that does not.
        if environment_id != data.environment_id {
            return Err(PlatformError::not_found().into());
        }
        match resource {
            Resource::Token => token::answer(data, state, request),
            Resource::DeviceAuthentications => Ok(device_authentication::collection(data, state, request)?),
            Resource::DeviceAuthentication(id) => Ok(device_authentication::one(data, state, request, id)?),
        }
    }

    /// Every request that was answered, in order; those to the control paths are left out.
    pub fn journal(&self) -> Vec<JournalEntry> {
        self.state().journal.clone()
    }

    /// Every code that was sent, in order.
    pub fn codes(&self) -> Vec<SentCode> {
        self.state().factors.outbox.sent().to_vec()
    }

    /// From now on, every code that is sent is `code`.
    pub fn fix_code(&self, code: impl Into<String>) {
        self.state().factors.outbox.fix(code.into());
    }

    /// The pushes that wait for an answer.
    pub fn pending_pushes(&self) -> Vec<PendingPush> {
        device_authentication::pending_pushes(&self.state())
    }

    /// The user approves the push: the authentication is `COMPLETED`.
    ///
    /// # Errors
    ///
    /// When no push is pending, because it was answered or cancelled. Nothing changes then.
    pub fn approve_push(&self, device_authentication_id: &str) -> Result<(), NoPendingPush> {
        device_authentication::answer_push(&mut self.state(), device_authentication_id, PushAnswer::Approve)
    }

    /// The user denies the push: the authentication is `FAILED`.
    ///
    /// # Errors
    ///
    /// When no push is pending, because it was answered or cancelled. Nothing changes then.
    pub fn deny_push(&self, device_authentication_id: &str) -> Result<(), NoPendingPush> {
        device_authentication::answer_push(&mut self.state(), device_authentication_id, PushAnswer::Deny)
    }

    /// From now on, no token that was issued is accepted.
    pub fn revoke_tokens(&self) {
        self.state().tokens.revoke_all();
    }

    /// Lets time pass for the service, such as the hour after which a token expires.
    pub fn advance(&self, duration: Duration) {
        self.state().clock.advance(duration);
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

    /// A thread that panicked while it held the state has left it whole: no operation stops half-way.
    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
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
