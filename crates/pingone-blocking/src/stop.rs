use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// Ends a wait from another thread, such as a signal handler's.
///
/// ```
/// use std::{thread, time::Duration};
///
/// use pingone_blocking::Stop;
///
/// let stop = Stop::new();
/// let handle = stop.clone();
/// thread::spawn(move || handle.stop());
/// // client.wait_until(&push, within, &stop) ends soon with WaitError::Stopped.
/// # while !stop.is_stopped() { thread::yield_now() }
/// ```
///
/// Clones stop the same wait. One that sleeps notices within 100 ms; a read that is on its way is waited for. The push stays
/// as it is: cancel it with [`Client::change_device`](crate::Client::change_device), or resume the wait.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// How long a stoppable wait sleeps at a time.
    pub(crate) const LATENCY: Duration = Duration::from_millis(100);

    /// A handle that has not stopped anything yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the wait.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether the wait was told to end.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
