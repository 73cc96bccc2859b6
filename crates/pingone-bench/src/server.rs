//! The least server that answers as the service does, in a process of its own, so that its work is in no figure.

use std::{
    io::{BufRead, BufReader, Read},
    net::Ipv4Addr,
    process::{Child, Command, Stdio},
    rc::Rc,
    thread,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime,
    task::LocalSet,
};

use crate::{Failure, machine, reply, requests::AUTHENTICATION};

/// Every so often, a read on one connection finds the push approved.
pub(crate) const READS_OF_A_WAIT: u32 = 50;

/// The authentication of which every read says that it is pending.
pub(crate) const NEVER_ANSWERED: &str = "never-answered";

/// The process of a server; it ends with this.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
}

impl Server {
    /// Starts this program once more, as a server on this core.
    pub(crate) fn start(core: usize) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["serve", &core.to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        Ok(Self { child, port: line.trim().parse()? })
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.host())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is of no use any more, and ends with its input in any case.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The other process: prints its port, and serves until its input ends.
pub(crate) fn serve(core: usize) -> Result<(), Failure> {
    machine::stay_on(core);
    thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let answers = Rc::new(Answers::new());
    let runtime = runtime::Builder::new_current_thread().enable_io().build()?;
    LocalSet::new().block_on(&runtime, async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        println!("{}", listener.local_addr()?.port());
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::task::spawn_local(connection(stream, Rc::clone(&answers)));
        }
    })
}

/// Whole responses, made once.
struct Answers {
    token: Vec<u8>,
    cancelled: Vec<u8>,
    pending: Vec<u8>,
    never_answered: Vec<u8>,
    approved: Vec<u8>,
}

impl Answers {
    fn new() -> Self {
        let token = crate::requests::token();
        let token = format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600}}"#);
        Self {
            token: answer(&token),
            cancelled: answer(&reply::documented()),
            pending: answer(&reply::at("PUSH_CONFIRMATION_REQUIRED")),
            // A client refuses a reply about another authentication.
            never_answered: answer(&reply::at("PUSH_CONFIRMATION_REQUIRED").replace(AUTHENTICATION, NEVER_ANSWERED)),
            approved: answer(&reply::at("COMPLETED")),
        }
    }

    fn to(&self, head: &str, reads: &mut u32) -> &[u8] {
        if head.starts_with("GET ") {
            if head.contains(NEVER_ANSWERED) {
                return &self.never_answered;
            }
            *reads += 1;
            return if *reads % READS_OF_A_WAIT == 0 { &self.approved } else { &self.pending };
        }
        if head.contains("/as/token ") { &self.token } else { &self.cancelled }
    }
}

fn answer(body: &str) -> Vec<u8> {
    let length = body.len();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/hal+json\r\ncorrelation-id: \
                0a1b2c3d-0000-4000-8000-000000000000\r\ncache-control: no-store\r\ncontent-length: ";
    format!("{head}{length}\r\n\r\n{body}").into_bytes()
}

async fn connection(mut stream: TcpStream, answers: Rc<Answers>) {
    let (mut buffer, mut filled, mut reads) = (vec![0; 16 * 1024], 0, 0);
    while let Ok(length @ 1..) = stream.read(&mut buffer[filled..]).await {
        filled += length;
        let Some((head, end)) = request(&buffer[..filled]) else {
            continue;
        };
        if stream.write_all(answers.to(head, &mut reads)).await.is_err() {
            return;
        }
        buffer.copy_within(end..filled, 0);
        filled -= end;
    }
}

/// The head of the first request, and where the request ends, once all of it is there.
fn request(bytes: &[u8]) -> Option<(&str, usize)> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let length = head.lines().filter_map(|line| line.split_once(':'));
    let length = length.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let body = length.map(|(_, value)| value.trim().parse().unwrap_or(0)).next().unwrap_or(0);
    let end = end + 4 + body;
    (end <= bytes.len()).then_some((head, end))
}
