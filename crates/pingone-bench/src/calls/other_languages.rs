//! Clients in other languages, each in a process of its own: shown as absent where the language is.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use crate::{
    Failure,
    measure::{Cost, Row},
    requests::{AUTHENTICATION, ENVIRONMENT, token},
    server::Server,
};

pub(crate) const GO_SAMPLE: &str = "Go, the documentation's code";
pub(crate) const GO_TYPED: &str = "Go, typed";
pub(crate) const PYTHON: &str = "Python, requests with a session";

/// The rows that can run here, and the names of those that cannot.
pub(crate) fn rows(server: &Server) -> (Vec<Row<'static>>, Vec<&'static str>) {
    let (mut rows, mut absent) = (Vec::new(), Vec::new());
    for (name, start) in [
        (GO_SAMPLE, go(server, "sample")),
        (GO_TYPED, go(server, "typed")),
        (PYTHON, Peer::start(Command::new("python3").arg(peers().join("client.py")), server)),
    ] {
        match start {
            Ok(mut peer) => rows.push(Row::elsewhere(name, move |runs| peer.run(runs))),
            Err(_) => absent.push(name),
        }
    }
    (rows, absent)
}

fn peers() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/peers"))
}

fn go(server: &Server, mode: &str) -> Result<Peer, Failure> {
    let program = std::env::current_exe()?.with_file_name("pingone-bench-go");
    let built = Command::new("go").arg("build").arg("-o").arg(&program).arg(peers().join("client.go")).status()?;
    if !built.success() {
        return Err("go builds nothing".into());
    }
    Peer::start(Command::new(program).arg(mode), server)
}

/// A process that makes as many calls as it is told by a line, and answers with the nanoseconds of CPU time and of
/// time that they took. It ends with its input.
struct Peer {
    orders: ChildStdin,
    reports: BufReader<ChildStdout>,
}

impl Peer {
    fn start(command: &mut Command, server: &Server) -> Result<Self, Failure> {
        let url = format!("{}/{ENVIRONMENT}/deviceAuthentications/{AUTHENTICATION}", server.url());
        let mut child = command.args([&url, &token()]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (orders, reports) = (child.stdin.take(), child.stdout.take());
        let (orders, reports) = orders.zip(reports).ok_or("no pipes")?;
        let mut peer = Self { orders, reports: BufReader::new(reports) };
        // Whether the language has what the program needs shows in its first call.
        peer.run(1)?;
        Ok(peer)
    }

    fn run(&mut self, runs: u32) -> Result<Cost, Failure> {
        writeln!(self.orders, "{runs}")?;
        let mut line = String::new();
        self.reports.read_line(&mut line)?;
        let (cpu, wall) = line.trim().split_once(' ').ok_or("the peer has ended")?;
        Ok(Cost { cpu: Duration::from_nanos(cpu.parse()?), wall: Duration::from_nanos(wall.parse()?) })
    }
}
