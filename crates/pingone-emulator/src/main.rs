//! The emulator as a program.

use std::{
    error::Error,
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Parser;
use pingone_emulator::{Data, Emulator};
use serde_json::json;

/// PingOne device authentication on localhost.
///
/// The first line on stdout is a JSON object with auth_url, control_url, environment_id, client_id, client_secret and
/// user_id; there is no other. Runs until it is interrupted.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port of 127.0.0.1 to listen on; 0 is any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8420)]
    port: u16,
    /// JSON file with environment, policy, clients and users, instead of the built-in data
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// The code that is always sent, 6 to 10 digits
    #[arg(long, value_name = "CODE", value_parser = code)]
    code: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let data = match arguments.data.as_deref().map_or_else(|| Ok(Data::built_in()), read) {
        Ok(data) => data,
        Err(error) => return fail(2, &*error),
    };
    match run(arguments.port, data, arguments.code) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(1, &error),
    }
}

fn run(port: u16, data: Data, code: Option<String>) -> io::Result<()> {
    let mut builder = Emulator::builder().port(port).data(data);
    if let Some(code) = code {
        builder = builder.code(code);
    }
    let emulator =
        builder.start().map_err(|error| io::Error::other(format!("cannot listen on port {port}: {error}")))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let interrupted = interrupted()?;
        announce(&emulator)?;
        interrupted.await;
        Ok(())
    })
}

/// Tells a program or a person where the emulator is and who may ask it.
fn announce(emulator: &Emulator) -> io::Result<()> {
    let service = emulator.service();
    let line = json!({
        "auth_url": emulator.auth_url(),
        "control_url": emulator.control_url(),
        "environment_id": service.environment_id(),
        "client_id": service.client_id(),
        "client_secret": service.client_secret(),
        "user_id": service.user_id(),
    });
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()?;
    tell(format_args!("PingOne device authentication is on {}; interrupt to stop.", emulator.auth_url()));
    tell(format_args!("What was asked: {0}/journal   codes sent: {0}/codes", emulator.control_url()));
    Ok(())
}

/// Writes a line to stderr. If that is closed, nobody misses it.
fn tell(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Listens for the signals that end the program from now on.
#[cfg(unix)]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    use std::{future::poll_fn, task::Poll};

    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(poll_fn(move |context| {
        let ended = interrupt.poll_recv(context).is_ready() || terminate.poll_recv(context).is_ready();
        if ended { Poll::Ready(()) } else { Poll::Pending }
    }))
}

/// Listens for the signal that ends the program from now on.
#[cfg(not(unix))]
fn interrupted() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn read(path: &Path) -> Result<Data, Box<dyn Error>> {
    let explain = |error: &dyn Error| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| explain(&error))?;
    Ok(Data::from_json(&text).map_err(|error| explain(&error))?)
}

fn code(text: &str) -> Result<String, &'static str> {
    let is_code = (6..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_code { Ok(text.to_owned()) } else { Err("a code has 6 to 10 digits") }
}

fn fail(code: u8, error: &dyn Error) -> ExitCode {
    tell(format_args!("error: {error}"));
    ExitCode::from(code)
}
