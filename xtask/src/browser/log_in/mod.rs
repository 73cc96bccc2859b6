//! The example `login_service`, as a person uses it who has the log-in page in one tab and the emulator's in another.

mod account;
mod attacks;
mod codes;
mod ends;
mod keyboard;
mod passkey;
mod push;
mod service;

pub(super) use self::service::{LogInService, PHONE};
use crate::{Failure, page::Page, step};

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    step("log-ins by a push");
    push::walk(page).await?;
    step("log-ins by each kind of code");
    codes::walk(page).await?;
    step("log-ins by a passkey");
    passkey::walk(page).await?;
    step("log-ins by keyboard alone");
    keyboard::walk(page).await?;
    step("log-ins that end otherwise");
    ends::walk(page).await?;
    step("the account page");
    account::walk(page).await?;
    step("what other sites try, and names that would like to be markup");
    attacks::walk(page).await
}

fn heading(text: &str) -> String {
    format!("//h1[text()='{text}']")
}

/// A device in the list, by what stands on it.
fn device(words: &str) -> String {
    format!("//ul[@class='devices']//button[contains(., \"{words}\")]")
}
