use super::{LogInService, account::oathtool, device, heading};
use crate::{Failure, page::Page, phone::button};

const MAILBOX: &str = "//li[contains(@class,'device')][.//h4='ada@example.com']";

/// The secret of every device in `emulator.toml` that makes codes.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// The devices of grace to which a code is sent, by what the list says and the page after it.
const SENT: [(&str, &str); 4] = [
    ("Code by text message", "*******44"),
    ("Code by phone call", "We are calling"),
    ("Code by WhatsApp", "by WhatsApp"),
    ("Code by e-mail", "gr****@example.com"),
];

const GENERATED: [&str; 2] = ["Code from an authenticator app", "Code from a token"];

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    read_in_the_mailbox(page).await?;
    for (words, said) in SENT {
        sent(page, words, said).await?;
    }
    for words in GENERATED {
        generated(page, words).await?;
    }
    Ok(())
}

async fn read_in_the_mailbox(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.begin(page).await?;
    page.click(&button("", "Use another device")).await?;
    page.click(&device("Code by e-mail")).await?;
    page.see(&heading("Enter the code")).await?;
    page.expect_no_complaint().await?;
    page.fill("//input[@id='code']", "no code").await?;
    page.click(&button("", "Log in")).await?;
    page.see("//p[@id='notice'][contains(., '2 tries are left.')]").await?;
    page.inspect("log-in-code-wrong").await?;
    page.expect_no_complaint_but("422").await?;

    let mailbox = page.cover().await?;
    page.open(&service.emulator_page).await?;
    let code = page.read(&format!("{MAILBOX}//div[@class='sent']/output")).await?;
    mailbox.back().await?;
    enter(page, &code).await
}

async fn sent(page: &Page, words: &str, said: &str) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.choose_as_grace(page).await?;
    if words == SENT[0].0 {
        page.inspect("log-in-devices").await?;
    }
    page.click(&device(words)).await?;
    page.see(&heading("Enter the code")).await?;
    page.see(&format!("//p[@id='from'][contains(., '{said}')]")).await?;
    page.inspect(&format!("log-in-{}", words.to_lowercase().replace(' ', "-"))).await?;
    let first = service.sent_code()?;
    page.click("//button[contains(., 'again')]").await?;
    page.see("//p[@id='from'][contains(., 'new code') or contains(., 'again')]").await?;
    let second = service.sent_code()?;
    if first == second {
        return Err("no other code was sent".into());
    }
    enter(page, &second).await
}

async fn generated(page: &Page, words: &str) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.choose_as_grace(page).await?;
    page.click(&device(words)).await?;
    page.see(&heading("Enter the code")).await?;
    page.inspect(&format!("log-in-{}", words.to_lowercase().replace(' ', "-"))).await?;
    enter(page, &oathtool(SECRET)?).await
}

async fn enter(page: &Page, code: &str) -> Result<(), Failure> {
    page.clear_and_fill("//input[@id='code']", code).await?;
    page.click(&button("", "Log in")).await?;
    page.see(&heading("Logged in")).await?;
    page.expect_no_complaint().await
}
