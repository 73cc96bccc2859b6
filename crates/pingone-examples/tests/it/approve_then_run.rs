//! `approve_then_run`: the command runs if its user approves, and never otherwise.

use std::{
    env,
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use axum::{Router, body, extract::Request};
use pingone_emulator::{
    Client, Data, Device, Emulator, Fault, FaultKind, Policy, Service, TokenEndpointAuthMethod, User,
};

use crate::program::{example, variables};

/// This program is the command: it is there on every platform.
const ECHO: &str = "--list";
const FAIL: &str = "--unheard-of";
/// What it prints if it is run.
const DONE: &str = "approve_then_run::";

struct Run {
    emulator: Emulator,
    child: Child,
}

impl Run {
    fn start(argument: &str) -> Self {
        Self::on(Emulator::start().unwrap(), argument)
    }

    /// Returns once the push is on the phone.
    fn on(emulator: Emulator, argument: &str) -> Self {
        let child = program(&emulator).arg(env::current_exe().unwrap()).arg(argument).spawn().unwrap();
        let run = Self { emulator, child };
        run.until(|service| !service.pending_pushes().is_empty());
        run
    }

    fn service(&self) -> &Service {
        self.emulator.service()
    }

    fn until(&self, happened: impl Fn(&Service) -> bool) {
        let begun = Instant::now();
        while !happened(self.service()) {
            assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", self.service().journal());
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn push(&self) -> String {
        self.service().pending_pushes()[0].device_authentication_id().to_owned()
    }

    /// Its code, its stdout and its stderr; and how often a push was taken back.
    fn end(self) -> (Option<i32>, String, String, usize) {
        let Output { status, stdout, stderr } = self.child.wait_with_output().unwrap();
        let sent = |operation: &str| {
            let journal = self.emulator.service().journal();
            journal.iter().filter(|entry| entry.operation().is_some_and(|done| done == operation)).count()
        };
        assert_eq!(sent("device_authentication.initialize"), 1, "one push, whatever becomes of it");
        (status.code(), text(stdout), text(stderr), sent("device_authentication.cancel"))
    }

    /// That it ends so, that the command has not run, and how often a push was taken back.
    fn refuses(self, code: i32, why: &str, cancels: usize) {
        let (status, stdout, stderr, cancelled) = self.end();
        assert_eq!((status, &*stdout, cancelled), (Some(code), "", cancels), "{stderr}");
        assert!(stderr.contains(why), "{stderr}");
    }
}

fn program(emulator: &Emulator) -> Command {
    let mut program = example("approve_then_run");
    program.envs(variables(emulator)).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_command_runs_after_the_approval_and_its_code_is_the_programs() {
    for (argument, code) in [(ECHO, 0), (FAIL, 101)] {
        let run = Run::start(argument);
        run.service().approve_push(&run.push()).unwrap();
        let (status, stdout, stderr, cancels) = run.end();
        assert_eq!((status, cancels), (Some(code), 0), "{stderr}");
        assert_eq!(stdout.contains(DONE), argument == ECHO, "{stdout}");
        assert!(stderr.contains("Approve it on SampleDevice1."), "{stderr}");
        assert_eq!(stderr.matches("Waiting").count(), 1, "one line where nothing can be redrawn: {stderr}");
    }
}

#[cfg(unix)]
#[test]
fn a_signal_that_ends_the_command_gives_a_shell_s_exit_code() {
    let emulator = Emulator::start().unwrap();
    let child = program(&emulator).args(["--", "sh", "-c", "kill -TERM $$"]).spawn().unwrap();
    let run = Run { emulator, child };
    run.until(|service| !service.pending_pushes().is_empty());
    run.service().approve_push(&run.push()).unwrap();
    assert_eq!(run.end().0, Some(128 + 15));
}

#[test]
fn denied_is_10_and_no_second_push() {
    let run = Run::start(ECHO);
    run.service().deny_push(&run.push()).unwrap();
    run.refuses(10, "Denied: the command is not run.", 0);
}

#[test]
fn timed_out_is_11() {
    let run = Run::start(ECHO);
    run.service().advance(Duration::from_secs(60));
    run.refuses(11, "Nobody answered in time: the command is not run.", 0);
}

/// Where the service of this emulator answers, but says of somebody else that they are authenticated.
fn for_somebody_else(service: &Service) -> String {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = service.clone();
    let app = Router::new().fallback(async move |request: Request| {
        let (parts, body) = request.into_parts();
        let request = http::Request::from_parts(parts, body::to_bytes(body, 1 << 20).await.unwrap());
        let response = service.handle(request);
        let body = text(response.body().to_vec()).replace(service.user_id(), "somebody-else");
        response.map(|_| body::Body::from(body))
    });
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
    });
    url
}

#[test]
fn the_approval_of_another_user_runs_nothing() {
    let emulator = Emulator::start().unwrap();
    let url = for_somebody_else(emulator.service());
    let mut program = program(&emulator);
    program.env("PINGONE_AUTH_URL", url).arg(env::current_exe().unwrap()).arg(ECHO);
    let run = Run { child: program.spawn().unwrap(), emulator };
    run.until(|service| !service.pending_pushes().is_empty());
    run.service().approve_push(&run.push()).unwrap();
    run.refuses(1, "approve_then_run: another user has approved", 0);
}

#[test]
fn a_push_that_somebody_else_cancels_is_12() {
    let run = Run::start(ECHO);
    let (service, id) = (run.service().clone(), run.push());
    let token = service.issue_token(pingone_emulator::TokenKind::Worker);
    let path = format!("/{}/deviceAuthentications/{id}", service.environment_id());
    let cancel = http::Request::post(path)
        .header("content-type", "application/vnd.pingidentity.cancel.push.authentication+json")
        .header("authorization", format!("Bearer {token}"));
    let cancelled = service.handle(cancel.body(r#"{"reason": "CHANGE_DEVICE"}"#.into()).unwrap());
    assert_eq!(cancelled.status(), 200);
    run.refuses(12, "Cancelled: the command is not run.", 1);
}

#[cfg(unix)]
mod interrupted {
    use super::*;

    impl Run {
        fn interrupt(&self) {
            let kill = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
            assert!(kill.success());
        }
    }

    #[test]
    fn an_interrupt_is_12_and_takes_the_push_back() {
        let run = Run::start(ECHO);
        run.interrupt();
        run.until(|service| service.pending_pushes().is_empty());
        run.refuses(12, "Cancelled: the command is not run.", 1);
    }

    /// The reply to a read is on its way for so long that everything else happens meanwhile.
    fn while_a_read_is_answered(run: &Run) {
        run.until(|service| {
            service
                .journal()
                .iter()
                .any(|entry| entry.operation().is_some_and(|done| done == "device_authentication.read"))
        });
    }

    #[test]
    fn an_approval_in_the_same_moment_runs_nothing() {
        for is_read in [true, false] {
            let run = Run::start(ECHO);
            let late = FaultKind::Delay(Duration::from_millis(1_500));
            run.service().inject(Fault::new(late).operation("device_authentication.read").unwrap().times(1));
            let push = run.push();
            if is_read {
                run.service().approve_push(&push).unwrap();
            }
            while_a_read_is_answered(&run);
            run.interrupt();
            if !is_read {
                run.service().approve_push(&push).unwrap();
            }
            run.refuses(12, "Cancelled: the command is not run.", usize::from(!is_read));
        }
    }

    #[test]
    fn a_push_that_cannot_be_cancelled_is_reported() {
        let run = Run::start(ECHO);
        run.service().inject(Fault::new(FaultKind::Status(500)).operation("device_authentication.cancel").unwrap());
        run.interrupt();
        run.refuses(12, "The push may still be on the phone", 1);
    }
}

#[test]
fn the_number_to_match_is_shown_and_the_wrong_one_is_a_denial() {
    for is_right in [true, false] {
        let user = User::new("ada").device(Device::new("phone", "MOBILE"));
        let client = Client::new("client", "secret", TokenEndpointAuthMethod::ClientSecretBasic);
        let policy = Policy::new("policy").number_matching(true);
        let data = Data::with_policy("environment", policy).client(client).user(user);
        let run = Run::on(Emulator::builder().data(data).start().unwrap(), ECHO);
        let number = run.service().pending_pushes()[0].number().unwrap();
        let picked = if is_right { number } else { number + 1 };
        run.service().approve_push_with_number(&run.push(), picked).unwrap();
        let (status, _, stderr, _) = run.end();
        assert_eq!(status, Some(if is_right { 0 } else { 10 }), "{stderr}");
        assert!(stderr.contains(&format!("The number to choose there is {number}.")), "{stderr}");
    }
}

#[test]
fn without_variables_the_emulator_is_started_and_its_page_is_shown() {
    let mut child = example("approve_then_run").arg("unheard-of").stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stderr.take().unwrap()));
    let line =
        lines.find_map(|line| line.unwrap().split_once("The emulator shows that phone at ").map(|at| at.1.to_owned()));
    child.kill().unwrap();
    child.wait().unwrap();
    let page = line.unwrap();
    assert!(page.starts_with("http://127.0.0.1:") && page.ends_with("/_emulator/"), "{page}");
}

#[test]
fn anything_else_is_1_with_one_line_and_wrong_usage_is_2() {
    let ends = |command: &mut Command| {
        let Output { status, stdout, stderr } = command.output().unwrap();
        assert!(stdout.is_empty());
        (status.code(), text(stderr))
    };
    for arguments in [&[][..], &["--"], &["--help"]] {
        let usage = "usage: approve_then_run COMMAND [ARGUMENT…]\n".to_owned();
        assert_eq!(ends(example("approve_then_run").args(arguments)), (Some(2), usage), "{arguments:?}");
    }
    let (status, stderr) = ends(example("approve_then_run").arg("true").env("PINGONE_REGION", "EU"));
    assert_eq!((status, stderr.lines().count()), (Some(1), 1), "{stderr}");
    assert!(stderr.starts_with("approve_then_run: environment variables are missing"), "{stderr}");

    // Nothing listens at this port.
    let emulator = Emulator::start().unwrap();
    let variables = variables(&emulator);
    drop(emulator);
    let (status, stderr) = ends(example("approve_then_run").arg("true").envs(variables));
    assert_eq!((status, stderr.lines().count()), (Some(1), 2), "{stderr}");
    let error = stderr.lines().last().unwrap();
    assert!(error.starts_with("approve_then_run: device_authentication.initialize: no access token"), "{error}");
}

#[test]
fn a_command_that_is_not_there_is_1() {
    let emulator = Emulator::start().unwrap();
    let child = program(&emulator).arg("/unheard/of").spawn().unwrap();
    let run = Run { emulator, child };
    run.until(|service| !service.pending_pushes().is_empty());
    run.service().approve_push(&run.push()).unwrap();
    let (status, _, stderr, _) = run.end();
    assert_eq!(status, Some(1));
    assert!(stderr.lines().last().unwrap().starts_with("approve_then_run: cannot run /unheard/of: "), "{stderr}");
}
