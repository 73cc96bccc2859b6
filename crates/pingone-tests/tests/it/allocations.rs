//! What a clone of a client costs, counted.

use pingone_emulator::Emulator;
use pingone_tests::emulated;

#[test]
fn a_clone_of_a_client_takes_none() {
    let configuration = emulated(&Emulator::start().unwrap()).unwrap();
    let on_tokio = pingone_async::Client::new(configuration.clone()).unwrap();
    let blocking = pingone_blocking::Client::new(configuration).unwrap();
    let counted = allocation_counter::measure(|| drop((on_tokio.clone(), blocking.clone())));
    assert_eq!(counted.count_total, 0);
}
