use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use pingone_async::DeviceId;

use super::{address::Address, cookie::LAST_DEVICE, service::Service};

/// What a request brings besides its log-in.
pub(crate) struct Visitor {
    pub(crate) address: Address,
    /// The device this browser last logged in with; it is listed first.
    pub(crate) last_device: Option<DeviceId>,
}

impl FromRequestParts<Service> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Infallible> {
        let last_device = service.cookie(LAST_DEVICE, &parts.headers).unwrap_or(None);
        Ok(Self { address: Address::from_request_parts(parts, service).await?, last_device })
    }
}
