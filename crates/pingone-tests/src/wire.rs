use std::{
    io::{self, Write},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use pingone_transport_kit::{Received, Server, Then, reply};

/// What the token endpoint of a [`Wire`] answers; nobody may ever see it.
const TOKEN: &str = r#"{"access_token":"canary","token_type":"Bearer","expires_in":3600}"#;

/// A server that gives out a token, and answers any other request as you choose: HTTP or not, whole or not.
#[derive(Debug)]
pub struct Wire {
    server: Server,
}

/// What a [`Wire`] answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// These bytes, and then the end of the connection.
    Bytes(Vec<u8>),
    /// A reset, once the request has come.
    Reset,
}

impl From<Vec<u8>> for Answer {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
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
    pub fn sequence(answers: impl IntoIterator<Item = impl Into<Answer>>, linger: Duration) -> io::Result<Self> {
        let answers: Vec<Answer> = answers.into_iter().map(Into::into).collect();
        let (token, others) = (reply(200, "application/json", TOKEN), AtomicUsize::new(0));
        let server = Server::start(move |_, request, stream| {
            if is_for_token(request) {
                stream.write_all(&token)?;
                return Ok(Then::Close);
            }
            let number = others.fetch_add(1, Ordering::Relaxed);
            let Some(answer) = answers.get(number).or(answers.last()) else { return Ok(Then::Close) };
            let then = answer.write(stream)?;
            thread::sleep(linger);
            Ok(then)
        });
        Ok(Self { server: server? })
    }

    /// A server that answers each request with `answer`, those for a token too.
    ///
    /// # Errors
    ///
    /// No port is free.
    pub fn without_tokens(answer: impl Into<Answer>) -> io::Result<Self> {
        let answer = answer.into();
        Ok(Self { server: Server::start(move |_, _, stream| answer.write(stream))? })
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// How many requests came, without those for a token.
    #[must_use]
    pub fn requests(&self) -> usize {
        self.received().len()
    }

    /// The requests that came, without those for a token.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        let mut received = self.server.received();
        received.retain(|request| !is_for_token(request));
        received
    }

    /// How many requests for a token came.
    #[must_use]
    pub fn token_requests(&self) -> usize {
        self.server.received().len() - self.requests()
    }
}

impl Answer {
    fn write(&self, stream: &mut impl Write) -> io::Result<Then> {
        let Self::Bytes(bytes) = self else { return Ok(Then::Reset) };
        stream.write_all(bytes)?;
        stream.flush()?;
        Ok(Then::Close)
    }
}

fn is_for_token(request: &Received) -> bool {
    request.line.contains("/as/token ")
}
