//! Who somebody is, and whether they are asked for a second factor at all.

use std::time::Duration;

use pingone_emulator::Policy;
use pingone_model::{
    InitializeDeviceAuthentication, NextStep, Problem, UserId,
    bypass_mfa::{ReadBypassMfa, UpdateBypassMfa},
    mfa_enabled::{ReadMfaEnabled, UpdateMfaEnabled},
    user::{
        AccountStatus, ChangeUser, CreateUser, DeleteUser, FindUser, ListUsers, LockUser, ReadUser, ReplaceUser,
        UnlockUser, UserAttribute, UserFilter,
    },
    user_device::{CreateUserDevice, ListUserDevices},
};
use pingone_tests::Kind;

use super::{World, both};

/// A user with an e-mail address, who has MFA.
fn grace(world: &World) -> UserId {
    let create = CreateUser::new("grace").set(UserAttribute::Email, "grace@example.com").mfa_enabled(true);
    world.send(create).id().clone()
}

#[test]
fn a_new_user_is_found_enrolled_and_logs_in() {
    both(|world| {
        assert!(world.send(FindUser::by_username("grace")).is_none());
        let id = grace(world);
        let found = world.send(FindUser::by_username("Grace")).expect("whatever the case");
        assert_eq!((found.id(), found.email()), (&id, Some("grace@example.com")));

        world.send(CreateUserDevice::email(&id, "grace@example.com"));
        let NextStep::Otp(entry) = world.send(InitializeDeviceAuthentication::new(&id)).into_next_step() else {
            panic!("no code is awaited")
        };
        let code = world.service.last_code_for(entry.id().as_str()).unwrap();
        let NextStep::Completed(completed) = world.send(entry.check(code.code())).into_next_step() else {
            panic!("not completed")
        };
        assert!(completed.is_for(&id) && !completed.is_for(&world.user));

        world.send(DeleteUser::new(&id));
        assert!(world.send(FindUser::by_username("grace")).is_none());
    });
}

#[test]
fn a_user_who_does_not_exist_can_have_no_device() {
    both(|world| {
        for error in [
            world.refused(CreateUserDevice::email("nobody", "ada@example.com")),
            world.refused(ListUserDevices::new("nobody")),
            world.refused(ReadUser::new("nobody")),
            world.refused(UpdateMfaEnabled::new("nobody", true)),
            world.refused(InitializeDeviceAuthentication::new("nobody")),
        ] {
            assert!(matches!(error.problem(), Problem::NotFound), "{error}: {:?}", error.problem());
        }
        assert!(world.service.codes().is_empty());
    });
}

#[test]
fn a_name_that_is_taken_is_refused_whatever_the_case() {
    both(|world| {
        let id = grace(world);
        for name in ["grace", "GRACE"] {
            let error = world.refused(CreateUser::new(name));
            assert!(matches!(error.problem(), Problem::Taken { .. }), "{error}: {:?}", error.problem());
            assert!(!error.maybe_applied());
        }
        world.send(DeleteUser::new(&id));
        world.send(CreateUser::new("GRACE"));
    });
}

#[test]
fn four_hundred_and_fifty_users_come_in_three_pages() {
    both(|world| {
        let before = world.client.items(ListUsers::new()).count();
        for number in 0..450 - before {
            world.send(CreateUser::new(&format!("user-{number:03}")));
        }
        let pages = world.count("user.list");
        let mut ids: Vec<_> = world.client.items(ListUsers::new()).map(|user| user.unwrap().id().to_string()).collect();
        assert_eq!((ids.len(), world.count("user.list") - pages), (450, 3));
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 450, "nobody comes twice");

        let filter = UserFilter::starts_with(UserAttribute::Username, "user-04");
        assert_eq!(world.client.items(ListUsers::new().filter(filter).limit(4)).count(), 10);
        let enabled = |is_enabled| world.client.items(ListUsers::new().filter(UserFilter::enabled(is_enabled))).count();
        assert_eq!((enabled(true), enabled(false)), (450, 0));
    });
}

/// What the service says of a way around the second factor when a log-in begins.
fn bypass(world: &World) -> [Option<bool>; 2] {
    let begun = world.send(InitializeDeviceAuthentication::new(&world.user));
    [begun.bypass_allowed(), begun.user_bypass_enabled()]
}

#[test]
fn without_mfa_a_user_is_let_past_or_kept_out_as_the_policy_says() {
    for kind in Kind::BOTH {
        for (policy, is_kept_out) in
            [(Policy::new("p-1"), false), (Policy::new("p-1").block_users_with_disabled_mfa(true), true)]
        {
            let world = World::with(kind, policy);
            world.enrolled(world.email());
            assert_eq!(bypass(&world), [Some(false), Some(false)]);
            assert_eq!(world.send(UpdateMfaEnabled::new(&world.user, false)).mfa_enabled(), Some(false));
            if is_kept_out {
                let error = world.begin().unwrap_err();
                assert!(matches!(error.problem(), Problem::AccountNotUsable), "{error}");
            } else {
                assert_eq!(bypass(&world), [Some(true), Some(false)]);
            }
            world.send(UpdateMfaEnabled::new(&world.user, true));
            assert_eq!(world.send(ReadMfaEnabled::new(&world.user)).mfa_enabled(), Some(true));
            assert_eq!(bypass(&world), [Some(false), Some(false)]);
        }
    }
}

#[test]
fn a_log_in_shows_a_bypass_until_it_ends() {
    both(|world| {
        world.enrolled(world.email());
        assert_eq!(world.send(ReadBypassMfa::new(&world.user)).can_bypass_mfa(), None);
        world.send(UpdateBypassMfa::new(&world.user, world.memory.wall() + Duration::from_secs(3600)));
        assert_eq!(world.send(ReadBypassMfa::new(&world.user)).can_bypass_mfa(), Some(true));
        assert_eq!(bypass(world), [Some(true), Some(true)]);
        world.advance(3601);
        assert_eq!(bypass(world), [Some(false), Some(false)]);
    });
}

#[test]
fn a_locked_account_is_kept_out_until_it_is_unlocked_or_its_time_has_come() {
    both(|world| {
        world.enrolled(world.email());
        let lock = || LockUser::new(&world.user, world.memory.wall() + Duration::from_secs(600));
        let status = || {
            let user = world.send(ReadUser::new(&world.user));
            user.account().and_then(|account| account.status()).cloned()
        };
        world.send(lock());
        let error = world.begin().unwrap_err();
        assert!(matches!(error.problem(), Problem::AccountNotUsable), "{error}");
        assert_eq!(status(), Some(AccountStatus::Locked));
        world.send(UnlockUser::new(&world.user));
        assert_eq!((status(), world.begin().is_ok()), (Some(AccountStatus::Ok), true));

        world.send(lock());
        world.advance(601);
        assert_eq!((status(), world.begin().is_ok()), (Some(AccountStatus::Ok), true));
    });
}

#[test]
fn a_change_keeps_what_it_does_not_name_and_a_replacement_does_not() {
    both(|world| {
        let id = grace(world);
        world
            .send(ChangeUser::new(&id).set(UserAttribute::GivenName, "Grace").set(UserAttribute::FamilyName, "Hopper"));
        let changed = world.send(ChangeUser::new(&id).clear(UserAttribute::GivenName));
        assert_eq!(changed.name().and_then(|name| name.family()), Some("Hopper"));
        assert_eq!((changed.email(), changed.name().and_then(|name| name.given())), (Some("grace@example.com"), None));

        let edited = world.send(ReplaceUser::edit(&changed).set(UserAttribute::Nickname, "Amazing"));
        assert_eq!((edited.email(), edited.nickname()), (Some("grace@example.com"), Some("Amazing")));
        let replaced = world.send(ReplaceUser::new(&id, "grace"));
        assert_eq!((replaced.username(), replaced.email(), replaced.nickname()), (Some("grace"), None, None));
    });
}
