//! A log-in back end: a push, and a code if the user changes device. Open it in a browser.
//!
//! `cargo run --example login_service` runs it on the emulator, on whose page the push is answered and the code is read;
//! with the `PINGONE_*` variables set, on what they name. `PORT` is where it listens, 8080 if nothing is said.
//!
//! It keeps nothing: what is needed to go on travels in the browser's cookie, signed, and PingOne has the rest. So any
//! number of replicas with one `LOGIN_KEY` (32 characters or more) may stand behind a load balancer, and any of them
//! goes on where another began.
//!
//! `site.rs` says what is where, `steps.rs` what a person can do, `service.rs` how it goes on; `state.rs` is the cookie,
//! `pages.rs` what is seen.

mod notice;
mod pages;
mod service;
mod site;
mod state;
mod steps;

use std::{collections::BTreeMap, env, sync::Arc, time::Duration};

use pingone_async::Client;
use pingone_examples::{Failure, Place};
use service::Service;
use state::Key;
use tokio::net::TcpListener;

/// Who logs in, as they write it. A service of yours looks that up.
const NAME: &str = "ada";

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let place = Place::from_env()?;
    let service = Service {
        client: Client::new(place.configuration.clone())?,
        users: Arc::new(BTreeMap::from([(NAME.to_owned(), place.user.clone())])),
        key: Arc::new(key()?),
        hold: Duration::from_secs(25),
    };
    let port = env::var("PORT").unwrap_or_else(|_| "8080".to_owned());
    let port: u16 = port.parse().map_err(|_| format!("PORT: {port:?} is no port: 0 is any that is free"))?;
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(|error| format!("cannot listen on port {port}: {error}; PORT=0 is any that is free"))?;

    println!("Log in as {NAME} at http://{}/", listener.local_addr()?);
    if let Some(page) = place.emulator_page() {
        println!("The phone and the mailbox are at {page}");
    }
    Ok(axum::serve(listener, site::router(service)).await?)
}

/// What all replicas share. Without one, a cookie is good for this process alone.
fn key() -> Result<Key, Failure> {
    match env::var("LOGIN_KEY") {
        Ok(secret) if secret.len() < 32 => Err("LOGIN_KEY has less than 32 characters".into()),
        Ok(secret) => Ok(Key::new(secret.as_bytes())),
        Err(_) => Key::random().ok_or_else(|| "no key can be made: set LOGIN_KEY".into()),
    }
}
