//! Chromium and its driver, from their start to their end.

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::Failure;

const ARGUMENTS: [&str; 8] = [
    "--headless=new",
    // In a container everything runs as root, and root has no sandbox. Nothing but the emulator is ever opened.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A headless Chromium with a profile of its own. Both end when it is dropped.
pub(super) struct Chromium {
    client: Client,
    _driver: Driver,
}

impl Chromium {
    pub(super) async fn start() -> Result<Self, Failure> {
        let chromium = find(&["chromium", "chromium-browser", "google-chrome"])?;
        let driver = Driver::start(find(&["chromedriver"])?)?;
        let profile = driver.profile.to_str().ok_or("the folder for temporary files is no UTF-8")?;
        let profile = format!("--user-data-dir={profile}");
        let arguments: Vec<&str> = ARGUMENTS.into_iter().chain([&*profile]).collect();
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".to_owned(), json!({ "binary": chromium, "args": arguments }));
        capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&driver.url).await;
        let client = client.map_err(|error| format!("Chromium does not start: {error}"))?;
        Ok(Self { client, _driver: driver })
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }
}

/// A `chromedriver` on a free port, and the profile of the browser that it starts.
struct Driver {
    child: Child,
    url: String,
    profile: PathBuf,
}

impl Driver {
    fn start(program: PathBuf) -> Result<Self, Failure> {
        let mut child = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdout = child.stdout.take();
        let profile = env::temp_dir().join(format!("pingone-browser-{}", child.id()));
        let mut driver = Self { child, url: String::new(), profile };
        fs::create_dir_all(&driver.profile)?;
        let mut lines = stdout.into_iter().flat_map(|stdout| BufReader::new(stdout).lines()).map_while(Result::ok);
        // It says last on which port it is, and nothing after that.
        let port = lines.find_map(|line| {
            let port = line.split_once("was started successfully on port ")?.1;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        driver.url = format!("http://127.0.0.1:{}", port.ok_or("chromedriver does not say on which port it is")?);
        Ok(driver)
    }
}

impl Driver {
    fn shut_down(&self) -> io::Result<()> {
        let mut stream = TcpStream::connect(self.url.trim_start_matches("http://"))?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Told to shut down, it ends its browser too; killed, it would leave it behind.
        if self.shut_down().is_err() {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

/// The first of these programs that is there.
fn find(names: &[&str]) -> Result<PathBuf, Failure> {
    let path = env::var_os("PATH").unwrap_or_default();
    let all = || names.iter().flat_map(|name| env::split_paths(&path).map(move |folder| folder.join(name)));
    all()
        .map(|program| program.with_extension(env::consts::EXE_EXTENSION))
        .find(|program| program.is_file())
        .ok_or_else(|| {
            let names = names.join(", ");
            format!("found no {names}; on Debian, `apt-get install chromium chromium-driver` installs it").into()
        })
}
