//! The emulator as a program.

use std::{
    error::Error,
    fmt, fs,
    io::{self, Write},
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    process::{self, ExitCode},
    thread,
    time::Duration,
};

use clap::{Args, Parser, Subcommand};
#[cfg(feature = "check")]
use pingone_conformance::{CheckError, Report, Target, Tenant, over_http};
use pingone_emulator::{Data, Emulator, Rule, rules};
use serde_json::{Value, json};

/// How long the program may take to end after a signal.
const LONGEST_END: Duration = Duration::from_millis(700);

/// PingOne MFA on localhost.
///
/// Without a subcommand it serves. It then prints one line to stdout, a JSON object with auth_url, control_url,
/// environment_id, client_id, client_secret, user_id and, with --tls, ca_certificate. It runs until it
/// is interrupted. It exits with 0, with 1 if it cannot listen, or with 2 if an argument or the data are wrong.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until interrupted, as without a subcommand
    Serve(Serve),
    /// Print every rule that is enforced, with its source and its test
    Rules {
        /// Print a JSON array of {"name", "rule", "standing", "source", "test", "switchable", "otherwise"}
        #[arg(long)]
        json: bool,
    },
    /// Test a service against the conformance list: a fresh emulator, a running one, or a tenant
    ///
    /// Exits with 0 if everything is as expected, with 1 if not or if nothing answers, or with 2 if an argument is wrong.
    #[cfg(feature = "check")]
    Check(Check),
}

#[cfg(feature = "check")]
#[derive(Args)]
struct Check {
    /// auth_url of a running emulator, to check instead of a fresh one; its state is restored
    #[arg(long, value_name = "URL", value_parser = url, conflicts_with = "tenant")]
    url: Option<String>,
    /// Check the tenant that the PINGONE_* variables name, as the examples do; nothing is sent to anybody
    #[arg(long)]
    tenant: bool,
    /// Print a JSON object with counts and {"rule", "name", "outcome", "expected", "seen", "reason"}
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Serve {
    /// Address to listen on; unless it is a loopback address, other machines can reach it
    #[arg(long, value_name = "ADDRESS", default_value_t = Ipv4Addr::LOCALHOST.into())]
    host: IpAddr,
    /// Port to listen on; 0 picks a free one
    #[arg(long, value_name = "PORT", default_value_t = 8420)]
    port: u16,
    /// JSON or TOML (*.toml) file with environment, policy, clients and users, instead of the built-in data
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// RSA key in PEM that signs access tokens, optionally with its certificate, instead of the built-in one, which is
    /// published
    #[arg(long, value_name = "FILE")]
    signing_key: Option<PathBuf>,
    /// Always send this code, 6 to 10 digits
    #[arg(long, value_name = "CODE", value_parser = code)]
    code: Option<String>,
    /// Also serve the environment at this host, without its id in the paths; can be repeated
    #[arg(long, value_name = "HOST")]
    custom_domain: Vec<String>,
    /// How many seconds to remember what is over, on the emulator's clock
    #[arg(long, value_name = "SECONDS")]
    keep_for: Option<u64>,
    /// How many authentications, requests, codes and tokens to remember, each
    #[arg(long, value_name = "NUMBER")]
    keep_at_most: Option<usize>,
    /// Switch an assumed rule off; can be repeated
    #[arg(long, value_name = "NAME")]
    without_rule: Vec<String>,
    /// Refuse undocumented input, such as an unknown member, instead of warning in the journal
    #[arg(long)]
    strict: bool,
    /// Serve HTTPS, with a certificate authority made for this run
    #[cfg(feature = "tls")]
    #[arg(long)]
    tls: bool,
    /// Let other machines use the control paths, which hand out codes and secrets; by IP address only
    #[arg(long)]
    allow_remote_control: bool,
    /// Accept this host name for the control paths, such as that of a container; can be repeated
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let serve = match arguments.command {
        Some(Command::Rules { json }) => {
            return match print_rules(json) {
                // A reader that has seen enough closes the pipe.
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => fail(1, &error),
                _ => ExitCode::SUCCESS,
            };
        }
        #[cfg(feature = "check")]
        Some(Command::Check(arguments)) => return check(&arguments),
        Some(Command::Serve(serve)) => serve,
        None => arguments.serve,
    };
    let data = match data(&serve) {
        Ok(data) => data,
        Err(error) => return fail(2, &*error),
    };
    match run(&serve, data) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(1, &error),
    }
}

fn print_rules(as_json: bool) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    if as_json {
        let all: Value = rules().map(Rule::to_json).collect();
        return writeln!(stdout, "{all:#}");
    }
    for rule in rules() {
        writeln!(stdout, "{} ({})\n    {}", rule.name(), rule.standing().as_str(), rule.rule())?;
        if let Some(otherwise) = rule.otherwise() {
            writeln!(stdout, "    Switched off: {otherwise}")?;
        }
        writeln!(stdout, "    source: {}\n    test:   {}", rule.source(), rule.test())?;
    }
    Ok(())
}

#[cfg(feature = "check")]
fn check(arguments: &Check) -> ExitCode {
    let report = if let Some(url) = &arguments.url {
        check_emulator(url)
    } else if arguments.tenant {
        match Tenant::from_env() {
            Ok(tenant) => check_tenant(tenant),
            Err(error) => return fail(2, &error),
        }
    } else {
        // It runs until it was checked.
        match Emulator::start() {
            Ok(fresh) => check_emulator(&fresh.auth_url()),
            Err(error) => return fail(1, &error),
        }
    };
    let report = match report {
        Ok(report) => report,
        Err(error) => return fail(1, &error),
    };
    let mut stdout = io::stdout().lock();
    let printed = if arguments.json {
        writeln!(stdout, "{:#}", report.to_json())
    } else {
        writeln!(stdout, "{}", report.text(about))
    };
    // A reader that has seen enough closes the pipe; the exit code still counts.
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => fail(1, &error),
        _ if report.failed() > 0 => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

#[cfg(feature = "check")]
fn check_emulator(url: &str) -> Result<Report, CheckError> {
    pingone_conformance::check(&Target::emulator(url, over_http(url)?))
}

#[cfg(feature = "check")]
fn check_tenant(tenant: Tenant) -> Result<Report, CheckError> {
    let carry = over_http(tenant.base())?;
    pingone_conformance::check(&Target::tenant(tenant, carry))
}

/// The rule's text and source.
#[cfg(feature = "check")]
fn about(rule: &str) -> Option<String> {
    let rule = rules().find(|known| known.name() == rule)?;
    Some(format!("{}\n    source: {}", rule.rule(), rule.source()))
}

fn data(serve: &Serve) -> Result<Data, Box<dyn Error>> {
    let mut data = serve.data.as_deref().map_or_else(|| Ok(Data::built_in()), read)?;
    if let Some(code) = &serve.code {
        data = data.code(code);
    }
    if let Some(path) = &serve.signing_key {
        let explain = |error: &dyn Error| format!("{}: {error}", path.display());
        let pem = fs::read(path).map_err(|error| explain(&error))?;
        data = data.signing_key(&pem).map_err(|error| explain(&error))?;
    }
    if let Some(seconds) = serve.keep_for {
        data = data.keep_for(Duration::from_secs(seconds));
    }
    if let Some(number) = serve.keep_at_most {
        data = data.keep_at_most(number);
    }
    for host in &serve.custom_domain {
        data = data.custom_domain(host);
    }
    if serve.strict {
        data = data.strict();
    }
    for name in &serve.without_rule {
        data = data.without_rule(name)?;
    }
    Ok(data)
}

fn run(serve: &Serve, data: Data) -> io::Result<()> {
    let mut builder = Emulator::builder().host(serve.host).port(serve.port).data(data);
    if serve.allow_remote_control {
        builder = builder.allow_remote_control();
    }
    for host in &serve.allow_host {
        builder = builder.allow_host(host);
    }
    #[cfg(feature = "tls")]
    if serve.tls {
        builder = builder.tls();
    }
    let cannot_listen = |error| io::Error::other(format!("cannot listen on port {}: {error}", serve.port));
    let emulator = builder.start().map_err(cannot_listen)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let interrupted = interrupted()?;
        announce(&emulator)?;
        interrupted.await;
        // End, whatever is still running.
        thread::spawn(|| {
            thread::sleep(LONGEST_END);
            process::exit(0);
        });
        Ok(())
    })
}

/// Tells a program or a person where the emulator is, and the credentials to use.
fn announce(emulator: &Emulator) -> io::Result<()> {
    let service = emulator.service();
    let mut line = json!({
        "auth_url": emulator.auth_url(),
        "control_url": emulator.control_url(),
        "environment_id": service.environment_id(),
        "client_id": service.client_id(),
        "client_secret": service.client_secret(),
        "user_id": service.user_id(),
    });
    if let Some(certificate) = emulator.ca_certificate() {
        line["ca_certificate"] = certificate.into();
    }
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()?;
    tell(format_args!("PingOne MFA is on {}; press Ctrl-C to stop.", emulator.auth_url()));
    tell(format_args!("The users' phones: {}/", emulator.control_url()));
    tell(format_args!("Requests: {0}/journal   codes sent: {0}/codes", emulator.control_url()));
    Ok(())
}

/// Writes a line to stderr, ignoring errors.
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
    let is_toml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    let data = if is_toml { Data::from_toml(&text) } else { Data::from_json(&text) };
    Ok(data.map_err(|error| explain(&error))?)
}

fn code(text: &str) -> Result<String, &'static str> {
    let is_code = (6..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_code { Ok(text.to_owned()) } else { Err("must have 6 to 10 digits") }
}

#[cfg(feature = "check")]
fn url(text: &str) -> Result<String, &'static str> {
    let uri: Option<http::Uri> = text.parse().ok();
    let is_address = uri.is_some_and(|uri| matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some());
    if is_address { Ok(text.to_owned()) } else { Err("must be an address such as http://127.0.0.1:8420") }
}

fn fail(code: u8, error: &dyn Error) -> ExitCode {
    tell(format_args!("error: {error}"));
    ExitCode::from(code)
}
