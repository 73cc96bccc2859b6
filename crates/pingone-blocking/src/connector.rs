//! Tells a failure to connect from all later ones: only before there is a connection is it certain that nothing was sent.

use std::{error, fmt};

use ureq::{
    Error,
    unversioned::transport::{ConnectionDetails, Connector},
};

/// Marks failures until there is a connection, including the proxy's tunnel and TLS.
#[derive(Debug)]
pub(crate) struct Marking<C>(pub(crate) C);

impl<C: Connector> Connector for Marking<C> {
    type Out = C::Out;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<()>) -> Result<Option<Self::Out>, Error> {
        self.0.connect(details, chained).map_err(NotConnected::mark)
    }
}

/// Why there is no connection. ureq's own errors do not say when they happened.
#[derive(Debug)]
pub(crate) struct NotConnected(pub(crate) Error);

impl NotConnected {
    /// Once only: the connection to a proxy is made within that to the service.
    pub(crate) fn mark(error: Error) -> Error {
        match error {
            Error::Other(inner) if inner.is::<Self>() => Error::Other(inner),
            error => Error::Other(Box::new(Self(error))),
        }
    }
}

impl fmt::Display for NotConnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl error::Error for NotConnected {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source()
    }
}
