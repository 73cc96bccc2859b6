//! What users of other clients complain about: C9 to C18 of the project's list, a test for each.

use pingone_client_core::{ErrorKind, PushWait, WaitError};
use pingone_emulator::{Fault, FaultKind, Policy, PushAnswer, PushScript, RetryAfter};
use pingone_model::{DeviceAuthenticationId, NextStep, ReadDeviceAuthentication};

use super::{World, both, mail, seconds};

#[test]
fn c9_the_time_to_wait_is_the_callers_and_a_gateways_page_does_not_end_it() {
    both(|kind| {
        let world = World::patient(kind);
        let push = world.push();
        world.strike(FaultKind::Html(504), "device_authentication.read", 3);
        world.approve_after(seconds(20), &push);
        assert!(world.client.wait(&push, seconds(60)).is_ok());

        let (push, begun) = (world.push(), world.memory.elapsed());
        let end = world.client.wait(&push, seconds(25)).unwrap_err();
        assert!(matches!(&end, WaitError::Expired { push: Some(_), .. }), "{end:?}");
        let took = world.memory.elapsed() - begun;
        assert!(took >= seconds(24) && took <= seconds(25), "{took:?}");
    });
}

#[test]
fn c10_one_call_waits_for_the_answer() {
    both(|kind| {
        let world = World::new(kind);
        let push = world.push();
        world.approve_after(seconds(7), &push);
        let completed = world.client.wait(&push, seconds(60)).unwrap();
        assert_eq!(completed.user_id().unwrap().as_str(), world.service.user_id());
        assert!(world.memory.elapsed() <= seconds(10), "{:?}", world.memory.elapsed());
    });
}

#[test]
fn c11_it_reads_calmly_and_longer_waits_that_are_asked_for_do_not_end_it() {
    both(|kind| {
        let world = World::patient(kind);
        let push = world.push();
        world.approve_after(seconds(58), &push);
        world.client.wait(&push, seconds(60)).unwrap();
        let reads = world.reads();
        assert!((20..=36).contains(&reads.len()), "{reads:?}");
        assert!(reads[0] >= seconds(1) && reads.windows(2).all(|pair| pair[1] - pair[0] >= seconds(1)), "{reads:?}");

        let world = World::patient(kind);
        let push = world.push();
        world.strike(FaultKind::TooManyRequests(RetryAfter::Seconds(9)), "device_authentication.read", 3);
        world.approve_after(seconds(40), &push);
        world.client.wait(&push, seconds(60)).unwrap();
        let reads = world.reads();
        for pair in reads[..4].windows(2) {
            assert!(pair[1] - pair[0] >= seconds(9), "{reads:?}");
        }
    });
}

#[test]
fn c11_it_is_put_off_as_often_as_it_takes_but_not_beyond_its_end() {
    both(|kind| {
        let world = World::patient(kind);
        let push = world.push();
        world.strike(FaultKind::TooManyRequests(RetryAfter::Absent), "device_authentication.read", 8);
        world.approve_after(seconds(5), &push);
        world.client.wait(&push, seconds(140)).unwrap();

        let push = world.push();
        world.strike(FaultKind::TooManyRequests(RetryAfter::Seconds(50)), "device_authentication.read", 1);
        let begun = world.memory.elapsed();
        let end = world.client.wait(&push, seconds(30)).unwrap_err();
        let WaitError::ReadFailed { error, wait, .. } = end else { panic!("{end:?}") };
        assert_eq!(error.retry_after(), Some(seconds(50)));
        assert_eq!(wait.id(), push.id());
        assert!(world.memory.elapsed() - begun < seconds(3), "it tells at once");
    });
}

#[test]
fn c12_a_few_reads_may_fail_and_after_more_the_wait_can_be_resumed() {
    both(|kind| {
        for fault in [FaultKind::ResetBefore, FaultKind::ResetAfter, FaultKind::Truncated, FaultKind::Status(500)] {
            let world = World::patient(kind);
            let push = world.push();
            world.strike(fault.clone(), "device_authentication.read", 5);
            world.approve_after(seconds(3), &push);
            assert!(world.client.wait(&push, seconds(140)).is_ok(), "{fault:?}");
            assert_eq!(
                world.count("device_authentication.read"),
                6,
                "a read is not repeated but by the wait's own rhythm"
            );
        }

        let world = World::patient(kind);
        let push = world.push();
        world.strike(FaultKind::Status(500), "device_authentication.read", 6);
        let end = world.client.wait(&push, seconds(140)).unwrap_err();
        let WaitError::ReadFailed { error, wait, .. } = end else { panic!("{end:?}") };
        assert_eq!(error.status().unwrap().as_u16(), 500, "the last error is kept");
        world.service.approve_push(push.id().as_str()).unwrap();
        assert!(world.client.resume(wait).is_ok());
    });
}

#[test]
fn c12_failures_are_counted_in_a_row() {
    both(|kind| {
        let world = World::patient(kind);
        let push = world.push();
        for after in [10, 60] {
            let (service, fault) = (world.service.clone(), Fault::new(FaultKind::Status(500)));
            world.memory.after(seconds(after), move || {
                service.inject(fault.operation("device_authentication.read").unwrap().times(3))
            });
        }
        world.approve_after(seconds(130), &push);
        assert!(world.client.wait(&push, seconds(140)).is_ok());
    });
}

#[test]
fn c13_it_ends_with_a_verdict_and_only_completed_is_success() {
    both(|kind| {
        let world = World::new(kind);
        let push = world.push();
        let end = world.client.wait(&push, seconds(60)).unwrap_err();
        assert!(matches!(end, WaitError::TimedOut(_)), "{end:?}");

        let push = world.push();
        world.strike(FaultKind::UnknownStatus, "device_authentication.read", 1);
        world.service.approve_push(push.id().as_str()).unwrap();
        let end = world.client.wait(&push, seconds(60)).unwrap_err();
        assert!(matches!(end, WaitError::Unknown(_)), "{end:?}");
        assert!(matches!(end.into_next_step(), Some(NextStep::Unknown(_))));

        // An authentication that is not there, and a token that is refused, do not pass by themselves.
        let wait: PushWait = format!("1:{}:nobody-s:", u64::MAX).parse().unwrap();
        let end = world.client.resume(wait).unwrap_err();
        let WaitError::ReadFailed { error, .. } = &end else { panic!("{end:?}") };
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Response, 404));
    });
}

#[test]
fn c14_who_changed_device_is_not_let_in_by_the_old_push() {
    both(|kind| {
        let world = World::new(kind);
        let push = world.push();
        let (other, one) = (world.another(), push.clone());
        world.memory.after(seconds(5), move || {
            other.change_device(one).unwrap();
        });
        let end = world.client.wait(&push, seconds(60)).unwrap_err();
        let WaitError::Cancelled(selection) = end else { panic!("{end:?}") };
        world.service.approve_push(push.id().as_str()).unwrap_err();

        // The log-in goes on by mail; who still waits for the push is told, and has no success of their own.
        let wait = world.wait(&push, seconds(60));
        world.complete_by_mail(&selection);
        let end = world.client.resume(wait).unwrap_err();
        assert!(matches!(end, WaitError::Changed(NextStep::Completed(_))), "{end:?}");
    });
}

#[test]
fn c15_a_push_can_be_cancelled_by_its_id_alone() {
    both(|kind| {
        let world = World::new(kind);
        let stored = serde_json::to_string(world.push().id()).unwrap();
        let id: DeviceAuthenticationId = serde_json::from_str(&stored).unwrap();
        let NextStep::Push(push) = world.send(ReadDeviceAuthentication::new(id)) else { panic!("no push") };
        assert!(matches!(world.send(push.cancel()), NextStep::DeviceSelection(_)));
    });
}

#[test]
fn c16_after_a_denial_nothing_is_begun_again() {
    both(|kind| {
        let world = World::new(kind);
        world.service.script_pushes(PushScript::new(PushAnswer::Deny).after(seconds(4)));
        let push = world.push();
        let end = world.client.wait(&push, seconds(60)).unwrap_err();
        assert!(matches!(end, WaitError::Denied(_)), "{end:?}");
        assert_eq!(
            (world.count("device_authentication.initialize"), world.count("device_authentication.select_device")),
            (1, 0)
        );
    });
}

#[test]
fn c17_the_number_to_match_is_known_before_the_wait() {
    both(|kind| {
        let policy = Policy::new("p-1").number_matching(true);
        let world = World::with(kind, policy);
        let push = world.push();
        let number: u32 = push.number().unwrap().parse().unwrap();
        world.service.approve_push_with_number(push.id().as_str(), number).unwrap();
        assert!(world.client.wait(&push, seconds(60)).is_ok());
    });
}

#[test]
fn c18_a_code_does_instead_before_and_after_the_push_has_timed_out() {
    both(|kind| {
        let world = World::new(kind);
        let end = world.client.wait(&world.push(), seconds(60)).unwrap_err();
        let WaitError::TimedOut(selection) = end else { panic!("{end:?}") };
        world.complete_by_mail(&selection);

        let push = world.push();
        let end = world.client.wait(&push, seconds(10)).unwrap_err();
        let WaitError::Expired { push: Some(push), .. } = end else { panic!("{end:?}") };
        let NextStep::DeviceSelection(selection) = world.send(push.cancel()) else { panic!("no choice") };
        assert!(selection.devices().any(|(id, _)| *id == mail(&selection)));
        world.complete_by_mail(&selection);
        assert_eq!(world.count("device_authentication.initialize"), 2);
    });
}
