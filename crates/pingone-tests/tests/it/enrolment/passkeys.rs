//! Passkeys: a browser is given the JSON that the SDK gives, and what it makes goes back as it comes.

use pingone_emulator::{Fault, FaultKind, Policy};
use pingone_model::{
    DeviceStatus, NextStep, Operation, Problem,
    user_device::{
        ActivateUserDevice, ActiveDevice, CreateUserDevice, DeleteUserDevice, EnrolmentStep, PasskeyRegistration,
    },
};
use pingone_tests::Kind;

use super::World;
use crate::browser::{Browser, ORIGIN, RP_ID};

fn both(check: impl Fn(&World, &Browser)) {
    for kind in Kind::BOTH {
        let policy = Policy::new("p-1").relying_party_id(RP_ID);
        check(&World::with(kind, policy), &Browser::new());
    }
}

fn registration(world: &World) -> PasskeyRegistration {
    match world.send(CreateUserDevice::fido2(&world.user, "p-1", RP_ID, "Example")) {
        EnrolmentStep::Passkey(registration) => registration,
        other => panic!("no passkey is awaited: {other:?}"),
    }
}

/// What the browser makes of the options, to be sent.
fn attested(registration: &PasskeyRegistration, browser: &Browser) -> ActivateUserDevice {
    let options = registration.options().unwrap().to_browser_json().unwrap();
    registration.activate(ORIGIN, &browser.create(&options).unwrap())
}

fn registered(world: &World, browser: &Browser) -> ActiveDevice {
    match world.send(attested(&registration(world), browser)) {
        EnrolmentStep::Ready(passkey) => passkey,
        other => panic!("not ready: {other:?}"),
    }
}

fn log_in(world: &World, browser: &Browser, passkey: &ActiveDevice, counter: u32) {
    let NextStep::Assertion(request) = world.begin_with(passkey.id()).unwrap() else {
        panic!("no assertion is awaited")
    };
    let assertion = browser.get(&request.options().unwrap().to_browser_json().unwrap(), counter);
    let NextStep::Completed(completed) = world.send(request.check_fido2(ORIGIN, &assertion)).into_next_step() else {
        panic!("not completed")
    };
    assert!(completed.is_for(&world.user));
}

#[test]
fn a_passkey_is_registered_and_logs_in_at_once() {
    both(|world, browser| {
        let waiting = registration(world);
        assert!(world.begin_with(waiting.id()).is_err(), "not before it is active");
        let EnrolmentStep::Ready(passkey) = world.send(attested(&waiting, browser)) else { panic!("not ready") };
        assert_eq!(passkey.device().rp().and_then(|rp| rp.id()), Some(RP_ID));
        log_in(world, browser, &passkey, 1);
    });
}

#[test]
fn options_exclude_the_passkeys_that_a_browser_already_has() {
    both(|world, browser| {
        let passkey = registered(world, browser);
        let again = registration(world).options().unwrap().to_browser_json().unwrap();
        assert_eq!(browser.create(&again), Err("InvalidStateError"));

        world.send(DeleteUserDevice::new(&world.user, &passkey));
        log_in(world, browser, &registered(world, browser), 1);
    });
}

#[test]
fn what_was_made_for_another_page_or_another_challenge_activates_nothing() {
    both(|world, browser| {
        let (waiting, other) = (registration(world), registration(world));
        let options = |registration: &PasskeyRegistration| registration.options().unwrap().to_browser_json().unwrap();
        let made = browser.create(&options(&waiting)).unwrap();
        let sent = world.count(ActivateUserDevice::INFO.name);
        let elsewhere = world.refused(waiting.activate("https://phish.example", &made));
        assert!(matches!(elsewhere.problem(), Problem::BadRequest), "{elsewhere}");
        assert_eq!(world.count(ActivateUserDevice::INFO.name), sent, "refused before anything is sent");

        let for_other = waiting.activate(ORIGIN, &browser.create(&options(&other)).unwrap());
        let refused = world.refused(&for_other);
        assert!(matches!(refused.problem(), Problem::BadRequest) && !refused.maybe_applied(), "{refused}");
        let read = world.send(waiting.read());
        assert_eq!(read.status(), Some(&DeviceStatus::ActivationRequired));

        let step = world.send(waiting.activate(ORIGIN, &made));
        assert!(matches!(step, EnrolmentStep::Ready(_)), "{step:?}");
    });
}

#[test]
fn a_doubled_activation_is_out_of_step_and_a_lost_one_is_found_by_reading() {
    both(|world, browser| {
        let activate = attested(&registration(world), browser);
        let name = ActivateUserDevice::INFO.name;
        world.service.inject(Fault::new(FaultKind::ResetAfter).operation(name).unwrap().times(1));
        let lost = world.refused(&activate);
        assert_eq!((lost.maybe_applied(), lost.attempts(), world.count(name)), (true, 1, 1), "{lost}");
        let read = world.send(lost.follow_up(&activate).expect("it tells"));
        let EnrolmentStep::Ready(passkey) = EnrolmentStep::of(&world.user, read) else { panic!("not ready") };

        let again = world.refused(&activate);
        assert!(matches!(again.problem(), Problem::OutOfStep), "{again}");
        log_in(world, browser, &passkey, 1);
    });
}
