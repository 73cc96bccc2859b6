//! The transport over ureq.

use std::{error::Error, io, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use log::{Level, log_enabled};
use pingone_client_core::{BuildError, Configuration, ProxyServer, ReplyTooLarge, TransportError};
use ureq::{
    Agent, AsSendBody, Body, Timeout,
    http::Method,
    unversioned::{resolver::DefaultResolver, transport::DefaultConnector},
};

use crate::{
    Transport,
    connector::{Marking, NotConnected},
    resolver::ShortMemory,
};

/// Carries requests with ureq: HTTP/1.1, rustls with the platform's trust store, no redirects. It needs no runtime and
/// starts none.
#[derive(Clone, Debug)]
pub struct UreqTransport {
    agent: Agent,
    /// The agent's own, unless the agent was handed in.
    proxy: Option<ProxyServer>,
    max_reply_bytes: usize,
}

/// ureq adds a time limit to a clock's time, and panics if that is beyond what the clock can tell.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

impl UreqTransport {
    /// A transport to the service of `configuration`, and to no less secure address.
    ///
    /// # Errors
    ///
    /// The proxy's address or a variable for it is invalid, or TLS is needed and compiled out.
    pub fn new(configuration: &Configuration) -> Result<Self, BuildError> {
        let agent = Agent::config_builder()
            .https_only(configuration.environment.is_https_only())
            .timeout_connect(Some(configuration.connect_timeout.min(LONGEST)));
        let proxy = configuration.proxy_server()?;
        let server = proxy.as_ref().map(|proxy| ureq::Proxy::new(proxy.address())).transpose();
        let agent = agent.proxy(server.map_err(|error| BuildError::Transport(error.into()))?);
        let agent = crate::tls::configure(agent, configuration)?;
        let connector = Marking(DefaultConnector::new());
        let agent = Agent::with_parts(agent.build(), connector, ShortMemory::new(DefaultResolver::default()));
        Ok(Self { agent, proxy, max_reply_bytes: configuration.max_reply_bytes })
    }

    /// A transport over an agent of your own, with its connections, its TLS, its proxies and its DNS. Of
    /// the configuration, it applies the time limits of calls and `max_reply_bytes`; redirects are not followed however
    /// the agent is configured.
    ///
    /// **You then have to set what our own agent would:**
    ///
    /// - `proxy(None)` for a service on loopback without TLS: a proxy of the environment variables would read the token.
    /// - TLS with the trust store that you want, and a `timeout_connect`.
    /// - A failure to connect that ureq does not report as one, such as an untrusted certificate, counts as maybe sent.
    /// - A caching resolver: ureq's own looks the address up for every request, and starts a thread
    ///   each time.
    #[cfg(feature = "unstable-ureq")]
    #[must_use]
    pub fn with_agent(agent: Agent, configuration: &Configuration) -> Self {
        Self { agent, proxy: None, max_reply_bytes: configuration.max_reply_bytes }
    }

    /// The rules of [`Transport::send`], whatever the agent's settings.
    fn run<B: AsSendBody>(&self, request: Request<B>, timeout: Duration) -> Result<Response<Body>, ureq::Error> {
        let is_direct = self.proxy.as_ref().is_some_and(|proxy| !proxy.is_before(request.uri()));
        let request = self.agent.configure_request(request);
        let request = if is_direct { request.proxy(None) } else { request };
        let request = request.timeout_global(Some(timeout.min(LONGEST)));
        let request = request.http_status_as_error(false).max_redirects(0).max_redirects_will_error(false);
        self.agent.run(request.build())
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        refuse_to_be_overheard(&request)?;
        let response = if request.method() == Method::GET {
            self.run(request.map(|_| ()), timeout)
        } else {
            let (parts, body) = request.into_parts();
            self.run(Request::from_parts(parts, &body[..]), timeout)
        };
        read(response.map_err(failed_to_send)?, self.max_reply_bytes)
    }
}

/// At the level TRACE, ureq writes every byte that it sends or receives to the log, and addresses with their query, in
/// which filters carry names. Nobody who turns that on wants tokens, codes and names in a log.
fn refuse_to_be_overheard(request: &Request<Bytes>) -> Result<(), TransportError> {
    if log_enabled!(target: "ureq_proto::util", Level::Trace) {
        return Err(TransportError::not_sent(
            "the log would show tokens and codes: set the level of the target `ureq_proto` to DEBUG",
        ));
    }
    if request.uri().query().is_some() && log_enabled!(target: "ureq::util", Level::Trace) {
        return Err(TransportError::not_sent(
            "the log would show the query, which may contain names: set the level of the target `ureq` to DEBUG",
        ));
    }
    Ok(())
}

fn read(response: Response<Body>, limit: usize) -> Result<Response<Bytes>, TransportError> {
    let (parts, mut body) = response.into_parts();
    let head = Response::from_parts(parts, ());
    match body.with_config().limit(limit as u64).read_to_vec() {
        Ok(body) => Ok(head.map(|()| body.into())),
        Err(ureq::Error::BodyExceedsLimit(_)) => Err(TransportError::interrupted(head, ReplyTooLarge::new(limit))),
        Err(error) => Err(TransportError::interrupted(head, error)),
    }
}

/// Only a failure to connect proves that nothing was sent. Of an agent that was handed in, some failures to
/// connect look like a reply that was cut off; those count as sent.
fn failed_to_send(error: ureq::Error) -> TransportError {
    let error = match error {
        ureq::Error::Other(error) => match error.downcast::<NotConnected>() {
            Ok(error) => return TransportError::not_sent(error.0),
            Err(error) => return TransportError::maybe_sent(error),
        },
        error => error,
    };
    let not_sent = match &error {
        ureq::Error::Http(_)
        | ureq::Error::BadUri(_)
        | ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::InvalidProxyUrl
        | ureq::Error::ConnectProxyFailed(_)
        | ureq::Error::RequireHttpsOnly(_)
        | ureq::Error::Tls(_)
        | ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => true,
        ureq::Error::Io(error) => error.kind() == io::ErrorKind::ConnectionRefused,
        _ => false,
    };
    // These two show the address with its query, in which filters carry names.
    let error: Box<dyn Error + Send + Sync> = match error {
        ureq::Error::RequireHttpsOnly(_) => {
            "plain http is refused, because the environment's other host is on https".into()
        }
        ureq::Error::BadUri(_) => "ureq rejected the URL".into(),
        error => error.into(),
    };
    if not_sent { TransportError::not_sent(error) } else { TransportError::maybe_sent(error) }
}
