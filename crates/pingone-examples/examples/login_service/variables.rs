//! Reads the environment variables.

use std::{env, sync::Arc, time::Duration};

use pingone_examples::Failure;

use crate::app::{
    cookie::Key,
    origin::Origin,
    settings::Settings,
    store::{Memory, Store},
};

/// An empty variable counts as not set.
pub(crate) fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The port that the page listens on.
pub(crate) fn port() -> Result<u16, Failure> {
    let port = variable("PORT").unwrap_or_else(|| "8080".to_owned());
    Ok(port.parse().map_err(|_| format!("PORT: {port:?} is not a port: 0 is any that is free"))?)
}

/// `port` is what the page listens on; on a developer's machine, browsers find it there.
pub(crate) fn settings(port: u16) -> Result<Settings, Failure> {
    let origin = variable("LOGIN_ORIGIN").unwrap_or_else(|| format!("http://localhost:{port}"));
    let origin = Origin::new(&origin).map_err(|problem| format!("LOGIN_ORIGIN: {origin} {problem}"))?;
    let mut settings = Settings::new(origin, key()?);
    if let Some(id) = variable("LOGIN_RELYING_PARTY") {
        settings.relying_party = id;
    }
    settings.policy = variable("LOGIN_POLICY").map(Into::into);
    if let Some(seconds) = variable("LOGIN_PUSH_SECONDS") {
        let seconds = seconds.parse().map_err(|_| format!("LOGIN_PUSH_SECONDS: {seconds:?} is not a number"))?;
        settings.push_time = Duration::from_secs(seconds);
    }
    settings.address_header = variable("LOGIN_ADDRESS_HEADER");
    if settings.address_header.is_none() && !settings.origin.is_plain_loopback() {
        eprintln!("LOGIN_ADDRESS_HEADER is not set: the limits take all browsers behind your proxy for one.");
    }
    Ok(settings)
}

/// Shared by all replicas. Without one, cookies are valid for this process only.
fn key() -> Result<Key, Failure> {
    match variable("LOGIN_KEY") {
        Some(secret) if secret.len() < 32 => Err("LOGIN_KEY has fewer than 32 characters".into()),
        Some(secret) => Ok(Key::new(secret.as_bytes())),
        None => Key::random().ok_or_else(|| "no key can be made: set LOGIN_KEY".into()),
    }
}

/// Redis, or this process's memory.
pub(crate) async fn store() -> Result<Arc<dyn Store>, Failure> {
    let Some(address) = variable("LOGIN_REDIS") else { return Ok(Arc::new(Memory::default())) };
    redis(&address).await.map_err(|problem| format!("LOGIN_REDIS: {problem}").into())
}

#[cfg(feature = "redis")]
async fn redis(address: &str) -> Result<Arc<dyn Store>, String> {
    Ok(Arc::new(crate::app::store::Redis::connect(address).await?))
}

#[cfg(not(feature = "redis"))]
async fn redis(_: &str) -> Result<Arc<dyn Store>, String> {
    Err("the feature redis is not built in; add `--features redis`".to_owned())
}
