//! `GET /{envID}/deviceAuthentications/{deviceAuthID}`, and how long there is something to read.

use crate::{
    devices::mail,
    entry::{Entry, entry},
    verdict::not_applicable,
};

/// The emulator ends an authentication after so many seconds.
const LIFETIME: u64 = 15 * 60;

pub(super) const ENTRIES: &[Entry] = &[
    entry("authentication-expires", "an authentication lives for a while", |s| {
        let id = s.start(&[mail()])?;
        s.advance(LIFETIME - 60)?;
        s.read(&id)?.is("200 OTP_REQUIRED")
    }),
    entry("authentication-expires", "an authentication that nobody goes on with is over", |s| {
        let id = s.start(&[mail()])?;
        s.advance(LIFETIME)?;
        s.read(&id)?.is("404 or 410")
    }),
    entry("expired-is-404", "what is over is not there", |s| {
        let id = s.start(&[mail()])?;
        s.advance(LIFETIME)?;
        let reply = s.read(&id)?;
        if reply.status == 200 { not_applicable("it is not over") } else { reply.is("404 NOT_FOUND") }
    }),
];
