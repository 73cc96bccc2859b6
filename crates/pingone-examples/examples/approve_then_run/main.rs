//! Asks for an approval by push before it runs a command. Without a runtime.
//!
//! `cargo run --example approve_then_run -- echo done` asks a user of the emulator, on whose page the push is approved;
//! with the `PINGONE_*` variables set, it asks the user whom they name.
//!
//! It exits as the command does, or with one of [`NotRun`]; with 2 for wrong usage, and with 1 for anything else.

mod progress;

use std::{
    env,
    ffi::{OsStr, OsString},
    process::{self, Command, ExitStatus},
    time::Duration,
};

use pingone_blocking::{
    Client, Device, DeviceChange, InitializeDeviceAuthentication, NextStep, PendingPush, Stop, WaitError,
};
use pingone_examples::{Failure, Place};
use progress::Progress;

/// PingOne lets a push time out after 150 seconds at the latest; this sees that happen.
const WITHIN: Duration = Duration::from_secs(160);

/// Why the command is not run, as the program's exit code.
#[derive(Clone, Copy)]
enum NotRun {
    Denied = 10,
    TimedOut = 11,
    Cancelled = 12,
}

fn main() {
    let mut arguments: Vec<OsString> = env::args_os().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "--") {
        arguments.remove(0);
    } else if arguments.first().is_some_and(|first| first.as_encoded_bytes().starts_with(b"-")) {
        arguments.clear();
    }
    // A command's code is no `ExitCode` on every platform. Nothing is left to be dropped here.
    process::exit(match arguments.split_first() {
        None => {
            eprintln!("usage: approve_then_run COMMAND [ARGUMENT…]");
            2
        }
        Some((program, arguments)) => run(program, arguments).unwrap_or_else(|failure| {
            eprintln!("approve_then_run: {failure}");
            1
        }),
    })
}

fn run(program: &OsStr, arguments: &[OsString]) -> Result<i32, Failure> {
    let place = Place::from_env()?;
    let client = Client::new(place.configuration.clone())?;
    let stop = Stop::new();
    let on_signal = stop.clone();
    ctrlc::set_handler(move || on_signal.stop())?;

    match ask(&client, &place, &stop)? {
        Some(not_run) => {
            eprintln!(
                "{}: the command is not run.",
                match not_run {
                    NotRun::Denied => "Denied",
                    NotRun::TimedOut => "Nobody answered in time",
                    NotRun::Cancelled => "Cancelled",
                }
            );
            Ok(not_run as i32)
        }
        None => {
            // The place has the emulator, which the command does not need.
            drop(place);
            let status = Command::new(program).args(arguments).status();
            status.map(code).map_err(|error| format!("cannot run {}: {error}", program.to_string_lossy()).into())
        }
    }
}

/// Sends one push and waits for its answer. `None` is the approval of the user who was asked.
fn ask(client: &Client, place: &Place, stop: &Stop) -> Result<Option<NotRun>, Failure> {
    let begun = client.send(InitializeDeviceAuthentication::new(&place.user))?;
    let NextStep::Push(push) = begun.into_next_step() else {
        return Err("no push is pending: the user's first device has to be a phone with PingOne MFA".into());
    };
    eprintln!("Approve it on {}.", push.device().and_then(Device::nickname).unwrap_or("your phone"));
    if let Some(number) = push.number() {
        eprintln!("The number to choose there is {number}.");
    }
    if let Some(page) = place.emulator_page() {
        eprintln!("The emulator shows that phone at {page}");
    }

    let progress = Progress::start(WITHIN);
    let end = client.wait_until(&push, WITHIN, stop);
    drop(progress);
    let error = match end {
        Ok(proof) if !proof.is_for(&place.user) => return Err("another user has approved".into()),
        // Approved in the same moment: whoever is at the keyboard has the last word.
        Ok(_) => return Ok(stop.is_stopped().then_some(NotRun::Cancelled)),
        Err(error) => error,
    };
    if error.wait().is_some() {
        take_back(client, push);
    }
    match error {
        WaitError::Denied(_) => Ok(Some(NotRun::Denied)),
        WaitError::TimedOut(_) | WaitError::Expired { .. } => Ok(Some(NotRun::TimedOut)),
        WaitError::Cancelled(_) | WaitError::Stopped(_) => Ok(Some(NotRun::Cancelled)),
        other => Err(other.into()),
    }
}

/// Nobody waits for the answer any more, so nobody has to give it. Whatever has become of the push, nothing is run.
fn take_back(client: &Client, push: PendingPush) {
    if let Ok(DeviceChange::StillPending { .. }) | Err(_) = client.change_device(push) {
        eprintln!("The push may still be on the phone; answering it no longer has any effect.");
    }
}

/// As a shell tells it: 128 and the signal, if one ended the command.
fn code(status: ExitStatus) -> i32 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return 128 + signal;
    }
    status.code().unwrap_or(1)
}
