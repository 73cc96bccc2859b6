//! The example `login_service`, as a person uses it who has the log-in page in one tab and the emulator's in another.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use crate::{
    Failure,
    page::Page,
    phone::{MAILBOX, button},
};

pub(super) const PHONE: &str = "//li[contains(@class,'device')][.//h4=\"Ada's phone\"]";

/// The running example, which has the emulator inside. It ends when it is dropped.
pub(super) struct LogInService {
    child: Child,
    url: String,
    password: String,
    pub(super) emulator_page: String,
}

impl LogInService {
    /// It was built beside this program.
    pub(super) fn start() -> Result<Self, Failure> {
        let folder = env::current_exe()?.parent().ok_or("this program lies nowhere")?.join("examples");
        let mut program = Command::new(folder.join("login_service").with_extension(env::consts::EXE_EXTENSION));
        let ours = env::vars_os().map(|(name, _)| name);
        for name in ours.filter(|name| name.as_encoded_bytes().starts_with(b"PINGONE_")) {
            program.env_remove(name);
        }
        let mut child = program.env("PORT", "0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let stdout = child.stdout.take();
        let mut service = Self { child, url: String::new(), password: String::new(), emulator_page: String::new() };
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

    /// From the name to the page that waits.
    pub(super) async fn begin(&self, page: &Page) -> Result<(), Failure> {
        page.open(&self.url).await?;
        page.fill("//input[@id='name']", "ada").await?;
        page.fill("//input[@id='password']", &self.password).await?;
        page.click(&button("", "Go on")).await?;
        page.see(&heading("Look at your phone")).await?;
        Ok(())
    }
}

impl Drop for LogInService {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn heading(text: &str) -> String {
    format!("//h1[text()='{text}']")
}

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    let service = LogInService::start()?;
    by_another_device(&service, page).await?;
    by_a_push_that_is_answered_in_another_tab(&service, page).await?;
    not_at_all(&service, page).await
}

async fn by_another_device(service: &LogInService, page: &Page) -> Result<(), Failure> {
    page.open(&service.url).await?;
    page.shoot_all("log-in-name").await?;
    service.begin(page).await?;
    page.shoot_all("log-in-push").await?;
    page.click(&button("", "Use another device")).await?;
    page.see(&heading("Choose a device")).await?;
    page.shoot_all("log-in-devices").await?;
    page.click("//button[contains(., 'Code by e-mail')]").await?;
    page.see(&heading("Enter the code")).await?;
    page.expect_no_complaint().await?;

    page.fill("//input[@id='code']", "no code").await?;
    page.click(&button("", "Log in")).await?;
    page.see("//p[@id='notice'][contains(text(), '2 tries are left.')]").await?;
    page.shoot_all("log-in-code").await?;
    expect_no_complaint_but(page, "422").await?;

    let mailbox = page.cover().await?;
    page.open(&service.emulator_page).await?;
    let code = page.read(&format!("{MAILBOX}//div[@class='sent']/output")).await?;
    mailbox.back().await?;
    page.fill("//input[@id='code']", &code).await?;
    page.click(&button("", "Log in")).await?;
    page.see(&heading("Logged in")).await?;
    page.shoot_all("log-in-done").await?;
    page.click(&button("", "Log out")).await?;
    page.see(&heading("Log in")).await?;
    page.expect_no_complaint().await
}

/// Nothing is clicked on the log-in page: it goes on by itself.
async fn by_a_push_that_is_answered_in_another_tab(service: &LogInService, page: &Page) -> Result<(), Failure> {
    service.begin(page).await?;
    let phone = page.cover().await?;
    page.open(&service.emulator_page).await?;
    page.click(&button(PHONE, "Approve")).await?;
    page.miss(&button(PHONE, "Approve")).await?;
    phone.back().await?;
    page.see(&heading("Logged in")).await?;
    page.click(&button("", "Log out")).await?;
    page.expect_no_complaint().await
}

async fn not_at_all(service: &LogInService, page: &Page) -> Result<(), Failure> {
    service.begin(page).await?;
    let phone = page.cover().await?;
    page.open(&service.emulator_page).await?;
    page.click(&button(PHONE, "Deny")).await?;
    page.miss(&button(PHONE, "Deny")).await?;
    phone.back().await?;
    page.see(&heading("Not logged in")).await?;
    page.shoot_all("log-in-denied").await?;
    page.click(&button("", "Begin again")).await?;
    page.see(&heading("Log in")).await?;
    expect_no_complaint_but(page, "403").await
}

/// Chromium itself tells of a page that comes with this status.
async fn expect_no_complaint_but(page: &Page, status: &str) -> Result<(), Failure> {
    let complaints = page.complaints().await?;
    let other = complaints.iter().find(|entry| !entry["message"].as_str().is_some_and(|text| text.contains(status)));
    other.map_or(Ok(()), |entry| Err(format!("the page complains: {}", entry["message"]).into()))
}
