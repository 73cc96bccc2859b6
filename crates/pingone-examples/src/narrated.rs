use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response, header::CONTENT_TYPE};
use pingone_client_core::TransportError;
use pingone_model::{DeviceAuthentication, Document};

/// A transport that says what it carries: method, path, media type, status. No header else, no body, no secret.
#[derive(Debug)]
pub struct Narrated<T>(pub T);

#[async_trait]
impl<T: pingone_async::Transport> pingone_async::Transport for Narrated<T> {
    async fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        narrate_request(&request);
        let response = self.0.send(request, timeout).await;
        narrate_response(&response);
        response
    }
}

impl<T: pingone_blocking::Transport> pingone_blocking::Transport for Narrated<T> {
    fn send(&self, request: Request<Bytes>, timeout: Duration) -> Result<Response<Bytes>, TransportError> {
        narrate_request(&request);
        let response = self.0.send(request, timeout);
        narrate_response(&response);
        response
    }
}

/// Prints method, path and media type.
pub fn narrate_request(request: &Request<Bytes>) {
    println!("  > {} {}", request.method(), request.uri().path());
    if let Some(media_type) = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) {
        println!("    Content-Type: {media_type}");
    }
}

/// Prints the HTTP status, and that of the device authentication if the response has one.
pub fn narrate_response(response: &Result<Response<Bytes>, TransportError>) {
    match response {
        Ok(response) => {
            let authentication = Document::<DeviceAuthentication>::from_json(response.body().clone());
            let status = authentication.map_or_else(|_| String::new(), |reply| format!("  {}", reply.status()));
            println!("  < {}{status}", response.status());
        }
        Err(error) => println!("  < {error}"),
    }
}
