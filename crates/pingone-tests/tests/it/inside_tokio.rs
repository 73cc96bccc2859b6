use pingone_emulator::Emulator;
use pingone_model::{InitializeDeviceAuthentication, Status};
use pingone_tests::emulated;

fn a_blocking_call() {
    let emulator = Emulator::start().unwrap();
    let client = pingone_blocking::Client::new(emulated(&emulator).unwrap()).unwrap();
    let begun = client.send(InitializeDeviceAuthentication::new(emulator.service().user_id())).unwrap();
    assert_eq!(*begun.status(), Status::PushConfirmationRequired);
}

/// Made, used and dropped inside: a client with a hidden runtime panics at one of the three.
#[tokio::test(flavor = "current_thread")]
async fn a_blocking_call_inside_a_current_thread_runtime() {
    a_blocking_call();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_blocking_call_inside_a_multi_thread_runtime() {
    a_blocking_call();
    tokio::task::spawn_blocking(a_blocking_call).await.unwrap();
}
