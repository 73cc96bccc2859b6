use std::time::Duration;

use tokio::{runtime::Handle, time::timeout};

/// What `future` brings within `time`.
pub(crate) async fn within<T>(time: Duration, future: impl Future<Output = T>) -> Option<T> {
    if Handle::try_current().is_err() {
        // A transport of one's own may run on another executor, which has no timer of tokio's.
        return Some(future.await);
    }
    timeout(time, future).await.ok()
}
