use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep, sleep},
};

/// A connection, with or without TLS.
pub(super) trait Carrier: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Carrier for T {}

/// A connection that the handlers of its requests can cut, and that is closed when idle.
pub(super) struct Connection {
    stream: TcpStream,
    line: Line,
    idle_timeout: Duration,
    /// When the head of the next request has to have arrived, and the last reply has to have been read.
    deadline: Pin<Box<Sleep>>,
}

/// What the connection and its replies share.
#[derive(Clone, Debug, Default)]
pub(super) struct Line(Arc<Ends>);

#[derive(Debug, Default)]
struct Ends {
    is_cut: AtomicBool,
    is_busy: AtomicBool,
}

/// As long as this is there, the connection waits for its answer.
pub(super) struct Busy(Line);

impl Line {
    /// Writes nothing more; the client sees a reset.
    pub(super) fn cut(&self) {
        self.0.is_cut.store(true, Ordering::Relaxed);
    }

    pub(super) fn busy(&self) -> Busy {
        self.0.is_busy.store(true, Ordering::Relaxed);
        Busy(self.clone())
    }

    fn is_busy(&self) -> bool {
        self.0.is_busy.load(Ordering::Relaxed)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.0.is_busy.store(false, Ordering::Relaxed);
    }
}

impl Connection {
    pub(super) fn new(stream: TcpStream, line: Line, idle_timeout: Duration) -> Self {
        Self { stream, line, idle_timeout, deadline: Box::pin(sleep(idle_timeout)) }
    }

    fn check(&self) -> io::Result<()> {
        if !self.line.0.is_cut.load(Ordering::Relaxed) {
            return Ok(());
        }
        // So that the connection is reset instead of closed. Where that is impossible, it is still closed.
        let _ = self.stream.set_zero_linger();
        Err(io::ErrorKind::ConnectionReset.into())
    }

    fn begin_to_wait(&mut self) {
        let deadline = Instant::now() + self.idle_timeout;
        self.deadline.as_mut().reset(deadline);
    }

    /// Waits no longer than allowed, even if bytes keep trickling in.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        loop {
            if self.line.is_busy() {
                self.begin_to_wait();
            }
            match self.deadline.as_mut().poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(()) if self.line.is_busy() => {}
                Poll::Ready(()) => return Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            }
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => self.wait(context),
            ready => ready,
        }
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        match Pin::new(&mut self.stream).poll_write(context, bytes) {
            Poll::Pending => self.wait(context),
            written => {
                self.begin_to_wait();
                written
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
