//! A service that knows nothing but this example: tokens on one host, a population on the other.

use std::{
    fmt, io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{Router, extract::Request, http::header, response::IntoResponse};
use pingone_examples::Failure;
use pingone_model::Environment;
use serde_json::json;
use tokio::net::TcpListener;

const ENVIRONMENT: &str = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";

/// The auth host and the API host, each on a port of its own.
pub(crate) struct Stub {
    auth: SocketAddr,
    api: SocketAddr,
    exchanges: Exchanges,
}

type Exchanges = Arc<Mutex<Vec<Exchange>>>;

/// What the API host received and answered.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    pub(crate) address: String,
    pub(crate) has_token: bool,
    pub(crate) answer: String,
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let token = if self.has_token { "with" } else { "without" };
        write!(f, "{} {} {token} a token: {}", self.method, self.address, self.answer)
    }
}

impl Stub {
    pub(crate) async fn start() -> io::Result<Self> {
        let exchanges = Exchanges::default();
        let heard = Arc::clone(&exchanges);
        let token = || async { answer(json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 3600 })) };
        let api = move |request: Request| async move { population(&request, &heard) };
        let (auth, api) = (serve(Router::new().fallback(token)).await?, serve(Router::new().fallback(api)).await?);
        Ok(Self { auth, api, exchanges })
    }

    pub(crate) fn environment(&self) -> Result<Environment, Failure> {
        let [auth, api] = [self.auth, self.api].map(|address| format!("http://{address}"));
        Ok(Environment::at_bases(&auth, &api, ENVIRONMENT)?)
    }

    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn serve(router: Router) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

fn population(request: &Request, exchanges: &Mutex<Vec<Exchange>>) -> impl IntoResponse + use<> {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let id = request.uri().path().rsplit('/').next().unwrap_or_default();
    let mut exchanges = exchanges.lock().unwrap_or_else(PoisonError::into_inner);
    let population = json!({ "id": id, "name": "Customers", "readings": exchanges.len() + 1 });
    exchanges.push(Exchange {
        method: request.method().to_string(),
        address: format!("http://{}{}", header(header::HOST), request.uri()),
        has_token: header(header::AUTHORIZATION) == "Bearer t",
        answer: population.to_string(),
    });
    answer(population)
}

fn answer(json: serde_json::Value) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], json.to_string())
}
