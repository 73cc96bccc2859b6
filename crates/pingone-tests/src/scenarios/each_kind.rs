//! The reply is lost, and the service has acted: what comes of one operation of each kind.

use pingone_client_core::Error;
use pingone_emulator::FaultKind;
use pingone_model::{
    FollowUp, FromResponse, Operation, Problem, UserId,
    mfa_enabled::UpdateMfaEnabled,
    user::{ChangeUser, CreateUser, DeleteUser, FindUser, UnlockUser, UserAttribute},
};

use super::world::{World, assert_lost};
use crate::Kind;

/// A world in which the first reply to `O` is lost, and the user there.
fn world<O: Operation>(kind: Kind) -> (World, UserId) {
    let world = World::with(kind, FaultKind::ResetAfter, O::INFO.name);
    let user = UserId::from(world.emulator.service().user_id());
    (world, user)
}

/// It is sent again, and nobody has to know.
fn again<O: Operation>(world: &World, operation: O) -> (O::Output, String) {
    let output = world.client.send(operation).unwrap();
    assert_eq!(world.count(O::INFO.name), 2);
    (output, world.report([Ok(())]))
}

/// It is sent once, and the read that is at hand tells.
fn once<O>(world: &World, operation: O) -> (Result<<O::Read as Operation>::Output, Error>, String)
where
    O: FollowUp,
    for<'a> O::Output: FromResponse<&'a O>,
{
    let Err(error) = world.client.send(&operation) else { panic!("{} has a reply", O::INFO.name) };
    assert_lost(&error);
    assert_eq!(world.count(O::INFO.name), 1);
    let read = world.client.send(error.follow_up(&operation).unwrap());
    let report = world.report([Err(error), read.as_ref().map(drop).map_err(Clone::clone)]);
    (read, report)
}

/// GET: *safe*.
pub fn a_list_whose_page_is_lost(kind: Kind) -> String {
    let (world, _) = world::<FindUser>(kind);
    let (found, report) = again(&world, FindUser::by_username("nobody"));
    assert!(found.is_none());
    report
}

/// PUT: *idempotent*.
pub fn an_update_whose_reply_is_lost(kind: Kind) -> String {
    let (world, user) = world::<UpdateMfaEnabled>(kind);
    let (updated, report) = again(&world, UpdateMfaEnabled::new(&user, false));
    assert_eq!(updated.mfa_enabled(), Some(false));
    report
}

/// PATCH: it could undo what another has changed in between.
pub fn a_change_whose_reply_is_lost(kind: Kind) -> String {
    let (world, user) = world::<ChangeUser>(kind);
    let (read, report) = once(&world, ChangeUser::new(&user).set(UserAttribute::Nickname, "Countess"));
    assert_eq!(read.unwrap().nickname(), Some("Countess"));
    report
}

/// POST that creates: the new id is lost, and the name leads to it.
pub fn a_creation_whose_reply_is_lost(kind: Kind) -> String {
    let (world, _) = world::<CreateUser>(kind);
    let (found, report) = once(&world, CreateUser::new("grace"));
    assert_eq!(found.unwrap().unwrap().username(), Some("grace"));
    report
}

/// POST that acts, without a body.
pub fn an_action_whose_reply_is_lost(kind: Kind) -> String {
    let (world, user) = world::<UnlockUser>(kind);
    let (read, report) = once(&world, UnlockUser::new(&user));
    assert_eq!(read.unwrap().id(), &user);
    report
}

/// DELETE: a second one would be denied, and the 404 of the read says that it is done.
pub fn a_deletion_whose_reply_is_lost(kind: Kind) -> String {
    let (world, user) = world::<DeleteUser>(kind);
    let (read, report) = once(&world, DeleteUser::new(&user));
    assert_eq!(read.unwrap_err().problem(), Problem::NotFound);
    report
}
