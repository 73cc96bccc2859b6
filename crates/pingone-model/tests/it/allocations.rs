//! What reading costs is counted exactly; time is for the bench `decode`.

use bytes::Bytes;
use pingone_model::{DeviceAuthentication, Document, Glance};

const REPLY: &str = include_str!("../../fixtures/replies/device_authentication.cancel.json");

fn allocations<T>(read: impl FnOnce() -> T) -> u64 {
    let mut value = None;
    let counted = allocation_counter::measure(|| value = Some(read()));
    drop(value);
    counted.count_total
}

#[test]
fn the_reference_s_reply_is_read_whole_in_at_most_84_allocations() {
    let body = Bytes::from_static(REPLY.as_bytes());
    let count = allocations(|| Document::<DeviceAuthentication>::from_json(body).unwrap());
    assert!((1..=84).contains(&count), "{count}");
}

#[test]
fn a_glance_at_it_takes_at_most_2() {
    let count = allocations(|| Glance::from_json(REPLY.as_bytes()).unwrap());
    assert!((1..=2).contains(&count), "{count}");
}

#[test]
fn a_clone_takes_none() {
    let reply = Document::<DeviceAuthentication>::from_json(REPLY).unwrap();
    assert_eq!(allocations(|| reply.clone()), 0);
}
