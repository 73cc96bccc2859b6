//! What reading and asking cost is counted exactly; time is for `cargo xtask bench`.

use bytes::Bytes;
use pingone_model::{
    CancelDeviceAuthentication, CancelReason, DeviceAuthentication, Document, Environment, Glance, Operation,
    ReadDeviceAuthentication, Region,
};

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

#[test]
fn a_request_takes_one_for_its_path_and_two_for_its_headers() {
    let id = "004fd27a-c7e7-4e63-8644-0563e43dcd02";
    let cancel = CancelDeviceAuthentication::new(id, CancelReason::ChangeDevice);
    let read = ReadDeviceAuthentication::new(id);
    let hosted = Environment::new(Region::Europe, "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6");
    let branded =
        Environment::with_custom_domain(Region::Europe, "login.example.com", "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6")
            .unwrap();
    for environment in [hosted, branded] {
        // The first request has its host's name shared.
        drop(read.request(&environment).unwrap());
        assert_eq!(allocations(|| cancel.request(&environment).unwrap()), 3);
        assert_eq!(allocations(|| read.request(&environment).unwrap()), 1);
    }
}
