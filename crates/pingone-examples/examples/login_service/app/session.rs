//! A logged-in user. Replace it with your sessions.

use std::time::Duration;

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

use super::{
    cookie::now,
    people::Who,
    service::{Service, to_page},
    visit::{Visit, VisitId},
};

/// How long a confirmation counts.
const FRESH: Duration = Duration::from_secs(5 * 60);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: VisitId,
    pub(crate) who: Who,
    pub(crate) by: By,
    /// When it began, in seconds since 1970.
    began: u64,
}

/// What the user logged in with, in addition to the first factor. A passkey may do without that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum By {
    /// One of their devices.
    Device,
    /// A remembered browser.
    Browser,
    /// An administrator lets the user in without a device for a while.
    Bypass,
    /// Nothing else. The user has no device yet and may enrol one, but is not logged in.
    FirstFactor,
}

impl Session {
    /// `None` if the system's random number generator fails.
    pub(crate) fn new(who: Who, by: By) -> Option<Self> {
        Some(Self { id: VisitId::random()?, who, by, began: now().as_secs() })
    }

    /// Whether the user has just confirmed it with a device.
    pub(crate) fn is_confirmed(&self) -> bool {
        self.by == By::Device && self.is_fresh()
    }

    /// Whether it began within the last few minutes.
    pub(crate) fn is_fresh(&self) -> bool {
        now().as_secs() < self.began.saturating_add(FRESH.as_secs())
    }
}

/// A logged-in user, not one who is about to enrol a first device.
pub(crate) struct Member(pub(crate) Session);

impl FromRequestParts<Service> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Response> {
        let session = Session::from_request_parts(parts, service).await?;
        match session.by {
            By::FirstFactor => Err(Redirect::to("/account/add").into_response()),
            _ => Ok(Self(session)),
        }
    }
}

impl FromRequestParts<Service> for Session {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Response> {
        match service.visit(&parts.headers).await? {
            Some(Visit::Session(session)) => Ok(session),
            _ => Err(to_page()),
        }
    }
}
