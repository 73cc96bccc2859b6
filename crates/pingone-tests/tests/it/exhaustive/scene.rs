//! What every schedule begins with: a service, a session with a token, and a push that waits.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};
use pingone_client_core::{
    AccessToken, Action, Answer, Call, Configuration, Credentials, Error, Now, RetryPolicy, Session, TransportError,
    WaitPolicy,
};
use pingone_emulator::{Client, Data, Device, Service, TokenEndpointAuthMethod, TokenKind, User};
use pingone_model::{
    CheckOtp, Environment, InitializeDeviceAuthentication, NextStep, Operation, PendingPush, ReadDeviceAuthentication,
    SelectDevice, Status,
};

pub(super) type Reply = Result<Response<Bytes>, TransportError>;

/// What every moment has in common.
pub(super) struct Scene {
    pub(super) service: Service,
    pub(super) session: Session,
    pub(super) push: PendingPush,
}

impl Scene {
    pub(super) fn new() -> Self {
        let user = User::new("u-1").device(Device::new("phone", "MOBILE")).device(Device::new("mail", "EMAIL"));
        let client = Client::new("c-1", "secret", TokenEndpointAuthMethod::ClientSecretPost);
        let service = Service::new(Data::new("e-1", "p-1").client(client).user(user));
        service.freeze();
        let token = AccessToken::new(&service.issue_token(TokenKind::Worker)).unwrap();
        let environment = Environment::at("https://auth.in-memory.example", "e-1").unwrap();
        let configuration = Configuration::new(environment, Credentials::access_token(token))
            .retry(RetryPolicy::never())
            .wait(WaitPolicy::new().max_failures(1));
        let session = Session::new(configuration, 1).unwrap();
        let initialize = InitializeDeviceAuthentication::new("u-1");
        let begun = initialize.read(service.handle(request(&session, &initialize))).unwrap();
        let NextStep::Push(push) = begun.into_next_step() else { panic!("no push") };
        Self { service, session, push }
    }

    pub(super) fn status(&self) -> Status {
        let read = ReadDeviceAuthentication::new(self.push.id());
        read.read(self.service.handle(request(&self.session, &read))).unwrap().status().clone()
    }

    pub(super) fn complete_by_mail(&self) {
        let id = self.push.id();
        let select = SelectDevice::new(id, "mail");
        assert!(self.service.handle(request(&self.session, &select)).status().is_success());
        let code = self.service.codes().last().unwrap().code().to_owned();
        let check = CheckOtp::new(id, &code);
        assert!(self.service.handle(request(&self.session, &check)).status().is_success());
    }

    pub(super) fn time_out_the_push(&self) {
        let path = format!("/_emulator/pushes/{}", self.push.id());
        let request = Request::post(path).header("host", "127.0.0.1").body(r#"{"answer":"TIME_OUT"}"#.into()).unwrap();
        assert!(self.service.handle(request).status().is_success());
    }
}

pub(super) fn now(elapsed: Duration) -> Now {
    Now::new(elapsed, SystemTime::UNIX_EPOCH + Duration::from_secs(1_764_000_000) + elapsed)
}

/// The request with its token, as a call sends it.
pub(super) fn request<O: Operation>(session: &Session, operation: &O) -> Request<Bytes> {
    outgoing(&mut session.call(operation, now(Duration::ZERO)).unwrap(), session, now(Duration::ZERO))
}

/// What a call sends first.
pub(super) fn outgoing(call: &mut Call, session: &Session, now: Now) -> Request<Bytes> {
    let mut tokens = session.tokens();
    loop {
        match call.next(now) {
            Action::Authorize(_) => assert!(call.authorize(now, &mut tokens).is_none(), "it has a token"),
            Action::Send(outgoing) => return outgoing.request,
            other => panic!("{other:?}"),
        }
    }
}

/// How a call ends that is answered so.
pub(super) fn answered(
    mut call: Call,
    session: &Session,
    sent_at: Now,
    at: Now,
    reply: Reply,
) -> Result<Answer, Error> {
    outgoing(&mut call, session, sent_at);
    call.received(at, reply);
    match call.next(at) {
        Action::Done(end) => end,
        other => panic!("{other:?}"),
    }
}
