//! Whole calls over loopback on kept connections: with bare sockets, with the HTTP libraries by hand, with ours.

mod by_hand;
mod crowd;
mod other_languages;

use std::time::{Duration, SystemTime};

use pingone_model::{CancelDeviceAuthentication, CancelReason, Environment};
use tokio::runtime::{Builder, Runtime};

use crate::{
    Failure,
    measure::{Clock, Plan, Row, in_turn},
    requests::{AUTHENTICATION, ENVIRONMENT},
    server::{READS_OF_A_WAIT, Server},
    table::{Goal, Table, What},
};
use by_hand::{Hyper, Socket, Ureq, status};
pub(crate) use by_hand::{Reqwest, typed};

const PLAN: Plan = Plan { rounds: 100, runs: 50 };

const SOCKET: &str = "bare socket";
const HYPER: &str = "hyper by hand";
const REQWEST: &str = "reqwest by hand, not decoded";
const REQWEST_TYPED: &str = "reqwest by hand, typed";
const UREQ: &str = "ureq by hand, not decoded";
const UREQ_TYPED: &str = "ureq by hand, typed";
const ASYNC: &str = "pingone-async";
const BLOCKING: &str = "pingone-blocking";

const CALLS: &[Goal] = &[
    Goal { row: ASYNC, what: What::CpuTo(REQWEST), at_most: 1.75 },
    Goal { row: ASYNC, what: What::CpuTo(REQWEST_TYPED), at_most: 1.0 },
    Goal { row: ASYNC, what: What::Allocations, at_most: 145.0 },
    Goal { row: BLOCKING, what: What::CpuTo(UREQ), at_most: 1.7 },
    Goal { row: BLOCKING, what: What::CpuTo(UREQ_TYPED), at_most: 1.0 },
    Goal { row: BLOCKING, what: What::Allocations, at_most: 148.0 },
    Goal { row: ASYNC, what: What::TimeTo(other_languages::GO_SAMPLE), at_most: 0.85 },
    Goal { row: ASYNC, what: What::TimeTo(other_languages::GO_TYPED), at_most: 0.3 },
    Goal { row: ASYNC, what: What::TimeTo(other_languages::PYTHON), at_most: 0.08 },
];

const REQWEST_STATUS: &str = "reqwest by hand, status alone";
const UREQ_STATUS: &str = "ureq by hand, status alone";
const ASYNC_WAIT: &str = "pingone-async, a read of `wait`";
const BLOCKING_WAIT: &str = "pingone-blocking, a read of `wait`";

const POLLS: &[Goal] = &[
    Goal { row: ASYNC_WAIT, what: What::CpuTo(REQWEST), at_most: 1.3 },
    Goal { row: ASYNC_WAIT, what: What::Allocations, at_most: 60.0 },
    Goal { row: BLOCKING_WAIT, what: What::CpuTo(UREQ), at_most: 1.32 },
    Goal { row: BLOCKING_WAIT, what: What::Allocations, at_most: 63.0 },
];

pub(crate) fn run(table: &mut Table) -> Result<(), Failure> {
    // Client and server on one core: what passes is work, and no waiting for another core to wake.
    let server = Server::start(0)?;
    one_at_a_time(table, &server)?;
    polls(table, &server)?;
    crowd::run(table)
}

fn one_at_a_time(table: &mut Table, server: &Server) -> Result<(), Failure> {
    let runtime = runtime()?;
    let (mut socket, reqwest, ureq) = (Socket::to(server)?, Reqwest::to(server)?, Ureq::to(server)?);
    let mut hyper = runtime.block_on(Hyper::to(server))?;
    let on_tokio = pingone_async::Client::new(configuration(server)?)?;
    let blocking = pingone_blocking::Client::new(configuration(server)?)?;
    let cancel = || CancelDeviceAuthentication::new(AUTHENTICATION, CancelReason::ChangeDevice);
    let mut rows = vec![
        Row::here(SOCKET, || socket.cancel()),
        Row::here(HYPER, || runtime.block_on(hyper.cancel())),
        Row::here(REQWEST, || runtime.block_on(reqwest.cancel())),
        Row::here(REQWEST_TYPED, || typed(&runtime.block_on(reqwest.cancel())?)),
        Row::here(ASYNC, || Ok(runtime.block_on(on_tokio.send(cancel()))?)),
        Row::here(UREQ, || ureq.cancel()),
        Row::here(UREQ_TYPED, || typed(&ureq.cancel()?)),
        Row::here(BLOCKING, || Ok(blocking.send(cancel())?)),
    ];
    let (others, absent) = other_languages::rows(server);
    rows.extend(others);
    let measured = in_turn(PLAN, rows)?;
    table.family("cancel a push: client CPU a call, one at a time");
    table.rows(&measured, Clock::Cpu, CALLS);
    absent.iter().for_each(|name| table.absent(name));
    Ok(())
}

/// A wait reads until the push is answered; here, it does not pause between.
fn polls(table: &mut Table, server: &Server) -> Result<(), Failure> {
    let runtime = runtime()?;
    let (mut socket, reqwest, ureq) = (Socket::to(server)?, Reqwest::to(server)?, Ureq::to(server)?);
    let on_tokio = pingone_async::Client::new(configuration(server)?)?;
    let blocking = pingone_blocking::Client::new(configuration(server)?)?;
    let waits = |runs: u32| runs / READS_OF_A_WAIT;
    let rows = vec![
        Row::here(SOCKET, || socket.read()),
        Row::here(REQWEST, || runtime.block_on(reqwest.read())),
        Row::here(REQWEST_STATUS, || status(&runtime.block_on(reqwest.read())?)),
        Row::batch(ASYNC_WAIT, |runs| {
            (0..waits(runs)).try_for_each(|_| Ok(runtime.block_on(on_tokio.resume(wait(AUTHENTICATION)?)).map(drop)?))
        }),
        Row::here(UREQ, || ureq.read()),
        Row::here(UREQ_STATUS, || status(&ureq.read()?)),
        Row::batch(BLOCKING_WAIT, |runs| {
            (0..waits(runs)).try_for_each(|_| Ok(blocking.resume(wait(AUTHENTICATION)?).map(drop)?))
        }),
    ];
    let measured = in_turn(Plan { runs: 2 * READS_OF_A_WAIT, ..PLAN }, rows)?;
    table.family("wait for a push: client CPU a read");
    table.rows(&measured, Clock::Cpu, POLLS);
    Ok(())
}

pub(crate) fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

/// Ours, with no pause between the reads of a wait.
pub(crate) fn configuration(server: &Server) -> Result<pingone_async::Configuration, Failure> {
    let environment = Environment::at(&server.url(), ENVIRONMENT)?;
    let credentials = pingone_async::Credentials::client_secret_basic("client", "secret");
    let at_once = pingone_async::WaitPolicy::new().first(Duration::ZERO).interval(Duration::ZERO);
    Ok(pingone_async::Configuration::new(environment, credentials).wait(at_once))
}

/// A wait of ten minutes.
pub(crate) fn wait(id: &str) -> Result<pingone_async::PushWait, Failure> {
    let deadline = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)? + Duration::from_secs(600);
    Ok(format!("1:{}:{id}:", deadline.as_millis()).parse()?)
}
