use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use ureq::{
    Error,
    config::Config,
    http::{
        Uri,
        uri::{Authority, Scheme},
    },
    unversioned::{
        resolver::{ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

use crate::connector::NotConnected;

/// Caches the address of the last host for a while.
///
/// ureq looks the address up for every request, even for one that reuses a connection, and
/// starts a thread for it where there is a time limit, as there always is here.
#[derive(Debug)]
pub(crate) struct ShortMemory<R> {
    resolver: R,
    last: Mutex<Option<Found>>,
}

#[derive(Debug)]
struct Found {
    host: Host,
    addresses: ResolvedSocketAddrs,
    at: Instant,
}

/// The port is in the address, too, and may come from the scheme.
type Host = (Option<Scheme>, Option<Authority>);

/// For no longer than ureq keeps an idle connection, which also leads to the old address.
const KEPT: Duration = Duration::from_secs(15);

impl<R> ShortMemory<R> {
    pub(crate) fn new(resolver: R) -> Self {
        Self { resolver, last: Mutex::new(None) }
    }

    fn last(&self) -> MutexGuard<'_, Option<Found>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R: Resolver> Resolver for ShortMemory<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = (uri.scheme().cloned(), uri.authority().cloned());
        let known = |found: &&Found| found.host == host && found.at.elapsed() < KEPT;
        if let Some(found) = self.last().as_ref().filter(known) {
            return Ok(found.addresses.clone());
        }
        let addresses = self.resolver.resolve(uri, config, timeout).map_err(NotConnected::mark)?;
        *self.last() = Some(Found { host, addresses: addresses.clone(), at: Instant::now() });
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU16, Ordering};

    use super::*;

    /// Finds every host except `nowhere`, each time at a different port.
    #[derive(Debug, Default)]
    struct Counting(AtomicU16);

    impl Resolver for Counting {
        fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
            let mut addresses = self.empty();
            addresses.push(([127, 0, 0, 1], self.0.fetch_add(1, Ordering::Relaxed)).into());
            if uri.host() == Some("nowhere") { Err(Error::HostNotFound) } else { Ok(addresses) }
        }
    }

    #[test]
    fn one_host_is_looked_up_once_in_fifteen_seconds() {
        let memory = ShortMemory::new(Counting::default());
        let port = |address: &str| {
            let uri = address.parse().unwrap();
            memory.resolve(&uri, &Config::default(), NextTimeout::default()).ok().map(|addresses| addresses[0].port())
        };
        assert_eq!([port("https://a/x"), port("https://a/y")], [Some(0), Some(0)]);
        assert_eq!([port("http://a/"), port("https://a:444/"), port("https://b/")], [Some(1), Some(2), Some(3)]);
        assert_eq!([port("https://nowhere/"), port("https://nowhere/")], [None, None]);
        assert_eq!([port("https://a/"), port("https://a/")], [Some(6), Some(6)]);

        memory.last().as_mut().unwrap().at -= KEPT;
        assert_eq!(port("https://a/"), Some(7));
    }
}
