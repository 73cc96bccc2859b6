//! What is checked, and how it is asked.

use std::{error::Error, fmt};

use http::{Request, Response};
use serde_json::Value;

use crate::{Tenant, reply::Reply};

/// What came back, or why nothing did.
pub type Carried = Result<Response<Vec<u8>>, Box<dyn Error>>;

/// What is checked: a function from a request to a response, and who is asked.
pub struct Target<'a> {
    carry: Box<dyn Fn(Request<Vec<u8>>) -> Carried + 'a>,
    pub(crate) who: Who,
}

pub(crate) enum Who {
    /// An emulator at this `auth_url`. Its control paths say the rest.
    Emulator(String),
    /// A tenant, or whatever else has no control paths.
    Tenant(Tenant),
}

impl<'a> Target<'a> {
    /// The emulator at this `auth_url`.
    pub fn emulator(auth_url: impl Into<String>, carry: impl Fn(Request<Vec<u8>>) -> Carried + 'a) -> Self {
        let who = Who::Emulator(auth_url.into().trim_end_matches('/').to_owned());
        Self { carry: Box::new(carry), who }
    }

    /// A tenant, or whatever else has no control paths.
    pub fn tenant(tenant: Tenant, carry: impl Fn(Request<Vec<u8>>) -> Carried + 'a) -> Self {
        Self { carry: Box::new(carry), who: Who::Tenant(tenant) }
    }

    pub(crate) fn send(&self, request: Request<Vec<u8>>) -> Result<Reply, Box<dyn Error>> {
        let (head, body) = (self.carry)(request)?.into_parts();
        // What is not JSON has nothing to say, and differs from every expectation of a body.
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Ok(Reply { status: head.status.as_u16(), headers: head.headers, body })
    }
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who: &dyn fmt::Debug = match &self.who {
            Who::Emulator(auth_url) => auth_url,
            Who::Tenant(tenant) => tenant,
        };
        f.debug_tuple("Target").field(who).finish()
    }
}
