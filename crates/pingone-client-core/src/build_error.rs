use std::{error::Error, fmt};

use pingone_model::RequestError;

/// Why a client cannot be built. Nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// An argument or an environment variable is wrong; the error names it.
    Argument(RequestError),
    /// The transport could not be set up, for example because of the platform's trust store.
    Transport(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Argument(error) => error.fmt(f),
            Self::Transport(_) => f.write_str("the transport could not be set up"),
        }
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Argument(_) => None,
            Self::Transport(error) => Some(&**error),
        }
    }
}

impl From<RequestError> for BuildError {
    fn from(error: RequestError) -> Self {
        Self::Argument(error)
    }
}
