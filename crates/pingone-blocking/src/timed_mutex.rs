use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{Mutex, MutexGuard, PoisonError, TryLockError},
    time::Duration,
};

use crate::semaphore::{Permit, Semaphore};

/// A fair mutex with a timeout.
pub(crate) struct TimedMutex<T> {
    turn: Semaphore,
    value: Mutex<T>,
}

/// The lock, until it is dropped.
#[derive(Debug)]
pub(crate) struct TimedGuard<'a, T> {
    // Dropped first, so that the next one finds it free.
    value: MutexGuard<'a, T>,
    _turn: Permit<'a>,
}

impl<T> TimedMutex<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { turn: Semaphore::new(Some(1)), value: Mutex::new(value) }
    }

    /// The lock; `None` if it is not free within this time.
    pub(crate) fn lock(&self, within: Duration) -> Option<TimedGuard<'_, T>> {
        let turn = self.turn.acquire(within)?;
        // It is free, because it is our turn. No method of the content can panic half-way, so its state is consistent.
        let value = self.value.lock().unwrap_or_else(PoisonError::into_inner);
        Some(TimedGuard { value, _turn: turn })
    }
}

impl<T> Deref for TimedGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for TimedGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for TimedMutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value.try_lock() {
            Ok(value) => value.fmt(f),
            Err(TryLockError::Poisoned(value)) => value.into_inner().fmt(f),
            Err(TryLockError::WouldBlock) => f.write_str("TimedMutex(locked)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waiter_that_runs_out_of_time_gets_nothing() {
        let mutex = TimedMutex::new(1);
        let guard = mutex.lock(Duration::ZERO).unwrap();
        assert!(mutex.lock(Duration::from_millis(10)).is_none());
        drop(guard);
        *mutex.lock(Duration::MAX).unwrap() += 1;
        assert_eq!(*mutex.lock(Duration::ZERO).unwrap(), 2);
    }

    #[test]
    fn a_panic_under_the_lock_locks_nobody_out() {
        let mutex = TimedMutex::new(1);
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _guard = mutex.lock(Duration::ZERO);
            panic!("in the midst");
        }));
        assert!(panicked.is_err() && mutex.lock(Duration::ZERO).is_some());
    }
}
