//! What the page is there for: pushes are approved and denied, and codes are read.

use std::time::Duration;

use pingone_async::{
    DeviceAuthenticationId, FailureCode, NextStep,
    authentication_code::{CreateAuthenticationCode, ReadAuthenticationCode, UserApproval},
    pairing_key::CreatePairingKey,
    user::DeleteUser,
};
use pingone_emulator::{Data, Device, Policy, User};
use serde_json::json;

use crate::{
    Failure,
    emulated::{self, Emulated},
    page::Page,
};

/// The first phone of the built-in user.
pub(super) const PHONE: &str = "//li[contains(@class,'device')][.//h4='SampleDevice1']";
const MAILBOX: &str = "//li[contains(@class,'device')][.//h4='admin@example.com']";
/// The longest that a policy can say, so that none times out while its picture is taken.
const LONGEST_PUSH: Duration = Duration::from_secs(150);
const APP: &str = "//li[contains(@class,'device')][.//h4='Authenticator app']";

/// The badge of an authentication, once it says this.
pub(super) fn badge(id: &DeviceAuthenticationId, status: &str) -> String {
    format!("//ol[@id='authentications']/li[@title='{}']/span[text()='{status}']", id.as_str())
}

/// What the phone asks of this push.
fn prompt(id: &DeviceAuthenticationId) -> String {
    let short: String = id.as_str().chars().take(8).collect();
    format!("{PHONE}//div[@class='push'][p[starts-with(., 'Log-in {short}')]]")
}

pub(super) fn button(within: &str, label: &str) -> String {
    format!("{within}//button[text()='{label}']")
}

pub(super) async fn approve_deny_and_read_a_code(page: &Page) -> Result<(), Failure> {
    let with_app = Data::built_in().user(
        User::new("grace")
            .device(Device::new("app", "TOTP").hidden("secret", json!("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))),
    );
    let service = Emulated::start(with_app)?;
    let user = service.emulator.service().user_id().to_owned();
    service.open(page).await?;
    page.see("//section[@id='welcome'][not(@hidden)]").await?;
    page.shoot_all("empty").await?;

    let approved = service.push(&user).await?;
    page.see(&badge(&approved, "PUSH_CONFIRMATION_REQUIRED")).await?;
    page.see("//section[@id='welcome'][@hidden]").await?;
    page.click(&button(PHONE, "Approve")).await?;
    page.see(&badge(&approved, "COMPLETED")).await?;
    let NextStep::Completed(_) = service.read(&approved).await? else { return Err("it is not approved".into()) };

    let denied = service.push(&user).await?;
    page.click(&button(PHONE, "Deny")).await?;
    page.see(&badge(&denied, "FAILED")).await?;
    let NextStep::Failed(failed) = service.read(&denied).await? else { return Err("it is not denied".into()) };
    if failed.code().map(FailureCode::as_str) != Some("PUSH_CONFIRMATION_DENIED") {
        return Err(format!("it failed for another reason: {:?}", failed.code()).into());
    }

    let left = service.push(&user).await?;
    page.click(&button(PHONE, "Let it time out")).await?;
    page.see(&badge(&left, "PUSH_CONFIRMATION_TIMED_OUT")).await?;

    let mail = "daba8c2b-5f01-42fa-91a5-ee91e58b0b26";
    log_in_by_code(&service, page, &user, mail, MAILBOX).await?;
    log_in_by_code(&service, page, "grace", "app", APP).await?;

    // Something of everything, to look at, for however long that takes.
    service.emulator.service().freeze();
    service.begin_with(&user, mail).await?;
    service.push(&user).await?;
    page.see(&button(PHONE, "Approve")).await?;
    page.shoot_all("phones").await?;
    page.click(&button(MAILBOX, "Copy")).await?;
    page.see(&button(MAILBOX, "Copied")).await?;
    keeps_the_focus(page).await?;
    page.expect_no_complaint().await
}

/// Reads the code from the page, as a person does who types it into the log-in page.
async fn log_in_by_code(service: &Emulated, page: &Page, user: &str, device: &str, card: &str) -> Result<(), Failure> {
    let NextStep::Otp(entry) = service.begin_with(user, device).await? else { return Err("no code is awaited".into()) };
    let code = page.read(&format!("{card}//div[@class='sent']/output")).await?;
    service.client.send(entry.check(&code)).await?;
    page.see(&badge(entry.id(), "COMPLETED")).await?;
    Ok(())
}

/// Whoever goes by keyboard does not lose their place while the page asks again and again, nor by answering.
async fn keeps_the_focus(page: &Page) -> Result<(), Failure> {
    page.run("document.querySelector('.push .primary').focus(); performance.clearResourceTimings()").await?;
    let has_asked =
        "return performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/pushes')).length > 2";
    page.wait_until(has_asked).await?;
    if page.run("return document.activeElement.textContent").await? != "Approve" {
        return Err("the button has lost the focus".into());
    }
    page.see(&button(PHONE, "Approve")).await?.send_keys("\u{e007}").await?;
    page.miss(&button(PHONE, "Approve")).await?;
    // The phone whose push was answered has it, as soon as the page has heard that it is.
    page.wait_until(
        "const focus = document.activeElement; return focus.matches('h4') && focus.textContent === 'SampleDevice1'",
    )
    .await
}

/// The user has to pick the number that the log-in page shows.
pub(super) async fn match_numbers(page: &Page) -> Result<(), Failure> {
    let phone = Device::new("phone", "MOBILE").member("nickname", json!("SampleDevice1"));
    let policy = Policy::new("policy").number_matching(true).push_timeout(LONGEST_PUSH);
    let service = Emulated::start(emulated::data(policy, User::new("ada").device(phone)))?;
    service.open(page).await?;
    for (is_right, status) in [(true, "COMPLETED"), (false, "FAILED")] {
        let NextStep::Push(push) = service.begin("ada").await? else { return Err("no push goes out".into()) };
        let number = push.number().ok_or("no number is to be matched")?;
        // The page may show the one before still, and even the same numbers.
        let prompt = prompt(push.id());
        page.see(&button(&prompt, number)).await?;
        if is_right {
            page.shoot_all("numbers").await?;
            page.click(&button(&prompt, number)).await?;
        } else {
            page.click(&format!("{prompt}//button[@class='number'][not(text()='{number}')]")).await?;
        }
        page.see(&badge(push.id(), status)).await?;
    }
    page.expect_no_complaint().await
}

/// A log-in page shows a code: the phone scans it, and its user is asked.
pub(super) async fn scan_codes(page: &Page) -> Result<(), Failure> {
    let phone = Device::new("phone", "MOBILE").member("nickname", json!("SampleDevice1"));
    let phone = phone.member("application", json!({ "id": "app" }));
    let service = Emulated::start(emulated::data(Policy::new("policy"), User::new("ada").device(phone)))?;
    service.open(page).await?;
    for (answer, expected) in [("Approve", "COMPLETED"), ("Deny", "DENIED")] {
        let code = CreateAuthenticationCode::new("app").user_approval(UserApproval::Required);
        let code = service.client.send(code).await?;
        let id = code.id().ok_or("the code has no id")?;
        page.click(&button(PHONE, "Scan it")).await?;
        page.click(&button(PHONE, answer)).await?;
        page.miss(&button(PHONE, answer)).await?;
        let read = service.client.send(ReadAuthenticationCode::new(id)).await?;
        let status = read.status();
        if status.as_ref().map(|status| status.as_str()) != Some(expected) {
            return Err(format!("after {answer} the code is {status:?}").into());
        }
    }
    page.expect_no_complaint().await
}

/// The app on a phone is given a pairing key; from then on it gets pushes, until its user is deleted.
pub(super) async fn pair_by_key(page: &Page) -> Result<(), Failure> {
    let service = Emulated::start(emulated::data(Policy::new("policy"), User::new("grace")))?;
    service.open(page).await?;
    let (field, button_beside) = ("//input[@id='pairing-key']", "//form[@id='pair']/button");
    page.fill(field, "0000 0000 0000").await?;
    page.click(button_beside).await?;
    page.see("//p[@id='pair-problem'][contains(text(),'there is no pairing key with this code')]").await?;
    page.shoot_all("pairing").await?;
    page.expect_no_complaint_but("404").await?;

    let key = service.client.send(CreatePairingKey::new("grace")).await?;
    page.clear_and_fill(field, key.key().code().ok_or("the pairing key has no code")?).await?;
    page.click(button_beside).await?;
    let phone = "//li[contains(@class,'device')][.//h4='Emulated phone']";
    page.see(phone).await?;
    page.miss("//p[@id='pair-problem'][text()]").await?;
    let id = service.push("grace").await?;
    page.click(&button(phone, "Approve")).await?;
    page.see(&badge(&id, "COMPLETED")).await?;

    service.client.send(DeleteUser::new("grace")).await?;
    page.miss("//section[@class='user']").await?;
    page.expect_no_complaint().await
}
