//! A connection that breaks while the reply is on its way.

use std::time::Duration;

use pingone_client_core::ErrorKind;
use pingone_emulator::{Emulator, FaultKind};

use super::world::{ATTEMPT, World, assert_lost};
use crate::Kind;

/// What acts is sent once, what reads is sent again, whatever broke.
fn broken(kind: Kind, fault: &FaultKind) -> String {
    let world = World::with(kind, fault.clone(), "device_authentication.read");
    let push = world.push();
    let read = world.read(push.id());
    assert!(read.is_ok(), "{read:?}");
    assert_eq!(world.count("device_authentication.read"), 2);
    world.strike(fault.clone(), "device_authentication.cancel", 1);
    let cancel = world.client.send(push.cancel());
    assert_lost(cancel.as_ref().unwrap_err());
    assert_eq!(world.count("device_authentication.cancel"), 1);
    world.report([read, cancel])
}

/// A connection that is reset before the service acts: nobody can tell.
pub fn a_reset_before_the_effect(kind: Kind) -> String {
    broken(kind, &FaultKind::ResetBefore)
}

/// A connection that is reset after the service has acted.
pub fn a_reset_after_the_effect(kind: Kind) -> String {
    broken(kind, &FaultKind::ResetAfter)
}

/// A connection that is reset when half the reply has come.
pub fn a_reset_in_the_body(kind: Kind) -> String {
    broken(kind, &FaultKind::ResetInBody)
}

/// A reply that ends half-way.
pub fn a_truncated_body(kind: Kind) -> String {
    broken(kind, &FaultKind::Truncated)
}

/// A reply that would take minutes to come: the time-out covers the body.
pub fn a_slow_drip(kind: Kind) -> String {
    let world = World::with(kind, FaultKind::Drip(ATTEMPT / 8), "device_authentication.read");
    let push = world.push();
    let read = world.read(push.id());
    assert_eq!((read.is_ok(), world.count("device_authentication.read")), (true, 2), "the second one is quick");
    world.strike(FaultKind::Drip(ATTEMPT / 8), "device_authentication.read", 100);
    let slow = world.read(push.id());
    let error = slow.as_ref().unwrap_err();
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Transport, Some(200)));
    assert!(error.elapsed() < ATTEMPT * 5 + Duration::from_millis(300), "{:?}", error.elapsed());
    format!("{} requests, {:?}", world.tap.requests().len(), error.kind())
}

/// A reply that is larger than the client will read.
pub fn an_oversized_body(kind: Kind) -> String {
    let world = World::with(kind, FaultKind::Oversized(5_000_000), "device_authentication.cancel");
    let push = world.push();
    let cancel = world.client.send(push.cancel());
    let error = cancel.as_ref().unwrap_err();
    assert_eq!((error.maybe_applied(), error.status().map(|status| status.as_u16())), (true, Some(200)), "{error}");
    assert!(error.correlation_id().is_some());
    world.report([cancel])
}

/// The token must not go there.
pub fn a_redirect_to_another_host(kind: Kind) -> String {
    let second = Emulator::start().unwrap();
    let host = second.auth_url().replace("http://", "");
    let world =
        World::with(kind, FaultKind::Redirect { status: 301, host: host.clone() }, "device_authentication.initialize");
    let initialize = world.initialize();
    assert_eq!(initialize.as_ref().unwrap_err().status().unwrap().as_u16(), 301);
    let push = world.push();
    world.strike(FaultKind::Redirect { status: 301, host }, "device_authentication.read", 1);
    let read = world.read(push.id());
    assert_eq!(read.as_ref().unwrap_err().status().unwrap().as_u16(), 301);
    assert!(second.service().journal().is_empty(), "it was followed");
    world.report([initialize, read])
}

/// A gateway's page instead of a reply.
pub fn a_gateways_page(kind: Kind) -> String {
    let world = World::with(kind, FaultKind::Html(504), "device_authentication.initialize");
    let initialize = world.initialize();
    assert_lost(initialize.as_ref().unwrap_err());
    assert_eq!(world.count("device_authentication.initialize"), 1);
    world.report([initialize])
}
