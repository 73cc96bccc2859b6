use serde_json::{Value, json};

use super::{LogInService, device, heading};
use crate::{
    Failure,
    page::Page,
    phone::button,
    virtual_authenticator::{Finger, VirtualAuthenticator},
};

const NAMELESS: &str = "//button[contains(., 'Log in with a passkey')]";
const MAKE: &str = "//button[contains(., 'Create the passkey')]";
const USE: &str = "//button[contains(., 'Use the passkey')]";
const PASSKEY: &str = "Fingerprint, face, PIN or security key";

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    let passkeys = registered(&service, page).await?;
    let passkeys = by_name(&service, page, &passkeys).await?;
    let passkeys = cancelled_and_tried_again(&service, page, &passkeys).await?;
    let passkeys = without_a_name(&service, page, &passkeys).await?;
    let passkeys = suggested(&service, page, &passkeys).await?;
    not_at_another_address(&service, page, &passkeys).await?;
    a_late_conditional_request_gives_way(page).await
}

/// ada adds a passkey on the account page, and the same one a second time. It is for the others that log in by it.
async fn registered(service: &LogInService, page: &Page) -> Result<Vec<Value>, Failure> {
    let authenticator = VirtualAuthenticator::add(page, Finger::Right, &[]).await?;
    service.log_in_by_push(page).await?;
    page.click(&button("", "Your devices")).await?;
    add(page).await?;
    page.inspect("account-passkey").await?;
    page.click(MAKE).await?;
    page.see("//p[@role='status'][contains(., 'Your new device is ready.')]").await?;
    page.see("//ol[@class='devices']//span[starts-with(., 'Passkey')]").await?;
    page.inspect("account-passkey-added").await?;

    add(page).await?;
    page.click(MAKE).await?;
    page.see("//p[@id='problem'][contains(., 'You already have a passkey')]").await?;
    page.inspect("account-passkey-twice").await?;
    let passkeys = authenticator.remove().await?;
    if passkeys.len() != 1 {
        return Err(format!("there are {} passkeys", passkeys.len()).into());
    }
    page.open(&service.url).await?;
    log_out(page).await?;
    Ok(passkeys)
}

/// From the account page to the one that makes a passkey.
async fn add(page: &Page) -> Result<(), Failure> {
    page.see(&heading("Your devices")).await?;
    page.click(&button("", "Add a device")).await?;
    page.click("//button[contains(., 'A passkey')]").await?;
    page.see(&heading("Add a passkey")).await?;
    Ok(())
}

/// To the page that asks for the passkey, after the first factor.
async fn choose(service: &LogInService, page: &Page) -> Result<(), Failure> {
    service.begin(page).await?;
    page.click(&button("", "Use another device")).await?;
    page.click(&device(PASSKEY)).await?;
    page.see(&heading("Use your passkey")).await?;
    Ok(())
}

async fn log_out(page: &Page) -> Result<(), Failure> {
    page.see(&heading("Logged in")).await?;
    page.click(&button("", "Log out")).await?;
    page.see(&heading("Log in")).await?;
    page.expect_no_complaint().await
}

async fn by_name(service: &LogInService, page: &Page, passkeys: &[Value]) -> Result<Vec<Value>, Failure> {
    // The first page would ask a passkey that needs no name.
    choose(service, page).await?;
    let authenticator = VirtualAuthenticator::add(page, Finger::Right, passkeys).await?;
    page.inspect("log-in-passkey").await?;
    page.click(USE).await?;
    page.see(&heading("Logged in")).await?;
    let passkeys = authenticator.remove().await?;
    log_out(page).await?;
    Ok(passkeys)
}

async fn cancelled_and_tried_again(
    service: &LogInService,
    page: &Page,
    passkeys: &[Value],
) -> Result<Vec<Value>, Failure> {
    choose(service, page).await?;
    // What this browser has used last comes first.
    page.click(&button("", "Use another device")).await?;
    page.see(&format!("//ul[@class='devices']/li[1]//button[contains(., '{PASSKEY}')]")).await?;
    page.click(&device(PASSKEY)).await?;
    let authenticator = VirtualAuthenticator::add(page, Finger::Wrong, passkeys).await?;
    page.click(USE).await?;
    page.see("//p[@id='problem'][contains(., 'Nothing was confirmed. Try again')]").await?;
    page.inspect("log-in-passkey-cancelled").await?;
    let passkeys = authenticator.remove().await?;
    let authenticator = VirtualAuthenticator::add(page, Finger::Right, &passkeys).await?;
    page.click(USE).await?;
    page.see(&heading("Logged in")).await?;
    let passkeys = authenticator.remove().await?;
    log_out(page).await?;
    Ok(passkeys)
}

async fn without_a_name(service: &LogInService, page: &Page, passkeys: &[Value]) -> Result<Vec<Value>, Failure> {
    page.open(&service.url).await?;
    let authenticator = VirtualAuthenticator::add(page, Finger::Right, passkeys).await?;
    page.click(NAMELESS).await?;
    page.see(&heading("Logged in")).await?;
    page.see("//strong[text()='ada']").await?;
    let passkeys = authenticator.remove().await?;
    log_out(page).await?;
    Ok(passkeys)
}

/// The browser suggests it where the name is typed. The virtual authenticator has its user take it at once.
async fn suggested(service: &LogInService, page: &Page, passkeys: &[Value]) -> Result<Vec<Value>, Failure> {
    let authenticator = VirtualAuthenticator::add(page, Finger::Right, passkeys).await?;
    page.open(&service.url).await?;
    page.see(&heading("Logged in")).await?;
    let passkeys = authenticator.remove().await?;
    log_out(page).await?;
    Ok(passkeys)
}

/// A passkey is bound to the host.
async fn not_at_another_address(service: &LogInService, page: &Page, passkeys: &[Value]) -> Result<(), Failure> {
    page.open(&service.url.replace("localhost", "127.0.0.1")).await?;
    let authenticator = VirtualAuthenticator::add(page, Finger::Right, passkeys).await?;
    page.click(NAMELESS).await?;
    page.see("//p[@id='problem'][contains(., 'Passkeys do not work at http://127.0.0.1')]").await?;
    page.inspect("log-in-passkey-elsewhere").await?;
    // Chromium itself tells of it.
    page.complaints().await?;
    authenticator.remove().await.map(drop)
}

/// The first page begins a log-in by itself, for the passkeys that the browser suggests. If its cookie comes late, it does
/// not replace that of the log-in which a name and a password have begun in the meantime.
async fn a_late_conditional_request_gives_way(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    // The conditional request begins first, and ends while the page after the form is on its way.
    for (operation, milliseconds) in [("initialize", 1500), ("read", 3000)] {
        let operation = format!("device_authentication.{operation}");
        let late = json!({ "kind": "delay", "milliseconds": milliseconds, "operation": operation, "times": 1 });
        service.act("POST", "/faults", &late)?;
    }
    let authenticator = VirtualAuthenticator::add(page, Finger::Right, &[]).await?;
    service.begin(page).await?;
    service.answer_push("APPROVE")?;
    page.see(&heading("Logged in")).await?;
    authenticator.remove().await?;
    let journal = service.look("/journal")?;
    let initialized = |entry: &&Value| entry["operation"] == "device_authentication.initialize";
    match journal["requests"].as_array().map(|requests| requests.iter().filter(initialized).count()) {
        Some(2) => page.expect_no_complaint().await,
        other => Err(format!("{other:?} log-ins have begun, and not one by itself and one by the form").into()),
    }
}
