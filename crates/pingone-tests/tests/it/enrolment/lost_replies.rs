//! What acts is sent exactly once if its reply is lost, and where something can tell, a *read* does.

use pingone_client_core::Error;
use pingone_emulator::{Fault, FaultKind};
use pingone_model::{
    BlockStatus, DeviceId, DeviceStatus, Operation, Problem,
    user::{CreateUser, DeleteUser},
    user_device::{
        BlockUserDevice, DeleteUserDevice, ListUserDevices, RemoveDeviceOrder, SetDeviceOrder, UnblockUserDevice,
        UnlockUserDevice, UpdateDeviceNickname,
    },
};

use super::{World, both, other_than};

impl World {
    /// Sends `operation`, which happens; but its reply is lost.
    fn lose<O: Operation>(&self, operation: O) -> Error
    where
        O::Output: std::fmt::Debug,
    {
        let name = O::INFO.name;
        let before = self.count(name);
        self.service.inject(Fault::new(FaultKind::ResetAfter).operation(name).unwrap().times(1));
        let error = self.refused(operation);
        assert_eq!(self.count(name) - before, 1, "{name} was sent exactly once");
        assert_eq!((error.maybe_applied(), error.attempts()), (true, 1), "{error}");
        error
    }

    fn two(&self) -> [DeviceId; 2] {
        [self.email(), self.sms()].map(|create| self.enrolled(create).id().clone())
    }
}

#[test]
fn a_creation_sends_one_code_and_the_list_gives_a_hint() {
    both(|world| {
        world.lose(world.email().status(DeviceStatus::ActivationRequired));
        assert_eq!(world.service.codes().len(), 1, "one code, not two");
        let devices: Vec<_> = world.client.items(ListUserDevices::new(&world.user)).map(Result::unwrap).collect();
        assert_eq!(devices.iter().map(|device| device.email()).collect::<Vec<_>>(), [Some("ada@example.com")]);
    });
}

#[test]
fn reading_the_device_shows_its_activation() {
    both(|world| {
        let entry = world.waiting(world.email());
        let activate = entry.activate(&world.pairing_code(entry.id()));
        let error = world.lose(&activate);
        let read = world.send(error.follow_up(&activate).expect("it tells"));
        assert_eq!(read.status(), Some(&DeviceStatus::Active));
        world.logs_in_with(entry.id());
    });
}

#[test]
fn a_wrong_code_whose_refusal_is_lost_burns_one_attempt() {
    both(|world| {
        let entry = world.waiting(world.email());
        let wrong = entry.activate(&other_than(&world.pairing_code(entry.id())));
        let error = world.lose(&wrong);
        let read = world.send(error.follow_up(&wrong).expect("it tells"));
        assert_eq!(read.status(), Some(&DeviceStatus::ActivationRequired));
        let again = world.refused(&wrong);
        assert!(matches!(again.problem(), Problem::WrongCode { attempts_remaining: Some(1), .. }), "{again}");
    });
}

#[test]
fn another_code_is_sent_once() {
    both(|world| {
        let entry = world.waiting(world.sms());
        world.lose(entry.resend());
        assert_eq!(world.service.codes().len(), 2, "that of the creation, and one more");
    });
}

#[test]
fn reading_a_device_shows_what_became_of_it() {
    both(|world| {
        let [mail, _] = world.two();
        let block = BlockUserDevice::new(&world.user, &mail);
        let read = world.send(world.lose(&block).follow_up(&block).expect("it tells"));
        assert_eq!(read.block().unwrap().status(), Some(&BlockStatus::Blocked));

        let unblock = UnblockUserDevice::new(&world.user, &mail);
        let read = world.send(world.lose(&unblock).follow_up(&unblock).expect("it tells"));
        assert_eq!(read.block().unwrap().status(), Some(&BlockStatus::Unblocked));

        let unlock = UnlockUserDevice::new(&world.user, &mail);
        assert!(world.client.send(world.lose(&unlock).follow_up(&unlock).expect("it tells")).is_ok());

        let delete = DeleteUserDevice::new(&world.user, &mail);
        let error = world.refused(world.lose(&delete).follow_up(&delete).expect("it tells"));
        assert!(matches!(error.problem(), Problem::NotFound), "{error}");
    });
}

/// It names the device, however often: so it is sent again by itself.
#[test]
fn a_nickname_is_given_again_until_somebody_says_so() {
    both(|world| {
        let [mail, _] = world.two();
        let name = UpdateDeviceNickname::INFO.name;
        world.service.inject(Fault::new(FaultKind::ResetAfter).operation(name).unwrap().times(1));
        let named = world.send(UpdateDeviceNickname::new(&world.user, &mail, "Work"));
        assert_eq!((named.nickname(), world.count(name)), (Some("Work"), 2));
    });
}

#[test]
fn the_list_shows_the_order() {
    both(|world| {
        let [mail, phone] = world.two();
        let set = SetDeviceOrder::new(&world.user, [&phone, &mail]);
        let list = world.send(world.lose(&set).follow_up(&set).expect("it tells"));
        assert_eq!(list.order(), Some(vec![phone, mail]));
        let remove = RemoveDeviceOrder::new(&world.user);
        let list = world.send(world.lose(&remove).follow_up(&remove).expect("it tells"));
        assert_eq!(list.order(), Some(vec![]));
    });
}

#[test]
fn a_user_is_created_once_and_found_by_their_name() {
    both(|world| {
        let create = CreateUser::new("grace");
        let found = world.send(world.lose(&create).follow_up(&create).expect("it tells")).expect("there is one");
        assert_eq!(found.username(), Some("grace"));

        let delete = DeleteUser::new(found.id());
        let error = world.refused(world.lose(&delete).follow_up(&delete).expect("it tells"));
        assert!(matches!(error.problem(), Problem::NotFound), "{error}");
    });
}
