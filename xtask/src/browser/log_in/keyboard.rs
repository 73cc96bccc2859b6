//! Tab, Enter and typing, and nothing else.

use super::{LogInService, heading};
use crate::{Failure, page::Page};

pub(super) const TAB: &str = "\u{e004}";
pub(super) const ENTER: &str = "\u{e007}";

/// Goes on by Tab until the focus is on what has these words, and sees that one sees it there.
pub(super) async fn tab_to(page: &Page, words: &str) -> Result<(), Failure> {
    for _ in 0..20 {
        page.press(TAB).await?;
        let focus = "const focus = document.activeElement;
             return [focus.innerText, getComputedStyle(focus).outlineStyle !== 'none']";
        let focus = page.run(focus).await?;
        if focus[0].as_str().is_some_and(|text| text.contains(words)) {
            return if focus[1] == true { Ok(()) } else { Err(format!("the focus on {words} is not seen").into()) };
        }
    }
    Err(format!("{words} is not come to by Tab").into())
}

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    page.open(&service.url).await?;
    page.see(&heading("Log in")).await?;
    // The first field has the focus by itself.
    page.wait_for_focus("name").await?;
    for keys in ["grace", TAB, "compiler-1952", ENTER] {
        page.press(keys).await?;
    }
    page.see(&heading("Look at your phone")).await?;
    tab_to(page, "Use another device").await?;
    page.press(ENTER).await?;
    page.see(&heading("Choose a device")).await?;
    tab_to(page, "Code by e-mail").await?;
    page.press(ENTER).await?;
    page.see(&heading("Enter the code")).await?;
    page.wait_for_focus("code").await?;
    page.press(&service.sent_code()?).await?;
    page.press(ENTER).await?;
    page.see(&heading("Logged in")).await?;
    tab_to(page, "Log out").await?;
    page.press(ENTER).await?;
    page.see(&heading("Log in")).await?;
    page.expect_no_complaint().await
}
