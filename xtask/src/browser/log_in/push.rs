use super::{LogInService, PHONE, device, heading};
use crate::{Failure, page::Page, phone::button};

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    answered_in_another_tab(page).await?;
    denied(page).await?;
    timed_out(page).await?;
    with_a_number(page).await
}

/// Nothing is clicked on the log-in page: it goes on by itself.
async fn answered_in_another_tab(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    page.open(&service.url).await?;
    page.see(&heading("Log in")).await?;
    page.inspect("log-in-name").await?;
    service.stop_the_clock()?;
    service.begin(page).await?;
    page.see("//span[@id='left'][contains(., 'seconds left')]").await?;
    page.inspect("log-in-push").await?;
    let phone = page.cover().await?;
    page.open(&service.emulator_page).await?;
    page.click(&button(PHONE, "Approve")).await?;
    page.miss(&button(PHONE, "Approve")).await?;
    phone.back().await?;
    page.see(&heading("Logged in")).await?;
    page.inspect("log-in-done").await?;
    page.click(&button("", "Log out")).await?;
    page.see(&heading("Log in")).await?;
    page.expect_no_complaint().await
}

async fn denied(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.begin(page).await?;
    let phone = page.cover().await?;
    page.open(&service.emulator_page).await?;
    page.click(&button(PHONE, "Deny")).await?;
    page.miss(&button(PHONE, "Deny")).await?;
    phone.back().await?;
    page.see(&heading("Not logged in")).await?;
    page.inspect("log-in-denied").await?;
    page.click(&button("", "Begin again")).await?;
    page.see(&heading("Log in")).await?;
    page.expect_no_complaint_but("403").await
}

/// The app's code does instead of the push.
async fn timed_out(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.begin(page).await?;
    service.answer_push("TIME_OUT")?;
    page.see(&heading("No answer")).await?;
    page.see(&device("once more")).await?;
    page.inspect("log-in-no-answer").await?;
    let code = service.look("/users/ada/devices/ada-phone/code")?;
    page.fill("//input[@id='code']", code["code"].as_str().unwrap_or_default()).await?;
    page.click(&button("", "Log in")).await?;
    page.see(&heading("Logged in")).await?;
    page.expect_no_complaint().await
}

async fn with_a_number(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.stop_the_clock()?;
    service.begin_as(page, "grace", "compiler-1952").await?;
    page.see("//p[@class='number']").await?;
    page.inspect("log-in-number").await?;
    service.answer_push("APPROVE")?;
    page.see(&heading("Logged in")).await?;
    page.expect_no_complaint().await
}
