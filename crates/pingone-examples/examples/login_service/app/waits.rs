//! One cookie holds one wait: however many tabs ask, PingOne is asked in one rhythm.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// The waits of this replica, by what the cookie says of them. A wait belongs to one request at a time; the next one goes
/// on with it when that has ended or its browser has gone away.
#[derive(Default)]
pub(crate) struct Waits(Mutex<HashMap<String, Weak<AsyncMutex<Wait>>>>);

/// A wait, in the hands of the one request whose turn it is.
#[derive(Default)]
pub(crate) struct Wait {
    is_over: bool,
}

impl Wait {
    /// Whether the push was answered, or has ended otherwise, while somebody else had the turn.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    pub(crate) fn end(&mut self) {
        self.is_over = true;
    }
}

impl Waits {
    /// Comes back once it is this request's turn to ask PingOne.
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
