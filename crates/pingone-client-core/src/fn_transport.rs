use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use crate::{Now, TransportError};

/// A function from request to response as a transport, for tests without a socket.
///
/// It has a clock of its own that only waiting moves: a test of a minute's wait takes no time. The clock begins at the real
/// time of day, or where it is [told to](Self::starting_at). Clones share function and clock. No time limit of a request
/// applies, because a reply takes no time.
///
/// The front pages of `pingone-async` and `pingone-blocking` have an example.
#[derive(Clone)]
pub struct FnTransport {
    carry: Arc<Carry>,
    waited: Arc<Waited>,
    clock: Arc<Mutex<Clock>>,
}

type Carry = dyn Fn(Request<Bytes>) -> Result<Response<Bytes>, TransportError> + Send + Sync;
type Waited = dyn Fn(Duration) + Send + Sync;

#[derive(Default)]
struct Clock {
    elapsed: Duration,
    /// The time of day at which the clock began.
    started: Option<SystemTime>,
}

impl FnTransport {
    /// Answers each request with the function, such as `Service::handle` of the emulator.
    #[must_use]
    pub fn new(answer: impl Fn(Request<Bytes>) -> Response<Bytes> + Send + Sync + 'static) -> Self {
        Self::fallible(move |request| Ok(answer(request)))
    }

    /// The same with a function that can fail, for what happens on the way to the service.
    #[must_use]
    pub fn fallible(
        answer: impl Fn(Request<Bytes>) -> Result<Response<Bytes>, TransportError> + Send + Sync + 'static,
    ) -> Self {
        Self { carry: Arc::new(answer), waited: Arc::new(drop), clock: Arc::default() }
    }

    /// Returns these replies, each a status and a JSON text, one after the other. When none is left, requests are not
    /// sent.
    ///
    /// An invalid status becomes 500.
    #[must_use]
    pub fn replies<B: Into<Bytes>>(replies: impl IntoIterator<Item = (u16, B)>) -> Self {
        let replies: VecDeque<_> = replies.into_iter().map(|(status, body)| (status, body.into())).collect();
        let replies = Mutex::new(replies);
        Self::fallible(move |_| {
            let next = replies.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let (status, body) = next.ok_or_else(|| TransportError::not_sent("no replies are left"))?;
            let mut response = Response::new(body);
            *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            Ok(response)
        })
    }

    /// Begins the clock at this time of day: for a [wait](crate::Wait) that a test makes by hand or reads from text, whose
    /// deadline has to fit the clock.
    #[must_use]
    pub fn starting_at(self, time: SystemTime) -> Self {
        self.clock().started = Some(time);
        self
    }

    /// Calls this whenever time passes here, to have it pass elsewhere: `Service::advance` of the emulator.
    #[must_use]
    pub fn when_waiting(mut self, waited: impl Fn(Duration) + Send + Sync + 'static) -> Self {
        self.waited = Arc::new(waited);
        self
    }

    /// How much time has passed here, by waiting.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.clock().elapsed
    }

    /// For drivers: the reply to a request.
    ///
    /// # Errors
    ///
    /// The function's error.
    pub fn carry(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        (self.carry)(request)
    }

    /// For drivers: lets time pass.
    pub fn wait(&self, time: Duration) {
        {
            let mut clock = self.clock();
            clock.elapsed = clock.elapsed.saturating_add(time);
        }
        (self.waited)(time);
    }

    /// For drivers: the time here. `wall` is the real time of day; it counts once, if the clock was not told where to begin.
    #[must_use]
    pub fn now(&self, wall: SystemTime) -> Now {
        let mut clock = self.clock();
        let started = *clock.started.get_or_insert(wall);
        Now::new(clock.elapsed, started.checked_add(clock.elapsed).unwrap_or(started))
    }

    fn clock(&self) -> MutexGuard<'_, Clock> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows how much time has passed.
impl fmt::Debug for FnTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FnTransport").field("elapsed", &self.elapsed()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(transport: &FnTransport) -> Option<u16> {
        transport.carry(Request::new(Bytes::new())).ok().map(|response| response.status().as_u16())
    }

    #[test]
    fn replies_come_in_their_order_and_then_none() {
        let transport = FnTransport::replies([(201, "{}"), (7, "")]);
        assert_eq!([status(&transport), status(&transport.clone()), status(&transport)], [Some(201), Some(500), None]);
        let error = transport.carry(Request::new(Bytes::new())).unwrap_err();
        assert!(!error.maybe_reached(), "{error:?}");
    }

    #[test]
    fn the_clock_begins_where_it_is_told_to() {
        let (start, minute) = (SystemTime::UNIX_EPOCH + Duration::from_secs(1_764_100_000), Duration::from_secs(60));
        let transport = FnTransport::new(|_| Response::new(Bytes::new())).starting_at(start);
        assert_eq!(transport.now(SystemTime::UNIX_EPOCH), Now::new(Duration::ZERO, start));
        transport.wait(minute);
        assert_eq!(transport.now(SystemTime::UNIX_EPOCH), Now::new(minute, start + minute));
    }

    #[test]
    fn time_passes_by_waiting_alone_and_for_all_clones() {
        let passed = Arc::new(Mutex::new(Duration::ZERO));
        let elsewhere = Arc::clone(&passed);
        let transport = FnTransport::new(|_| Response::new(Bytes::new())).when_waiting(move |time| {
            let mut passed = elsewhere.lock().unwrap();
            *passed = passed.saturating_add(time);
        });
        let minute = Duration::from_secs(60);
        let begun = transport.now(SystemTime::UNIX_EPOCH + minute);
        transport.clone().wait(minute);
        let now = transport.now(SystemTime::UNIX_EPOCH);
        assert_eq!((now.monotonic - begun.monotonic, now.wall), (minute, SystemTime::UNIX_EPOCH + minute * 2));
        assert_eq!((transport.elapsed(), *passed.lock().unwrap()), (minute, minute));
        transport.wait(Duration::MAX);
        assert_eq!(transport.now(SystemTime::UNIX_EPOCH).monotonic, Duration::MAX);
    }
}
