//! Thousands of log-ins on a network that fails, with users of all kinds, through both clients and without sockets.
//!
//! Everything is drawn from one seed, and the clock moves by waiting alone: the same seed is the same run. A failure names
//! the seed; `SIMULATION_SEED=… cargo test -p pingone-tests --test it simulation` replays it.

mod chance;
mod log_in;
mod world;

use pingone_tests::Kind;
use ring::digest::{Context, SHA256};

use self::world::World;

/// How many log-ins share a service, its users' clock and a client.
const SHIFT: usize = 25;

/// Lets `count` log-ins happen, and returns a digest of all that was seen of them.
fn run(kind: Kind, seed: u64, count: usize) -> String {
    let mut digest = Context::new(&SHA256);
    for shift in 0..count.div_ceil(SHIFT) {
        let world = World::new(kind, seed, shift);
        for number in 0..SHIFT {
            digest.update(log_in::log_in(&world, number).as_bytes());
        }
    }
    digest.finish().as_ref()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn ten_thousand_log_ins_through_each_client_end_as_the_service_says() {
    let seed = std::env::var("SIMULATION_SEED").map_or(1, |seed| seed.parse().unwrap());
    let count = 10_000;
    let (one, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| run(Kind::Blocking, seed, count));
        (run(Kind::Async, seed, count), other.join().unwrap())
    });
    println!("seed {seed}: {count} log-ins through each client, digest {one}");
    assert_eq!(one, other, "both clients do the same");
}

#[test]
fn the_same_seed_is_the_same_run_and_another_is_another() {
    let digests = [5, 5, 6].map(|seed| run(Kind::Blocking, seed, 500));
    assert_eq!(digests[0], digests[1]);
    assert_ne!(digests[0], digests[2]);
}
