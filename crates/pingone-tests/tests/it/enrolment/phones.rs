//! Phones by pairing keys, and the wait until an app has taken one.

use std::time::Duration;

use pingone_client_core::{KeyWait, KeyWaitError};
use pingone_emulator::{Fault, FaultKind};
use pingone_model::{
    DeviceStatus, DeviceType, NextStep, Problem,
    pairing_key::{CreatePairingKey, PairingStep, UnclaimedKey},
    user_device::{CreateUserDevice, DeviceFilter, ListUserDevices},
};

use pingone_tests::Kind;

use super::{World, both};

const LIFETIME: Duration = Duration::from_secs(600);

impl World {
    fn key(&self) -> UnclaimedKey {
        match self.send(CreatePairingKey::new(&self.user)) {
            PairingStep::Unclaimed(key) => key,
            other => panic!("no key to take: {other:?}"),
        }
    }

    /// After so long, somebody gives the code to the app on a phone.
    fn takes(&self, key: &UnclaimedKey, seconds: u64) {
        let (service, code) = (self.service.clone(), key.code().unwrap().to_owned());
        self.memory.after(Duration::from_secs(seconds), move || drop(service.pair_phone(&code)));
    }

    fn phones(&self) -> usize {
        let filter = DeviceFilter::kind(DeviceType::Mobile).and(DeviceFilter::status(DeviceStatus::Active));
        self.client.items(ListUserDevices::new(&self.user).filter(filter)).map(Result::unwrap).count()
    }
}

#[test]
fn a_phone_is_paired_during_the_wait_and_gets_the_next_push() {
    both(|world| {
        let key = world.key();
        world.takes(&key, 30);
        let claimed = world.client.wait_for_key(&key, LIFETIME).unwrap();
        assert_eq!((claimed.user_id(), claimed.id()), (&world.user, key.id()));
        assert!((30..35).contains(&world.memory.elapsed().as_secs()), "{:?}", world.memory.elapsed());
        assert_eq!(world.phones(), 1);
        assert!(matches!(world.begin().unwrap(), NextStep::Push(_)));
    });
}

#[test]
fn a_key_that_nobody_takes_in_time_or_that_is_deleted_is_gone() {
    both(|world| {
        let end = world.client.wait_for_key(&world.key(), LIFETIME * 2).unwrap_err();
        assert!(matches!(end, KeyWaitError::Gone(_)), "{end:?}");
        let key = world.key();
        world.send(key.delete());
        let end = world.client.wait_for_key(&key, LIFETIME).unwrap_err();
        assert!(matches!(end, KeyWaitError::Gone(_)), "{end:?}");
        assert_eq!(world.refused(key.read()).problem(), Problem::Gone);
        assert_eq!(world.phones(), 0);
    });
}

#[test]
fn an_app_that_tries_in_vain_ends_the_wait() {
    both(|world| {
        for number in 1..=5 {
            world.enrolled(CreateUserDevice::email(&world.user, &format!("{number}@a.example")));
        }
        let key = world.key();
        world.takes(&key, 10);
        let end = world.client.wait_for_key(&key, LIFETIME).unwrap_err();
        let KeyWaitError::Failed(failed) = end else { panic!("{end:?}") };
        assert!(failed.error().and_then(|error| error.code()).is_some());
        assert_eq!(world.phones(), 0);
    });
}

#[test]
fn a_wait_continues_elsewhere_and_through_failures() {
    both(|world| {
        let key = world.key();
        let end = world.client.wait_for_key(&key, Duration::from_secs(5)).unwrap_err();
        let KeyWaitError::Expired { key: Some(pending), .. } = end else { panic!("{end:?}") };
        let wait = KeyWait::new(&pending, LIFETIME, world.memory.wall());
        // Whichever client has begun, the other kind can go on.
        let kind = if world.client.name() == "async" { Kind::Blocking } else { Kind::Async };
        let replica = world.memory.client(kind, world.memory.configuration().unwrap()).unwrap();
        world.service.inject(Fault::new(FaultKind::ResetAfter).operation("pairing_key.read").unwrap().times(3));
        world.takes(&key, 60);
        let claimed = replica.resume(wait.to_string().parse::<KeyWait>().unwrap()).unwrap();
        assert_eq!(claimed.id(), key.id());
        assert_eq!(world.count("pairing_key.create"), 1, "nothing is made twice");
    });
}

#[test]
fn a_user_has_twenty_keys_at_most() {
    both(|world| {
        (0..20).for_each(|_| drop(world.key()));
        let problem = world.refused(CreatePairingKey::new(&world.user)).problem();
        assert!(matches!(problem, Problem::LimitReached { .. }), "{problem:?}");
    });
}
