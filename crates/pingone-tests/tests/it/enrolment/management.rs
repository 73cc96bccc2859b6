//! What is done with a device shows in the next log-in.

use std::time::Duration;

use pingone_emulator::Policy;
use pingone_model::{
    BlockStatus, DeviceId, DeviceStatus, DeviceType, LockStatus, NextStep, Problem,
    user_device::{
        BlockUserDevice, DeleteUserDevice, DeviceFilter, ListUserDevices, ReadUserDevice, RemoveDeviceOrder,
        RequestDeviceLogs, SetDeviceOrder, UnblockUserDevice, UnlockUserDevice, UpdateDeviceNickname,
    },
};
use pingone_tests::Kind;

use super::{World, both, other_than};

/// An e-mail address, which is the default, and a phone for text messages.
fn two(world: &World) -> [DeviceId; 2] {
    [world.email(), world.sms()].map(|create| world.enrolled(create).id().clone())
}

#[test]
fn a_blocked_device_is_passed_over_until_it_is_unblocked() {
    both(|world| {
        let [mail, phone] = two(world);
        assert_eq!(world.default_entry().0, mail);

        let blocked = world.send(BlockUserDevice::new(&world.user, &mail));
        let block = blocked.block().unwrap();
        assert!(block.status() == Some(&BlockStatus::Blocked) && block.blocked_at().is_some());
        let (default, entry) = world.default_entry();
        assert_eq!(default, phone);
        let apart = entry.authentication().embedded().unwrap().blocked_devices();
        assert_eq!(apart.iter().map(|device| device.id()).collect::<Vec<_>>(), [Some(&mail)]);
        assert!(world.begin_with(&mail).is_err());

        world.send(BlockUserDevice::new(&world.user, &phone));
        let error = world.begin().unwrap_err();
        assert!(matches!(error.problem(), Problem::NoUsableDevice { .. }), "{error}");

        world.send(UnblockUserDevice::new(&world.user, &mail));
        assert_eq!(
            world.send(ReadUserDevice::new(&world.user, &mail)).block().unwrap().status(),
            Some(&BlockStatus::Unblocked)
        );
        assert_eq!(world.default_entry().0, mail);
    });
}

#[test]
fn a_device_that_wrong_codes_have_locked_is_passed_over_until_it_is_unlocked() {
    for kind in Kind::BOTH {
        let world = World::with(kind, Policy::new("p-1").otp_failures(2, Duration::from_secs(600)));
        let [mail, phone] = two(&world);
        let lock = || world.send(ReadUserDevice::new(&world.user, &mail)).lock().unwrap().clone();
        assert_eq!(lock().status(), Some(&LockStatus::Unlocked));
        let entry = world.entry(&mail);
        let wrong = other_than(&world.code(&entry));
        let first = world.refused(entry.check(&wrong)).problem();
        assert!(matches!(first, Problem::WrongCode { attempts_remaining: Some(1), .. }), "{first:?}");
        let last = world.refused(entry.check(&wrong)).problem();
        assert!(matches!(last, Problem::NoTriesLeft | Problem::Locked { .. }), "{last:?}");

        assert!(lock().status() == Some(&LockStatus::Locked) && lock().expires_at().is_some());
        assert_eq!(world.default_entry().0, phone);
        let error = world.begin_with(&mail).unwrap_err();
        assert!(matches!(error.problem(), Problem::Locked { .. }), "{error}");

        world.send(UnlockUserDevice::new(&world.user, &mail));
        assert_eq!(lock().status(), Some(&LockStatus::Unlocked));
        assert_eq!(world.default_entry().0, mail);
        world.logs_in_with(&mail);
    }
}

#[test]
fn the_first_of_the_order_is_the_default() {
    both(|world| {
        let [mail, phone] = two(world);
        let order = || world.send(ListUserDevices::new(&world.user).expand_order()).order().unwrap();
        assert_eq!(order(), [mail.clone(), phone.clone()], "that of activation");

        world.send(SetDeviceOrder::new(&world.user, [&phone, &mail]));
        assert_eq!((order(), world.default_entry().0), (vec![phone.clone(), mail.clone()], phone.clone()));
        let last = world.enrolled(world.email());
        assert_eq!(order().last(), Some(last.id()), "a new one comes last");

        world.send(RemoveDeviceOrder::new(&world.user));
        assert!(order().is_empty());
        let step = world.begin().unwrap();
        let NextStep::DeviceSelection(selection) = step else { panic!("no choice: {step:?}") };
        assert_eq!(selection.devices().count(), 3);
    });
}

#[test]
fn a_device_that_is_removed_is_gone_and_the_next_one_is_the_default() {
    both(|world| {
        let [mail, phone] = two(world);
        world.send(DeleteUserDevice::new(&world.user, &mail));
        let error = world.refused(ReadUserDevice::new(&world.user, &mail));
        assert!(matches!(error.problem(), Problem::NotFound), "{error}");
        let (default, entry) = world.default_entry();
        assert_eq!((default, entry.devices().count()), (phone.clone(), 1));

        world.send(DeleteUserDevice::new(&world.user, &phone));
        let error = world.begin().unwrap_err();
        assert!(matches!(error.problem(), Problem::NoUsableDevice { .. }), "{error}");
        let error = world.refused(DeleteUserDevice::new(&world.user, &phone));
        assert!(matches!(error.problem(), Problem::NotFound), "{error}");
    });
}

#[test]
fn a_nickname_is_what_the_log_in_calls_the_device() {
    both(|world| {
        let [mail, _] = two(world);
        let label = || {
            let (_, entry) = world.default_entry();
            entry.labels().into_iter().find(|(id, ..)| **id == mail).unwrap().2
        };
        assert_eq!(label(), "E-mail, ad****@example.com");
        let named = world.send(UpdateDeviceNickname::new(&world.user, &mail, "Work"));
        assert_eq!((named.nickname(), label().as_str()), (Some("Work"), "Work"));
        world.send(UpdateDeviceNickname::new(&world.user, &mail, ""));
        assert_eq!(label(), "E-mail, ad****@example.com");
        let error = world.refused(UpdateDeviceNickname::new(&world.user, &mail, &"n".repeat(101)));
        assert!(matches!(error.problem(), Problem::BadRequest), "{error}");
    });
}

#[test]
fn a_list_is_filtered_by_status_and_type() {
    both(|world| {
        let [mail, phone] = two(world);
        let waiting = world.waiting(world.sms());
        let found = |filter: DeviceFilter| -> Vec<DeviceId> {
            let items = world.client.items(ListUserDevices::new(&world.user).filter(filter));
            items.map(|device| device.unwrap().id().unwrap().clone()).collect()
        };
        let (active, texted) = (DeviceFilter::status(DeviceStatus::Active), DeviceFilter::kind(DeviceType::Sms));
        assert_eq!(found(active.clone()), [mail, phone.clone()]);
        assert_eq!(found(active.and(texted.clone())), [phone]);
        let pending = DeviceFilter::status(DeviceStatus::ActivationRequired).and(texted);
        assert_eq!(found(pending), [waiting.id().clone()]);
    });
}

#[test]
fn logs_are_asked_of_phones_with_an_app_alone() {
    both(|world| {
        let [mail, _] = two(world);
        let error = world.refused(RequestDeviceLogs::new(&world.user, &mail));
        assert!(matches!(error.problem(), Problem::BadRequest | Problem::OutOfStep), "{error}");
    });
}
