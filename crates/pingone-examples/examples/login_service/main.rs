//! A log-in page for browsers, with every type of device.
//!
//! `cargo run --example login_service` runs it on the emulator, on whose page you answer pushes and read codes, or, if
//! the `PINGONE_*` variables are set, against what they name. `README.md` beside this file has the other variables,
//! what to replace, and which attacks the page withstands.

mod app;
mod emulated;
mod variables;

use std::{net::SocketAddr, sync::Arc};

use app::{service::Service, site};
use pingone_async::Client;
use pingone_examples::{Failure, Place};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let place = Place::from_env_or(emulated::data()?)?;
    let port = variables::port()?;
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(|error| format!("cannot listen on port {port}: {error}; PORT=0 is any that is free"))?;
    let mut settings = variables::settings(listener.local_addr()?.port())?;
    if place.emulator_page().is_some() {
        settings.policy = Some(emulated::POLICY.into());
    }
    let service = Service {
        client: Client::new(place.configuration.clone())?,
        people: Arc::new(emulated::people(&place)?),
        store: variables::store().await?,
        settings: Arc::new(settings),
        waits: Arc::default(),
    };

    println!("Log in as ada at {}/", service.settings.origin.as_str());
    if let Some(page) = place.emulator_page() {
        println!("The password is {}", emulated::ADA_PASSWORD);
        println!("The phone and the mailbox are at {page}");
    }
    let router = site::router(service).into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, router).await?)
}
