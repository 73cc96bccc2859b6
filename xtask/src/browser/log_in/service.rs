use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};

use super::heading;
use crate::{Failure, page::Page, phone::button};

pub(crate) const PHONE: &str = "//li[contains(@class,'device')][.//h4=\"Ada's phone\"]";

/// The running example, which has the emulator inside. It ends when it is dropped.
///
/// Each log-in has one of its own, or the tenth would be refused.
pub(crate) struct LogInService {
    child: Child,
    pub(crate) url: String,
    password: String,
    pub(crate) emulator_page: String,
}

impl LogInService {
    /// It was built beside this program.
    pub(crate) fn start() -> Result<Self, Failure> {
        let folder = env::current_exe()?.parent().ok_or("this program lies nowhere")?.join("examples");
        let mut program = Command::new(folder.join("login_service").with_extension(env::consts::EXE_EXTENSION));
        let ours = env::vars_os().map(|(name, _)| name);
        for name in ours.filter(|name| {
            let name = name.as_encoded_bytes();
            name.starts_with(b"PINGONE_") || name.starts_with(b"LOGIN_")
        }) {
            program.env_remove(name);
        }
        let mut child = program.env("PORT", "0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let stdout = child.stdout.take();
        let (url, password, emulator_page) = (String::new(), String::new(), String::new());
        let mut service = Self { child, url, password, emulator_page };
        let mut lines = stdout.into_iter().flat_map(|stdout| BufReader::new(stdout).lines()).map_while(Result::ok);
        let mut next = |before: &str| -> Result<String, Failure> {
            let line = lines.next().unwrap_or_default();
            line.strip_prefix(before).map(str::to_owned).ok_or_else(|| format!("{before} … is not said: {line}").into())
        };
        service.url = next("Log in as ada at ")?;
        service.password = next("The password is ")?;
        service.emulator_page = next("The phone and the mailbox are at ")?;
        Ok(service)
    }

    /// One before which the browser comes without cookies: those of another one on this machine would be sent, too.
    pub(super) async fn before(page: &Page) -> Result<Self, Failure> {
        let service = Self::start()?;
        page.open(&format!("{}style.css", service.url)).await?;
        page.forget_cookies().await?;
        // What the page before it has asked may have come to nothing.
        page.complaints().await?;
        Ok(service)
    }

    /// From the name to the page that waits.
    pub(crate) async fn begin(&self, page: &Page) -> Result<(), Failure> {
        self.begin_as_ada(page).await?;
        page.see(&heading("Look at your phone")).await?;
        Ok(())
    }

    pub(super) async fn begin_as_ada(&self, page: &Page) -> Result<(), Failure> {
        self.begin_as(page, "ada", &self.password).await
    }

    /// ada, all the way.
    pub(super) async fn log_in_by_push(&self, page: &Page) -> Result<(), Failure> {
        self.begin(page).await?;
        self.answer_push("APPROVE")?;
        page.see(&heading("Logged in")).await?;
        Ok(())
    }

    /// To leave the page at once would take back the form.
    pub(super) async fn log_out(&self, page: &Page) -> Result<(), Failure> {
        page.open(&self.url).await?;
        page.click(&button("", "Log out")).await?;
        page.see("//input[@id='name']").await?;
        Ok(())
    }

    /// The first factor alone.
    pub(super) async fn begin_as(&self, page: &Page, name: &str, password: &str) -> Result<(), Failure> {
        page.open(&self.url).await?;
        page.fill("//input[@id='name']", name).await?;
        page.fill("//input[@id='password']", password).await?;
        page.click(&button("", "Continue")).await
    }

    /// grace, who has a device of each kind, before the list of them.
    pub(super) async fn choose_as_grace(&self, page: &Page) -> Result<(), Failure> {
        self.begin_as(page, "grace", "compiler-1952").await?;
        page.see(&heading("Look at your phone")).await?;
        page.click(&button("", "Use another device")).await?;
        page.see(&heading("Choose a device")).await?;
        Ok(())
    }

    /// So that no push times out while a page is looked at.
    pub(super) fn stop_the_clock(&self) -> Result<(), Failure> {
        self.act("POST", "/clock", &json!({ "running": false }))
    }

    /// What a control path of the emulator says.
    pub(super) fn look(&self, path: &str) -> Result<Value, Failure> {
        let text = ureq::get(self.control(path)).call()?.body_mut().read_to_string()?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Has a control path of the emulator do something.
    pub(super) fn act(&self, method: &str, path: &str, body: &Value) -> Result<(), Failure> {
        let request = http::Request::builder().method(method).uri(self.control(path));
        let request = request.header("Content-Type", "application/json").body(body.to_string())?;
        ureq::run(request)?;
        Ok(())
    }

    fn control(&self, path: &str) -> String {
        format!("{}{path}", self.emulator_page.trim_end_matches('/'))
    }

    /// The user does this with the push that waits.
    pub(super) fn answer_push(&self, answer: &str) -> Result<(), Failure> {
        let pushes = self.look("/pushes")?;
        let push = &pushes["pushes"][0];
        let id = push["deviceAuthenticationId"].as_str().ok_or_else(|| format!("no push waits: {pushes}"))?;
        let mut body = json!({ "answer": answer });
        if !push["number"].is_null() && answer == "APPROVE" {
            body["number"] = push["number"].clone();
        }
        self.act("POST", &format!("/pushes/{id}"), &body)
    }

    /// The code that was sent last.
    pub(super) fn sent_code(&self) -> Result<String, Failure> {
        let codes = self.look("/codes?last=1")?;
        Ok(codes["codes"][0]["code"].as_str().ok_or_else(|| format!("no code was sent: {codes}"))?.to_owned())
    }
}

impl Drop for LogInService {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
