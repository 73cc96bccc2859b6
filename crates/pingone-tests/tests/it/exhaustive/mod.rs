//! Every order in which a wait, a change of device, a user and a network can meet, to a depth, against the emulator's
//! state machine in memory.

mod broken;
mod explore;
mod key_wait;
mod ours;
mod scene;
mod world;

use std::collections::BTreeSet;

use self::{
    explore::explore,
    ours::{Change, Wait},
    world::{Event, Property, Verdict},
};

#[test]
fn no_order_of_events_fools_the_wait_or_the_change_of_device() {
    let report = explore::<Wait, Change>(10).unwrap();
    println!("{} schedules, {} requests", report.schedules, report.requests);
    assert!(report.schedules >= 100_000, "{}", report.schedules);
    assert_eq!(report.events, BTreeSet::from(Event::ALL));
    let verdicts = [
        Verdict::Approved,
        Verdict::Denied,
        Verdict::TimedOut,
        Verdict::Cancelled,
        Verdict::Changed,
        Verdict::Expired,
        Verdict::ReadFailed,
    ];
    assert_eq!(report.verdicts, BTreeSet::from(verdicts));
    let changes =
        ["AlreadyApproved", "AlreadyDenied", "Cancelled", "Changed", "StillPending", "TimedOut", "nobody knows"];
    assert_eq!(report.changes, BTreeSet::from(changes));
}

/// What the exploration finds wrong with a waiter or a canceller; the shortest schedules come first.
fn found<W: world::Waiter, C: world::Canceller>() -> Property {
    let found = (1..=6).find_map(|depth| explore::<W, C>(depth).err());
    let (property, schedule) = found.unwrap_or_else(|| panic!("nothing is found"));
    println!("{property:?} by {schedule:?}");
    property
}

#[test]
fn a_waiter_that_takes_the_choice_of_a_device_for_success_is_found() {
    assert_eq!(found::<broken::SelectionIsSuccess, Change>(), Property::ApprovedIsCompleted);
}

#[test]
fn a_waiter_that_ignores_its_deadline_is_found() {
    assert_eq!(found::<broken::NoDeadline, Change>(), Property::EndsByItsDeadline);
}

#[test]
fn a_waiter_that_counts_a_late_approval_is_found() {
    assert_eq!(found::<broken::AnyCompletion, Change>(), Property::CancelledIsNeverApproved);
}

#[test]
fn a_change_of_device_that_cancels_twice_is_found() {
    assert_eq!(found::<Wait, broken::CancelsTwice>(), Property::OneCancelOneInitialize);
}

#[test]
fn a_waiter_that_begins_again_after_a_denial_is_found() {
    assert_eq!(found::<broken::BeginsAgain, Change>(), Property::OneCancelOneInitialize);
}
