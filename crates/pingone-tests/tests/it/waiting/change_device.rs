//! What becomes of a push that is to be taken back.

use pingone_client_core::{DeviceChange, ErrorKind, PushWait, WaitError};
use pingone_emulator::{FaultKind, RetryAfter};
use pingone_model::{DeviceType, NextStep};

use super::{World, both, seconds};

#[test]
fn the_abandoned_device_is_not_offered_again_unless_asked() {
    both(|kind| {
        let world = World::new(kind);
        let push = world.push();
        let phone = push.device().unwrap().id().unwrap().clone();
        let DeviceChange::Cancelled(others) = world.client.change_device(push).unwrap() else {
            panic!("not cancelled")
        };
        assert_eq!(others.abandoned(), Some(&phone));
        assert!(others.devices().count() == 2 && others.devices().all(|(id, _)| *id != phone));
        assert_eq!(others.all_devices().count(), others.devices().count() + 1);
        let NextStep::Push(_) = world.send(others.select(phone)) else { panic!("asked for, and not sent") };
        assert_eq!(world.count("device_authentication.select_device"), 1);
    });
}

/// However the change is heard of: by itself, by a wait, by a wait that knows no device.
#[test]
fn the_abandoned_device_is_among_the_others_on_no_road() {
    both(|kind| {
        let world = World::new(kind);
        let push = world.push();
        let phone = push.device().unwrap().id().unwrap().clone();
        let nameless: PushWait = format!("1:{}:{}:", u64::MAX, push.id()).parse().unwrap();
        let DeviceChange::Cancelled(others) = world.client.change_device(nameless.clone()).unwrap() else {
            panic!("not cancelled")
        };
        assert!(others.devices().count() == 2 && others.devices().all(|(id, _)| *id != phone));
        let step = DeviceChange::Cancelled(others).into_next_step();
        let NextStep::DeviceSelection(selection) = step else { panic!("no selection") };
        assert!(selection.labels().len() == 2 && selection.labels().iter().all(|(id, ..)| **id != phone));
        for wait in [world.wait(&push, seconds(60)), nameless] {
            let end = world.client.resume(wait).unwrap_err();
            let WaitError::Cancelled(others) = &end else { panic!("{end:?}") };
            assert!(others.devices().count() == 2 && others.devices().all(|(id, _)| *id != phone));
            let Some(NextStep::DeviceSelection(selection)) = end.into_next_step() else { panic!("no selection") };
            assert!(selection.devices().count() == 2 && selection.devices().all(|(id, _)| *id != phone));
            assert_eq!((selection.all_devices().count(), selection.abandoned()), (3, Some(&phone)), "for once more");
        }
    });
}

#[test]
fn another_replica_changes_the_device_by_the_text_of_the_wait_alone() {
    both(|kind| {
        let world = World::new(kind);
        let text = world.wait(&world.push(), seconds(60)).to_string();
        let wait: PushWait = text.parse().unwrap();
        let phone = wait.device_id().unwrap().clone();
        let DeviceChange::Cancelled(others) = world.another().change_device(wait).unwrap() else {
            panic!("not cancelled")
        };
        assert_eq!(others.abandoned(), Some(&phone));
        assert_eq!(
            (world.count("device_authentication.cancel"), world.count("device_authentication.read")),
            (1, 0),
            "nothing has to be read first"
        );
    });
}

#[test]
fn who_was_quicker_than_the_change_is_reported_truthfully() {
    both(|kind| {
        let world = World::new(kind);
        let push = world.push();
        world.service.approve_push(push.id().as_str()).unwrap();
        let change = world.client.change_device(push).unwrap();
        assert!(matches!(change, DeviceChange::AlreadyApproved(_)), "{change:?}");

        let push = world.push();
        world.service.deny_push(push.id().as_str()).unwrap();
        let change = world.client.change_device(push).unwrap();
        assert!(matches!(change, DeviceChange::AlreadyDenied(_)), "{change:?}");

        let push = world.push();
        world.memory.advance(seconds(60));
        let change = world.client.change_device(push).unwrap();
        let DeviceChange::TimedOut(others) = change else { panic!("{change:?}") };
        assert!(others.devices().any(|(_, device)| device.kind() == Some(&DeviceType::Email)));

        let push = world.push();
        let NextStep::DeviceSelection(selection) = world.send(push.cancel()) else { panic!("no choice") };
        world.complete_by_mail(&selection);
        let change = world.client.change_device(push).unwrap();
        assert!(matches!(change, DeviceChange::Changed(NextStep::Completed(_))), "another device: {change:?}");
        assert_eq!(world.count("device_authentication.cancel"), 5, "each was sent once");
    });
}

#[test]
fn a_lost_reply_is_reconciled_by_a_read() {
    both(|kind| {
        let world = World::new(kind);
        for fault in [FaultKind::ResetAfter, FaultKind::Truncated, FaultKind::Empty] {
            world.strike(fault.clone(), "device_authentication.cancel", 1);
            let change = world.client.change_device(world.push()).unwrap();
            assert!(matches!(change, DeviceChange::Cancelled(_)), "{fault:?} {change:?}");
        }
        for fault in [FaultKind::ResetBefore, FaultKind::Status(500), FaultKind::Html(502)] {
            world.strike(fault.clone(), "device_authentication.cancel", 1);
            let change = world.client.change_device(world.push()).unwrap();
            let DeviceChange::StillPending { error, .. } = change else { panic!("{fault:?} {change:?}") };
            assert!(error.unwrap().maybe_applied(), "{fault:?}");
        }
        assert_eq!(
            (world.count("device_authentication.cancel"), world.count("device_authentication.read")),
            (6, 6),
            "nothing is sent twice"
        );
    });
}

#[test]
fn if_nobody_knows_the_error_of_the_cancel_says_so() {
    both(|kind| {
        let world = World::new(kind);
        let push = world.push();
        world.strike(FaultKind::ResetAfter, "device_authentication.cancel", 1);
        world.strike(FaultKind::Status(404), "device_authentication.read", 1);
        let cancel = push.cancel();
        let id = push.id().clone();
        let failed = world.client.change_device(push).unwrap_err();
        let error = failed.error();
        assert!(error.maybe_applied() && error.follow_up(&cancel).is_some());
        assert_eq!((failed.push().unwrap().id(), failed.to_string()), (&id, error.to_string()));
        let again = world.client.change_device(failed.clone().into_change()).unwrap();
        assert!(matches!(again, DeviceChange::Cancelled(_)), "{again:?}");
        assert_eq!(error.operation(), "device_authentication.cancel");

        let push = world.push();
        world.strike(FaultKind::TooManyRequests(RetryAfter::Seconds(3_600)), "device_authentication.cancel", 1);
        let reads = world.count("device_authentication.read");
        let failed = world.client.change_device(push).unwrap_err();
        let error = pingone_client_core::Error::from(failed);
        assert_eq!((error.kind(), error.maybe_applied()), (ErrorKind::Response, false));
        assert_eq!(error.retry_after(), Some(seconds(3_600)));
        assert_eq!(world.count("device_authentication.read"), reads, "nothing is open");
    });
}
