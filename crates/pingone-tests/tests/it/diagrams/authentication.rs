//! A device authentication: what each step of ours offers and what a user can do, against the emulator.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use bytes::Bytes;
use http::{Request, header::AUTHORIZATION};
use pingone_emulator::{Data, Device, DeviceSelection, Policy, Service, TokenKind, User};
use pingone_model::{
    DeviceAuthentication, DeviceAuthenticationId, Document, Environment, InitializeDeviceAuthentication, NextStep,
    Operation, ReadDeviceAuthentication, ResponseError,
};
use serde_json::json;

use super::{Edges, OUTSIDE, assert_drawn, edge};
use crate::browser::{Browser, ORIGIN};

const DEVICES: [&str; 3] = ["phone", "mail", "passkey"];

/// No way through is longer than a push, its end, a code, a passkey and the end of all.
const DEPTH: usize = 5;

struct World {
    service: Service,
    environment: Environment,
    token: String,
    browser: Browser,
    counter: Cell<u32>,
    edges: RefCell<Edges>,
}

/// What happens, and what the diagram calls it. It tells whether it had an effect.
type Event<'a> = (&'static str, Box<dyn Fn() -> bool + 'a>);

impl World {
    fn new() -> Self {
        let browser = Browser::new();
        let phone = Device::new("phone", "MOBILE")
            .member("application", json!({ "id": "app" }))
            .hidden("mobilePayload", json!("payload"));
        let user = User::new("u-1").device(phone).device(Device::new("mail", "EMAIL")).device(browser.device());
        let asking = Policy::new("asking").device_selection(DeviceSelection::AlwaysDisplayDevices);
        let data = Data::new("e-1", "p-1").policy(asking).user(user);
        let service = Service::new(data);
        service.freeze();
        let environment = Environment::at("https://auth.in-memory.example", "e-1").unwrap();
        let token = service.issue_token(TokenKind::Worker);
        Self { service, environment, token, browser, counter: Cell::new(1), edges: RefCell::default() }
    }

    fn send<O>(&self, operation: &O) -> Result<Document<DeviceAuthentication>, ResponseError>
    where
        O: Operation<Output = Document<DeviceAuthentication>>,
    {
        let mut request = operation.request(&self.environment).unwrap();
        request.headers_mut().insert(AUTHORIZATION, format!("Bearer {}", self.token).parse().unwrap());
        operation.read(self.service.handle(request))
    }

    fn event<'a, O>(&'a self, operation: O) -> Event<'a>
    where
        O: Operation<Output = Document<DeviceAuthentication>> + 'a,
    {
        (O::INFO.name.split_once('.').unwrap().1, Box::new(move || self.send(&operation).is_ok()))
    }

    fn read(&self, id: &DeviceAuthenticationId) -> Document<DeviceAuthentication> {
        self.send(&ReadDeviceAuthentication::new(id)).unwrap()
    }

    /// What the client can send, and the user can do.
    fn events(&self, step: NextStep) -> Vec<Event<'_>> {
        let select = |operation: &dyn Fn(&str) -> pingone_model::SelectDevice| {
            DEVICES.iter().map(|device| self.event(operation(device))).collect::<Vec<_>>()
        };
        match step {
            NextStep::Push(push) => {
                let id = push.id().as_str().to_owned();
                let answer = |answer: &'static str| {
                    let path = format!("/_emulator/pushes/{id}");
                    Box::new(move || {
                        let body = Bytes::from(json!({ "answer": answer }).to_string());
                        let request = Request::post(&path).header("host", "127.0.0.1").body(body).unwrap();
                        self.service.handle(request).status().is_success()
                    })
                };
                let forgotten = || {
                    self.service.advance(Duration::from_secs(150));
                    true
                };
                vec![
                    self.event(push.cancel()),
                    ("the user approves", answer("APPROVE")),
                    ("the user denies", answer("DENY")),
                    ("nobody answers", Box::new(forgotten)),
                ]
            }
            NextStep::PushTimedOut(selection) | NextStep::DeviceSelection(selection) => {
                select(&|device| selection.select(device))
            }
            NextStep::Otp(entry) => {
                let sent = self.service.last_code_for(entry.id().as_str()).unwrap();
                let wrong = if sent.code() == "000000" { "000001" } else { "000000" };
                let (right, wrong) = (entry.check(sent.code()), entry.check(wrong));
                // Until no attempt is left.
                let guess = Box::new(move || (0..10).any(|_| self.send(&wrong).is_ok()));
                let mut events = select(&|device| entry.select(device));
                events.extend([self.event(right), ("check_otp", guess)]);
                events
            }
            NextStep::Assertion(request) => {
                let options = request.options().unwrap().to_browser_json().unwrap();
                self.counter.set(self.counter.get() + 1);
                let signed = [&self.browser, &Browser::new()].map(|browser| browser.get(&options, self.counter.get()));
                let mut events = select(&|device| request.select(device));
                events.extend(signed.map(|credential| self.event(request.check_fido2(ORIGIN, &credential))));
                events
            }
            NextStep::Completed(_) | NextStep::Failed(_) => vec![],
            other => panic!("not expected: {other:?}"),
        }
    }

    fn explore(&self, id: &DeviceAuthenticationId, depth: usize) {
        let before = self.read(id);
        let from = before.status().to_string();
        let events = self.events(before.into_next_step());
        if events.is_empty() {
            self.edges.borrow_mut().insert(edge(&from, OUTSIDE, ""));
        }
        let moment = depth.to_string();
        self.service.save_snapshot(&moment);
        for (label, happen) in events {
            let has_effect = happen();
            let to = self.read(id).status().to_string();
            if has_effect || to != from {
                self.edges.borrow_mut().insert(edge(&from, &to, label));
                if depth < DEPTH {
                    self.explore(id, depth + 1);
                }
            }
            assert!(self.service.restore_snapshot(&moment));
        }
    }
}

#[test]
fn a_device_authentication_is_drawn_as_it_goes() {
    let world = World::new();
    let initialize = InitializeDeviceAuthentication::new("u-1");
    let begun = [initialize.clone().policy("asking"), initialize.clone().mobile_payload("app", "payload")];
    for initialize in DEVICES.map(|device| initialize.clone().selected_device(device)).into_iter().chain(begun) {
        let begun = world.send(&initialize).unwrap();
        world.edges.borrow_mut().insert(edge(OUTSIDE, begun.status().as_ref(), "initialize"));
        world.explore(begun.id().unwrap(), 1);
    }
    assert_drawn("A device authentication", &world.edges.borrow());
}
