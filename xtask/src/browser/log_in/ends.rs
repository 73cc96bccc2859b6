use super::{LogInService, device, heading};
use crate::{Failure, page::Page, phone::button};

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    wrong_password(page).await?;
    last_try(page).await
}

async fn wrong_password(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.begin_as(page, "ada", "wrong").await?;
    page.see("//p[@id='notice'][text()='The name or the password is wrong.']").await?;
    page.wait_for_focus("password").await?;
    page.inspect("log-in-wrong-password").await?;
    page.expect_no_complaint_but("422").await
}

async fn last_try(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.begin(page).await?;
    page.click(&button("", "Use another device")).await?;
    page.click(&device("Code by e-mail")).await?;
    for left in ["2 tries are left.", "One try is left.", "it was the last try."] {
        page.clear_and_fill("//input[@id='code']", "no code").await?;
        page.click(&button("", "Log in")).await?;
        page.see(&format!("//p[contains(@class, 'notice')][contains(., '{left}')]")).await?;
    }
    page.see(&heading("Not logged in")).await?;
    page.inspect("log-in-last-try").await?;
    page.expect_no_complaint_but("422").await
}
