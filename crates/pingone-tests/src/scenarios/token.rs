//! A token that the service refuses.

use pingone_client_core::{AccessToken, Credentials};
use pingone_emulator::{FaultKind, TokenKind};
use pingone_model::{Environment, InitializeDeviceAuthentication};

use super::world::{World, quick};
use crate::{EitherClient, Kind};

/// A token that died before its time is replaced without the caller's notice.
pub fn unauthorized_once(kind: Kind) -> String {
    let world = World::new(kind);
    let push = world.push();
    world.emulator.service().revoke_tokens();
    let read = world.read(push.id());
    assert_eq!((read.is_ok(), world.count("device_authentication.read"), world.count("token.request")), (true, 2, 2));
    world.report([read])
}

/// One fresh token, and then the refusal is the answer, which says so.
pub fn unauthorized_for_ever(kind: Kind) -> String {
    let world = World::with(kind, FaultKind::Status(401), "device_authentication.initialize");
    world.strike(FaultKind::Status(401), "device_authentication.initialize", 100);
    let initialize = world.initialize();
    let error = initialize.as_ref().unwrap_err();
    assert!(error.is_token_refused() && error.to_string().contains("and so was a fresh one"), "{error}");
    assert!(!error.maybe_applied());
    assert_eq!((world.count("device_authentication.initialize"), world.count("token.request")), (2, 2));
    world.report([initialize])
}

/// A token of the wrong kind, which cannot be replaced.
pub fn a_user_s_token(kind: Kind) -> String {
    let world = World::new(kind);
    let service = world.emulator.service();
    let token = AccessToken::new(&service.issue_token(TokenKind::User)).unwrap();
    let environment = Environment::at(&world.tap.url(), service.environment_id()).unwrap();
    let client = EitherClient::new(kind, quick(environment, Credentials::access_token(token))).unwrap();
    let initialize = client.send(InitializeDeviceAuthentication::new(service.user_id()));
    let error = initialize.as_ref().unwrap_err();
    assert!(error.is_token_refused(), "{error}");
    assert_eq!((world.count("device_authentication.initialize"), world.count("token.request")), (1, 0));
    world.report([initialize])
}
