//! Says on stderr that it waits, and for how long still.

use std::{
    io::{self, IsTerminal},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// A line that counts down on a terminal, and stands still anywhere else. It ends when it is dropped.
pub(crate) struct Progress {
    done: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    pub(crate) fn start(within: Duration) -> Self {
        if !io::stderr().is_terminal() {
            eprintln!("Waiting for the answer, {} s at most …", within.as_secs());
            return Self { done: None, thread: None };
        }
        let (done, is_done) = mpsc::channel();
        let end = Instant::now() + within;
        Self { done: Some(done), thread: Some(thread::spawn(move || count_down(end, &is_done))) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn count_down(end: Instant, is_done: &Receiver<()>) {
    loop {
        let left = end.saturating_duration_since(Instant::now()).as_secs();
        let line = format!("Waiting for the answer, {left} s at most … (Ctrl-C cancels the push) ");
        eprint!("\r{line}");
        if is_done.recv_timeout(Duration::from_secs(1)) != Err(RecvTimeoutError::Timeout) {
            eprint!("\r{}\r", " ".repeat(line.len()));
            return;
        }
    }
}
