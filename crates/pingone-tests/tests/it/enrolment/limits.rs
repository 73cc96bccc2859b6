//! How many devices there can be, and for how long one waits.

use pingone_model::{
    DeviceStatus, Problem,
    user_device::{CreateUserDevice, DeleteUserDevice, EnrolmentStep, ReadUserDevice},
};

use super::{World, both};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

fn is_gone(world: &World, device: &pingone_model::DeviceId) -> bool {
    match world.client.send(ReadUserDevice::new(&world.user, device)) {
        Err(error) => matches!(error.problem(), Problem::NotFound),
        Ok(_) => false,
    }
}

#[test]
fn no_more_devices_are_active_than_the_settings_allow() {
    both(|world| {
        let devices: Vec<_> = (0..5).map(|_| world.enrolled(world.email())).collect();
        let error = world.refused(world.email());
        let Problem::LimitReached { maximum, .. } = error.problem() else { panic!("{error}: {:?}", error.problem()) };
        assert_eq!((maximum, error.maybe_applied()), (Some(5), false));

        world.send(DeleteUserDevice::new(&world.user, devices[0].id()));
        world.enrolled(world.email());
    });
}

#[test]
fn fifty_devices_can_wait_for_their_codes() {
    both(|world| {
        for _ in 0..50 {
            world.waiting(world.email());
        }
        let error = world.refused(world.email().status(DeviceStatus::ActivationRequired));
        assert!(matches!(error.problem(), Problem::LimitReached { .. }), "{error}");
        world.enrolled(world.email());
    });
}

#[test]
fn a_code_is_good_for_the_policys_time_and_another_one_can_be_had() {
    both(|world| {
        let entry = world.waiting(world.email());
        let code = world.pairing_code(entry.id());
        world.advance(HOUR);
        let error = world.refused(entry.activate(&code));
        assert!(matches!(error.problem(), Problem::WrongCode { .. }), "{error}: {:?}", error.problem());
        world.send(entry.resend());
        let step = world.send(entry.activate(&world.pairing_code(entry.id())));
        assert!(matches!(step, EnrolmentStep::Ready(_)), "{step:?}");
    });
}

#[test]
fn a_device_that_nobody_activates_is_forgotten_after_a_day() {
    both(|world| {
        let entry = world.waiting(world.email());
        world.advance(24 * HOUR - MINUTE);
        world.send(entry.resend());
        let code = world.pairing_code(entry.id());
        assert!(!is_gone(world, entry.id()));
        world.advance(MINUTE);
        let error = world.refused(entry.activate(&code));
        assert!(matches!(error.problem(), Problem::Gone), "{error}: {:?}", error.problem());
        assert!(is_gone(world, entry.id()));
    });
}

#[test]
fn an_authenticator_app_has_half_an_hour() {
    both(|world| {
        let create = || match world.send(CreateUserDevice::totp(&world.user)) {
            EnrolmentStep::AuthenticatorApp(app) => app,
            other => panic!("no app: {other:?}"),
        };
        let code = |id: &pingone_model::DeviceId| world.service.generated_code(world.user.as_str(), id.as_str());
        let late = create();
        world.advance(30 * MINUTE);
        assert!(is_gone(world, late.id()) && code(late.id()).is_none());
        let error = world.refused(late.activate("123456"));
        assert!(matches!(error.problem(), Problem::Gone), "{error}");

        let in_time = create();
        world.advance(29 * MINUTE);
        let step = world.send(in_time.activate(&code(in_time.id()).unwrap()));
        assert!(matches!(step, EnrolmentStep::Ready(_)), "{step:?}");
        world.advance(24 * HOUR);
        assert!(!is_gone(world, in_time.id()), "an active one stays");
    });
}
