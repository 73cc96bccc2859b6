//! Somebody who is logged in. A session of yours takes its place.

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

/// How long it counts that somebody has confirmed that it is them.
const FRESH: Duration = Duration::from_secs(5 * 60);

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: VisitId,
    pub(crate) who: Who,
    pub(crate) by: By,
    /// When it began, in seconds since 1970.
    began: u64,
}

/// By what somebody is logged in, after the first factor or, with a passkey, without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum By {
    /// One of their devices.
    Device,
    /// The browser, which is remembered.
    Browser,
    /// An administrator, who lets them in without a device for a while.
    Bypass,
    /// Nothing more: they have no device yet, and may enrol one. They are not logged in.
    FirstFactor,
}

impl Session {
    /// `None` if the system has no randomness to give.
    pub(crate) fn new(who: Who, by: By) -> Option<Self> {
        Some(Self { id: VisitId::random()?, who, by, began: now().as_secs() })
    }

    /// Whether it began within the last few minutes, with the first factor or a device.
    pub(crate) fn is_fresh(&self) -> bool {
        now().as_secs() < self.began.saturating_add(FRESH.as_secs())
    }
}

/// Somebody who is logged in, and not only on the way to a first device.
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
