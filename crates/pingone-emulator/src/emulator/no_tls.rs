//! The stand-in for TLS if the feature `tls` is off: there is none.

use std::io;

use super::connection::{Carrier, Connection};

#[derive(Clone)]
pub(super) enum Tls {}

impl Tls {
    pub(super) fn authority(&self) -> &str {
        match *self {}
    }

    #[expect(clippy::unused_async, reason = "it has the form of the other one")]
    pub(super) async fn accept(&self, _: Connection) -> io::Result<Box<dyn Carrier>> {
        match *self {}
    }
}
