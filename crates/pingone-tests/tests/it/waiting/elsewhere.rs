//! A wait that begins in one place and goes on in another, and one that is stopped.

use std::thread;

use pingone_blocking::Stop;
use pingone_client_core::{PushWait, WaitError};
use pingone_tests::{EitherClient, Kind};

use super::{World, both, seconds};

#[test]
fn another_replica_continues_from_the_text_and_ends_when_the_first_would_have() {
    both(|kind| {
        let world = World::patient(kind);
        let push = world.push();
        let text = world.wait(&push, seconds(60)).to_string();
        assert!(!text.contains(world.service.client_secret()) && text.contains(push.id().as_str()));

        world.memory.advance(seconds(40));
        let begun = world.memory.elapsed();
        let replica = world.another();
        let end = replica.resume(text.parse::<PushWait>().unwrap()).unwrap_err();
        assert!(matches!(end, WaitError::Expired { .. }), "{end:?}");
        let took = world.memory.elapsed() - begun;
        assert!(took >= seconds(18) && took <= seconds(21), "{took:?}");

        let push = world.push();
        let text = world.wait(&push, seconds(120)).to_string();
        world.service.approve_push(push.id().as_str()).unwrap();
        let begun = world.memory.elapsed();
        replica.resume(text.parse::<PushWait>().unwrap()).unwrap();
        assert_eq!(world.memory.elapsed(), begun, "who resumes reads at once");
    });
}

#[test]
fn a_wait_whose_time_is_up_reads_no_more() {
    both(|kind| {
        let world = World::new(kind);
        let push = world.push();
        let wait = world.wait(&push, seconds(0));
        let end = world.client.resume(wait).unwrap_err();
        assert!(matches!(end, WaitError::Expired { push: None, .. }), "{end:?}");
        assert_eq!(world.count("device_authentication.read"), 0);
    });
}

#[test]
fn a_short_wait_reads_once_at_least() {
    both(|kind| {
        let world = World::new(kind);
        let push = world.push();
        world.service.approve_push(push.id().as_str()).unwrap();
        assert!(world.client.wait(&push, std::time::Duration::from_millis(300)).is_ok());
    });
}

#[test]
fn a_blocking_wait_is_stopped_by_another_thread_and_can_be_resumed() {
    let world = World::patient(Kind::Blocking);
    let push = world.push();
    let (stop, service, id) = (Stop::new(), world.service.clone(), push.id().clone());
    let handle = stop.clone();
    world.memory.after(seconds(5), move || thread::spawn(move || handle.stop()).join().unwrap());
    let EitherClient::Blocking(client) = &world.client else { panic!("another client") };

    let end = client.wait_until(&push, seconds(60), &stop).unwrap_err();
    let WaitError::Stopped(wait) = end else { panic!("{end:?}") };
    let elapsed = world.memory.elapsed();
    assert!(elapsed >= seconds(5) && elapsed < seconds(6), "{elapsed:?}");

    service.approve_push(id.as_str()).unwrap();
    assert!(client.resume(wait).is_ok());
}

#[test]
fn an_async_wait_ends_when_its_future_is_dropped() {
    let world = World::patient(Kind::Async);
    let push = world.push();
    let EitherClient::Async(runtime, client) = &world.client else { panic!("another client") };
    let wait = client.wait(&push, seconds(140));
    runtime.block_on(async {
        tokio::select! {
            biased;
            end = wait => panic!("{end:?}"),
            () = async { while world.count("device_authentication.read") < 3 { tokio::task::yield_now().await; } } => {}
        }
    });
    let reads = world.count("device_authentication.read");
    runtime.block_on(async {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(world.count("device_authentication.read"), reads, "nothing goes on behind the caller's back");
    assert_eq!(world.service.pending_pushes().len(), 1, "and the push stays");
}
