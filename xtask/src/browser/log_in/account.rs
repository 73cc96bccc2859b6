//! The account page, without passkeys.

use std::process::Command;

use serde_json::json;

use super::{LogInService, heading};
use crate::{Failure, page::Page, phone::button};

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    an_authenticator_app_by_its_qr_code(page).await?;
    an_address_by_keyboard_alone(page).await?;
    a_phone_by_its_pairing_key(page).await?;
    named_ordered_and_removed(page).await?;
    the_first_device(page).await?;
    a_browser_that_is_remembered(page).await
}

async fn open(service: &LogInService, page: &Page) -> Result<(), Failure> {
    service.log_in_by_push(page).await?;
    page.click(&button("", "Your devices")).await?;
    page.see(&heading("Your devices")).await?;
    Ok(())
}

/// As a phone does it: what is scanned is a picture of the page.
async fn an_authenticator_app_by_its_qr_code(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    open(&service, page).await?;
    page.inspect("account").await?;
    page.click(&button("", "Add a device")).await?;
    page.see(&heading("Add a device")).await?;
    page.inspect("account-add").await?;
    page.click("//button[contains(., 'An authenticator app')]").await?;
    page.see(&heading("Scan with your app")).await?;
    page.inspect("account-app").await?;
    let uri = page.scan("account-app-scanned").await?;
    let secret = uri.split_once("secret=").map(|(_, rest)| rest.split('&').next().unwrap_or_default());
    let secret = secret.ok_or("the QR code has no secret")?;
    let shown = page.read("//code[@class='secret']").await?.replace(' ', "");
    if !uri.starts_with("otpauth://totp/") || shown != secret {
        return Err("the QR code and the key to type are not the same".into());
    }
    page.fill("//input[@id='code']", &oathtool(secret)?).await?;
    page.click(&button("", "Add")).await?;
    page.see("//p[@role='status'][contains(., 'Your new device is ready.')]").await?;
    page.see("//ol[@class='devices']//span[starts-with(., 'Authenticator app')]").await?;
    page.expect_no_complaint().await
}

async fn an_address_by_keyboard_alone(page: &Page) -> Result<(), Failure> {
    use super::keyboard::{ENTER, TAB, tab_to};
    let service = LogInService::before(page).await?;
    open(&service, page).await?;
    tab_to(page, "Add a device").await?;
    page.press(ENTER).await?;
    page.see(&heading("Add a device")).await?;
    tab_to(page, "The company’s app").await?;
    // Past the choice of how, which is by e-mail, into the field.
    for keys in [TAB, TAB, "ada@example.org", ENTER] {
        page.press(keys).await?;
    }
    page.see(&heading("Enter the code")).await?;
    page.inspect("account-address").await?;
    page.wait_for_focus("code").await?;
    page.press("no code").await?;
    page.press(ENTER).await?;
    page.see("//p[@id='notice']").await?;
    page.inspect("account-address-wrong").await?;
    page.wait_for_focus("code").await?;
    page.press(&service.sent_code()?).await?;
    page.press(ENTER).await?;
    page.see("//p[@role='status'][contains(., 'Your new device is ready.')]").await?;
    page.see("//ol[@class='devices']//span[starts-with(., 'E-mail, ada@example.org')]").await?;
    page.expect_no_complaint_but("42").await
}

/// The page goes on by itself once the app has taken the key; then the phone is pushed to.
async fn a_phone_by_its_pairing_key(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    open(&service, page).await?;
    page.click(&button("", "Add a device")).await?;
    page.click("//button[contains(., 'The company’s app')]").await?;
    page.see(&heading("Pair the company’s app")).await?;
    page.see("//span[@id='left'][contains(., 'minutes left')]").await?;
    page.inspect("account-phone").await?;
    let key = page.scan("account-phone-scanned").await?;
    if page.read("//code[@class='secret']").await?.replace(' ', "") != key {
        return Err("the QR code and the key to type are not the same".into());
    }
    service.act("POST", "/phones", &json!({ "pairingKey": key }))?;
    page.see("//p[@role='status'][contains(., 'Your new device is ready.')]").await?;
    page.see("//ol[@class='devices']/li[3]").await?;
    service.log_out(page).await?;
    service.begin(page).await?;
    page.click(&button("", "Use another device")).await?;
    page.see(&heading("Choose a device")).await?;
    page.click("(//button[contains(., 'Approve a request in the app')][not(contains(., 'once more'))])[1]").await?;
    page.see(&heading("Look at your phone")).await?;
    service.answer_push("APPROVE")?;
    page.see(&heading("Logged in")).await?;
    page.expect_no_complaint().await
}

async fn named_ordered_and_removed(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    open(&service, page).await?;
    page.click("(//summary)[2]").await?;
    page.inspect("account-change").await?;
    page.fill("//input[@id='name-ada-mail']", "Work").await?;
    page.click(&button("(//details)[2]", "Save the name")).await?;
    page.see("//ol[@class='devices']/li[2]//span[starts-with(., 'Work')]").await?;
    page.click("(//summary)[2]").await?;
    page.click(&button("(//details)[2]", "Move up")).await?;
    page.see("//ol[@class='devices']/li[1]//span[starts-with(., 'Work')]").await?;
    page.click("(//summary)[2]").await?;
    page.click(&button("(//details)[2]", "Remove")).await?;
    page.see("//p[@role='status'][contains(., 'The device is removed.')]").await?;
    page.miss("//ol[@class='devices']/li[2]").await?;
    page.expect_no_complaint().await
}

/// linus has none, and adds one after the password alone; then he logs in by it.
async fn the_first_device(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.begin_as(page, "linus", "kernel-1991").await?;
    page.see(&heading("Add your first device")).await?;
    page.inspect("account-first").await?;
    page.fill("//input[@id='address']", "linus@example.com").await?;
    page.click(&button("", "Send a code")).await?;
    page.see(&heading("Enter the code")).await?;
    page.fill("//input[@id='code']", &service.sent_code()?).await?;
    page.click(&button("", "Add")).await?;
    page.see(&heading("Your device is ready")).await?;
    page.inspect("account-first-ready").await?;
    service.begin_as(page, "linus", "kernel-1991").await?;
    page.see(&heading("Enter the code")).await?;
    page.fill("//input[@id='code']", &service.sent_code()?).await?;
    page.click(&button("", "Log in")).await?;
    page.see(&heading("Logged in")).await?;
    page.expect_no_complaint().await
}

async fn a_browser_that_is_remembered(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.log_in_by_push(page).await?;
    page.click("//button[contains(., 'Remember this browser')]").await?;
    page.see("//p[@role='status'][contains(., 'This browser is remembered.')]").await?;
    service.log_out(page).await?;
    service.begin_as_ada(page).await?;
    page.see("//p[contains(., 'PingOne knows this browser again.')]").await?;
    page.inspect("log-in-remembered").await?;
    // That is not enough to add a device.
    page.click(&button("", "Your devices")).await?;
    page.click(&button("", "Add a device")).await?;
    page.see(&heading("Confirm that it is you")).await?;
    page.inspect("account-confirm").await?;
    page.click(&button("", "Confirm")).await?;
    page.see(&heading("Look at your phone")).await?;
    service.answer_push("APPROVE")?;
    page.see(&heading("Logged in")).await?;
    page.expect_no_complaint().await
}

/// The code of now, by a program that knows nothing of us.
pub(super) fn oathtool(secret: &str) -> Result<String, Failure> {
    let output = Command::new("oathtool").args(["--totp", "--base32", secret]).output();
    let output = output.map_err(|error| format!("oathtool: {error}; on Debian, `apt-get install oathtool`"))?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
