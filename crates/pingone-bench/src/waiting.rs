//! Ten thousand waits at once: what one costs while it sleeps, and all together.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use pingone_async::{ReadDeviceAuthentication, WaitPolicy};
use tokio::{task::JoinSet, time::sleep};

use crate::{
    Failure,
    calls::{Reqwest, configuration, runtime, typed, wait},
    machine,
    server::{NEVER_ANSWERED, Server},
    table::Table,
};

const WAITERS: u32 = 10_000;
const IN_FLIGHT: usize = 64;
/// Between two reads of one: long, so that all sleep at once in the end.
const INTERVAL: Duration = Duration::from_secs(120);
/// By then, each has read.
const SETTLE: Duration = Duration::from_secs(5);

const SLEEP: &str = "a task that sleeps";
const OURS: &str = "`client.wait`";

pub(crate) fn run(table: &mut Table) -> Result<(), Failure> {
    table.family("wait for 10,000 pushes at once");
    table.figure("state of a wait: `PushWait`", size_of::<pingone_async::PushWait>() as f64, "B", None, Some(72.0));
    let bare = child("sleep")?;
    table.figure(&format!("{SLEEP}, live heap"), bare.heap, "B", Some(1.0), None);
    let ours = child("ours")?;
    table.figure(&format!("{OURS}, its future"), ours.future, "B", None, Some(256.0));
    table.figure(
        &format!("{OURS}, live heap while it sleeps"),
        ours.heap,
        "B",
        Some(ours.heap / bare.heap),
        Some(640.0),
    );
    let by_hand = child("by-hand")?;
    table.figure("a loop over reqwest by hand, live heap", by_hand.heap, "B", Some(by_hand.heap / bare.heap), None);
    match ours.memory {
        Some((peak, sockets)) => {
            table.figure(
                &format!("{OURS}, all, peak over the idle process"),
                peak / 1024.0,
                "KiB",
                None,
                Some(10_240.0),
            );
            table.figure(&format!("{OURS}, all, sockets"), sockets, "", None, Some(IN_FLIGHT as f64));
        }
        None => table.absent(&format!("{OURS}, all, peak over the idle process")),
    }
    Ok(())
}

/// What a process tells that did nothing else.
struct Told {
    heap: f64,
    future: f64,
    memory: Option<(f64, f64)>,
}

fn child(mode: &str) -> Result<Told, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args(["wait", mode]).stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8(output.stdout)?;
    let mut figures = text.split_whitespace().map(str::parse::<f64>);
    let mut next = || figures.next().ok_or("the process told nothing");
    let (heap, future) = (next()??, next()??);
    let memory = next().ok().zip(next().ok());
    let memory = memory.map(|(peak, sockets)| Ok::<_, Failure>((peak?, sockets?))).transpose()?;
    Ok(Told { heap, future, memory })
}

/// The process: has so many waits begin over two seconds, lets each read once, and tells what they hold while they sleep.
pub(crate) fn measure(mode: &str) -> Result<(), Failure> {
    let server = Server::start(1)?;
    let runtime = runtime()?;
    let by_hand = Reqwest::to(&server)?;
    let configuration = configuration(&server)?.wait(WaitPolicy::new().interval(INTERVAL)).max_in_flight(IN_FLIGHT);
    let ours = pingone_async::Client::new(configuration)?;
    // The token and one connection are there in any idle process.
    runtime.block_on(ours.send(ReadDeviceAuthentication::new(NEVER_ANSWERED)))?;
    let idle = machine::resident_bytes();
    // The connections that a crowd needs are no part of a wait that sleeps, and nor is what they hold.
    runtime.block_on(async {
        let reads = || (0..IN_FLIGHT).map(|_| ours.send(ReadDeviceAuthentication::new(NEVER_ANSWERED)));
        reads().collect::<JoinSet<_>>().join_all().await
    });

    let future = size_of_val(&ours.resume(wait(NEVER_ANSWERED)?));
    let held = allocation_counter::measure(|| {
        runtime.block_on(async {
            for number in 0..WAITERS {
                match mode {
                    "ours" => {
                        // The text of a wait is always one.
                        let Ok(wait) = wait(NEVER_ANSWERED) else { return };
                        tokio::spawn(ours.resume(wait));
                    }
                    "by-hand" => drop(tokio::spawn(poll(by_hand.clone()))),
                    _ => drop(tokio::spawn(sleep(INTERVAL))),
                }
                if number % 50 == 0 {
                    sleep(Duration::from_millis(10)).await;
                }
            }
            sleep(SETTLE).await;
        });
    });
    println!("{} {future}", held.bytes_current / i64::from(WAITERS));
    if let (Some((idle, _)), Some((_, peak)), Some(sockets)) = (idle, machine::resident_bytes(), machine::sockets()) {
        println!("{} {sockets}", peak - idle);
    }
    Ok(())
}

/// What one writes first.
async fn poll(client: Reqwest) -> Result<(), Failure> {
    loop {
        let reply = typed(&client.read().await?)?;
        sleep(INTERVAL).await;
        if reply.status != "PUSH_CONFIRMATION_REQUIRED" {
            return Ok(());
        }
    }
}
