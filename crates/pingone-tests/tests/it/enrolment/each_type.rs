//! Each type of device is enrolled, and logs in at once.

use pingone_model::{
    DeviceStatus, NextStep, Problem,
    user_device::{CreateUserDevice, EnrolmentStep, ListUserDevices, ReadUserDevice, ResendPairingCode},
};

use super::{CLOCK, COUNTER, World, both, other_than};

/// Those to which codes are sent.
fn addressed(world: &World) -> [CreateUserDevice; 4] {
    let user = &world.user;
    [
        world.email(),
        world.sms(),
        CreateUserDevice::voice(user, "+1 (512) 555-0123").extension("313#"),
        CreateUserDevice::whatsapp(user, "+15125550123"),
    ]
}

#[test]
fn what_is_sent_a_code_is_activated_by_it_and_logs_in() {
    both(|world| {
        for create in addressed(world) {
            let entry = world.waiting(create);
            assert_eq!(entry.device().status(), Some(&DeviceStatus::ActivationRequired));
            let error = world.begin_with(entry.id()).unwrap_err();
            assert!(matches!(error.problem(), Problem::BadRequest), "not before it is active: {error}");

            let step = world.send(entry.activate(&world.pairing_code(entry.id())));
            let EnrolmentStep::Ready(device) = step else { panic!("not ready: {step:?}") };
            assert_eq!((device.id(), device.user_id()), (entry.id(), &world.user));
            world.logs_in_with(device.id());
        }
    });
}

#[test]
fn what_an_administrator_calls_active_logs_in_without_a_code_before() {
    both(|world| {
        for create in addressed(world) {
            let device = world.enrolled(create);
            assert!(world.service.last_pairing_code_for(device.id().as_str()).is_none(), "nothing is sent");
            world.logs_in_with(device.id());
        }
    });
}

#[test]
fn an_address_is_clear_to_an_administrator_and_masked_in_a_log_in() {
    both(|world| {
        let [mail, phone] = [world.email(), world.sms()].map(|create| world.enrolled(create));
        let listed: Vec<_> = world.client.items(ListUserDevices::new(&world.user)).map(Result::unwrap).collect();
        assert_eq!(listed.iter().map(|device| device.id()).collect::<Vec<_>>(), [Some(mail.id()), Some(phone.id())]);
        assert_eq!((listed[0].email(), listed[1].phone()), (Some("ada@example.com"), Some("+1.5125550123")));

        let entry = world.entry(mail.id());
        let shown: Vec<_> = entry.devices().map(|(_, device)| device.clone()).collect();
        assert_eq!((shown[0].email(), shown[1].phone()), (Some("ad****@example.com"), Some("*******23")));
    });
}

#[test]
fn a_wrong_code_can_be_corrected_until_the_tries_are_used_up() {
    both(|world| {
        let entry = world.waiting(world.email());
        let code = world.pairing_code(entry.id());
        for left in [2, 1] {
            let error = world.refused(entry.activate(&other_than(&code)));
            let Problem::WrongCode { attempts_remaining, .. } = error.problem() else { panic!("{error}") };
            assert_eq!((attempts_remaining, error.maybe_applied()), (Some(left), false));
        }
        let last = world.refused(entry.activate(&other_than(&code)));
        assert!(matches!(last.problem(), Problem::NoTriesLeft), "{last}");
        let void = world.refused(entry.activate(&code));
        assert!(matches!(void.problem(), Problem::WrongCode { .. } | Problem::NoTriesLeft), "{void}");

        world.send(entry.resend());
        let step = world.send(entry.activate(&world.pairing_code(entry.id())));
        assert!(matches!(step, EnrolmentStep::Ready(_)), "{step:?}");
    });
}

#[test]
fn another_code_makes_the_first_one_void() {
    both(|world| {
        let entry = world.waiting(world.sms());
        let first = world.pairing_code(entry.id());
        world.send(ResendPairingCode::new(&world.user, entry.id()));
        let second = world.pairing_code(entry.id());
        assert_ne!(first, second);
        assert!(matches!(world.refused(entry.activate(&first)).problem(), Problem::WrongCode { .. }));
        assert!(matches!(world.send(entry.activate(&second)), EnrolmentStep::Ready(_)));
    });
}

#[test]
fn an_active_device_is_not_activated_again() {
    both(|world| {
        let entry = world.waiting(world.email());
        let activate = entry.activate(&world.pairing_code(entry.id()));
        world.send(&activate);
        let error = world.refused(&activate);
        assert!(matches!(error.problem(), Problem::OutOfStep), "{error}");
        let read = world.send(error.follow_up(&activate).expect("it tells"));
        assert!(matches!(EnrolmentStep::of(&world.user, read), EnrolmentStep::Ready(_)));
    });
}

#[test]
fn a_device_for_tests_tells_its_codes_and_sends_none() {
    both(|world| {
        let voice = CreateUserDevice::voice(&world.user, "+15125550123");
        for create in [world.email(), world.sms(), voice] {
            let entry = world.waiting(create.test_mode());
            let step = world.send(entry.activate(entry.test_otp().expect("the reply tells it")));
            let EnrolmentStep::Ready(device) = step else { panic!("not ready: {step:?}") };

            let NextStep::Otp(entry) = world.begin_with(device.id()).unwrap() else { panic!("no code is awaited") };
            let code = entry.authentication().test().and_then(|test| test.otp()).expect("here as well").to_owned();
            assert!(matches!(world.send(entry.check(&code)).into_next_step(), NextStep::Completed(_)));
        }
        assert!(world.service.codes().is_empty());
    });
}

#[test]
fn an_authenticator_app_shows_its_secret_once_and_logs_in_by_the_next_code() {
    both(|world| {
        let step = world.send(CreateUserDevice::totp(&world.user).nickname("App"));
        let EnrolmentStep::AuthenticatorApp(app) = step else { panic!("no app: {step:?}") };
        let (secret, uri) = (app.secret().unwrap().to_owned(), app.key_uri().unwrap().to_owned());
        assert!(uri.starts_with("otpauth://totp/") && uri.contains(&secret), "{uri}");
        let read = world.send(app.read());
        assert!(!read.as_json().contains(&secret), "only the creation tells it");

        let code = world.service.generated_code(world.user.as_str(), app.id().as_str()).unwrap();
        assert!(matches!(world.refused(app.activate(&other_than(&code))).problem(), Problem::WrongCode { .. }));
        let step = world.send(app.activate(&code));
        let EnrolmentStep::Ready(device) = step else { panic!("not ready: {step:?}") };

        let entry = world.entry(device.id());
        assert!(matches!(world.refused(entry.check(&code)).problem(), Problem::WrongCode { .. }), "a code works once");
        world.advance(30);
        world.logs_in_with(device.id());
    });
}

#[test]
fn a_hardware_token_is_activated_by_the_code_that_it_shows() {
    both(|world| {
        for serial_number in [CLOCK, COUNTER] {
            let create = CreateUserDevice::oath_token(&world.user, serial_number);
            let step = world.send(create.status(DeviceStatus::ActivationRequired));
            let EnrolmentStep::TokenCode(token) = step else { panic!("no token: {step:?}") };
            let code = world.service.oath_token_code(serial_number, 0).unwrap();
            let step = world.send(token.activate(&code));
            let EnrolmentStep::Ready(device) = step else { panic!("not ready: {step:?}") };
            assert_eq!(world.send(device.read()).serial_number(), Some(serial_number));
            world.advance(30);
            world.logs_in_with(device.id());

            let again = world.refused(CreateUserDevice::oath_token(&world.user, serial_number));
            assert!(matches!(again.problem(), Problem::Taken { .. }), "{again}: {:?}", again.problem());
        }
        let unknown = world.refused(CreateUserDevice::oath_token(&world.user, "3000"));
        assert!(matches!(unknown.problem(), Problem::BadRequest), "{unknown}");
    });
}

#[test]
fn a_token_that_has_drifted_is_asked_for_one_more_code() {
    both(|world| {
        for serial_number in [CLOCK, COUNTER] {
            let create = CreateUserDevice::oath_token(&world.user, serial_number);
            let step = world.send(create.status(DeviceStatus::ActivationRequired));
            let EnrolmentStep::TokenCode(token) = step else { panic!("no token: {step:?}") };
            let ahead = |codes| world.service.oath_token_code(serial_number, codes).unwrap();
            let step = world.send(token.activate(&ahead(40)));
            let EnrolmentStep::ExtraCode(more) = step else { panic!("no more is asked for: {step:?}") };
            let read = world.send(ReadUserDevice::new(&world.user, more.id()));
            assert_eq!(read.status(), Some(&DeviceStatus::ActivationRequired), "it is not active yet");

            let step = world.send(more.activate(&ahead(41)));
            let EnrolmentStep::Ready(device) = step else { panic!("not ready: {step:?}") };
            world.advance(60);
            world.logs_in_with(device.id());
        }
    });
}
