//! What the example's scenario puts on the wire, through each client: the same.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use axum::{Router, body, extract::Request};
use bytes::Bytes;
use pingone_client_core::{Configuration, Credentials};
use pingone_emulator::{Data, Service};
use pingone_model::{DeviceType, Environment, InitializeDeviceAuthentication, NextStep};
use pingone_tests::EitherClient;

/// An emulator behind a server that writes down every request, as it came.
struct Recorder {
    url: String,
    service: Service,
    requests: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

impl Recorder {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (service, requests) = (Service::new(Data::built_in()), Arc::new(Mutex::new(Vec::new())));
        let (heart, journal) = (service.clone(), Arc::clone(&requests));
        let app = Router::new().fallback(async move |request: Request| {
            let (parts, body) = request.into_parts();
            let request = http::Request::from_parts(parts, body::to_bytes(body, 1 << 20).await.unwrap());
            journal.lock().unwrap().push(request.clone());
            heart.handle(request).map(body::Body::from)
        });
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                axum::serve(listener, app).await.unwrap();
            });
        });
        Self { url, service, requests }
    }

    fn transcript(&self, secrets: &[(&str, &str)]) -> String {
        let mut text = String::new();
        for request in self.requests.lock().unwrap().iter() {
            text += &format!("{} {}\n", request.method(), request.uri());
            let mut headers: Vec<_> = request.headers().iter().collect();
            headers.sort_by_key(|(name, _)| name.as_str());
            for (name, value) in headers {
                // These belong to the connection; everything else is ours.
                if matches!(name.as_str(), "host" | "content-length") {
                    continue;
                }
                let value = value.to_str().unwrap();
                let (scheme, _) = value.split_once(' ').unwrap_or((value, ""));
                let value = if name == "authorization" { format!("{scheme} [hidden]") } else { value.to_owned() };
                text += &format!("{name}: {value}\n");
            }
            text += &format!("\n{}\n", std::str::from_utf8(request.body()).unwrap());
            text = text.trim_end().to_owned() + "\n\n";
        }
        for (secret, name) in secrets {
            assert!(text.contains(secret), "{name}");
            text = text.replace(secret, name);
        }
        text
    }
}

/// The steps of the examples `change_device` and `change_device_blocking`.
fn change_device(client: &EitherClient, recorder: &Recorder) -> String {
    let service = &recorder.service;
    let begun = client.send(InitializeDeviceAuthentication::new(service.user_id())).unwrap();
    let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
    client.send(push.read()).unwrap();
    let NextStep::DeviceSelection(selection) = client.send(push.cancel()).unwrap().into_next_step() else {
        panic!("no selection")
    };
    let (email, _) = selection.devices().find(|(_, device)| device.kind() == Some(&DeviceType::Email)).unwrap();
    let NextStep::Otp(entry) = client.send(selection.select(email)).unwrap().into_next_step() else {
        panic!("no code")
    };
    let codes = service.codes();
    let code = codes.last().unwrap().code();
    let NextStep::Completed(_) = client.send(entry.check(code)).unwrap().into_next_step() else {
        panic!("not completed")
    };
    recorder.transcript(&[
        (push.id().as_str(), "[authentication]"),
        (code, "[code]"),
        (env!("CARGO_PKG_VERSION"), "[version]"),
    ])
}

#[test]
fn transcript_snapshot_of_changing_the_device_is_the_same_through_both_clients() {
    let [concurrent, blocking] = ["async", "blocking"].map(|name| {
        let recorder = Recorder::start();
        let environment = Environment::at(&recorder.url, recorder.service.environment_id()).unwrap();
        let credentials =
            Credentials::client_secret_basic(recorder.service.client_id(), recorder.service.client_secret());
        let clients = EitherClient::both(&Configuration::new(environment, credentials)).unwrap();
        let client = clients.iter().find(|client| client.name() == name).unwrap();
        change_device(client, &recorder)
    });
    assert_eq!(concurrent, blocking);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("transcript.change_device", concurrent));
}
