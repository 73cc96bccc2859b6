//! One wait per cookie: however many tabs are open, PingOne is polled at the rate of one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// The waits of this replica, by what identifies them in the cookie. A wait belongs to one request at a time; when that
/// request ends, or its browser disconnects, the next one continues it.
#[derive(Default)]
pub(crate) struct Waits(Mutex<HashMap<String, Weak<AsyncMutex<Wait>>>>);

/// A wait, held by the request whose turn it is.
#[derive(Default)]
pub(crate) struct Wait {
    is_over: bool,
}

impl Wait {
    /// Whether the wait ended during somebody else's turn.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    pub(crate) fn end(&mut self) {
        self.is_over = true;
    }
}

impl Waits {
    /// Returns when it is this request's turn to ask PingOne.
    pub(crate) async fn turn(&self, wait: &str) -> OwnedMutexGuard<Wait> {
        self.of(wait).lock_owned().await
    }

    fn of(&self, wait: &str) -> Arc<AsyncMutex<Wait>> {
        let mut waits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = waits.get(wait).and_then(Weak::upgrade) {
            return turn;
        }
        waits.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        waits.insert(wait.to_owned(), Arc::downgrade(&turn));
        turn
    }
}
