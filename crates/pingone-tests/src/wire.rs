use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use pingone_transport_kit::{Server, Then, reply};

/// What the token endpoint of a [`Wire`] answers; nobody may ever see it.
const TOKEN: &str = r#"{"access_token":"canary","token_type":"Bearer","expires_in":3600}"#;

/// A server that gives out a token, and answers any other request with bytes of your choice: HTTP or not, whole or not.
#[derive(Debug)]
pub struct Wire {
    server: Server,
    requests: Arc<AtomicUsize>,
}

impl Wire {
    /// A server that answers each request but those for a token with `answer`, and closes the connection after
    /// `linger`.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub fn start(answer: impl Into<Vec<u8>>, linger: Duration) -> io::Result<Self> {
        Self::sequence([answer.into()], linger)
    }

    /// The same with an answer for each request; the last one is for all further ones.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub fn sequence(answers: impl Into<Vec<Vec<u8>>>, linger: Duration) -> io::Result<Self> {
        let requests = Arc::new(AtomicUsize::new(0));
        let (answers, count) = (answers.into(), Arc::clone(&requests));
        let server = Server::start(move |_, request, stream| {
            if request.line.contains("/as/token ") {
                stream.write_all(&reply(200, "application/json", TOKEN))?;
                return Ok(Then::Close);
            }
            let number = count.fetch_add(1, Ordering::AcqRel);
            if let Some(answer) = answers.get(number).or(answers.last()) {
                stream.write_all(answer)?;
            }
            thread::sleep(linger);
            Ok(Then::Close)
        })?;
        Ok(Self { server, requests })
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// How many requests came, without those for a token.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Acquire)
    }
}
