use std::time::Duration;

use tokio::{runtime::Handle, time::timeout};

/// What `future` returns within `time`.
pub(crate) async fn within<T>(time: Duration, future: impl Future<Output = T>) -> Option<T> {
    if Handle::try_current().is_err() {
        // A custom transport may run on another executor, without tokio's timer.
        return Some(future.await);
    }
    timeout(time, future).await.ok()
}
