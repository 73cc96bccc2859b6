//! The page when the emulator goes, and when nobody looks.

use std::time::Duration;

use pingone_emulator::Emulator;

use crate::{Failure, page::Page};

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    let emulator = Emulator::start()?;
    let port: u16 = emulator.auth_url().rsplit(':').next().unwrap_or_default().parse()?;
    page.open(&format!("{}/", emulator.control_url())).await?;
    page.see("//p[@id='live'][text()='Live']").await?;
    asks_nothing_while_it_is_hidden(page).await?;

    drop(emulator);
    page.see("//p[@id='gone'][not(@hidden)][contains(text(),'does not answer')]").await?;
    page.shoot_all("gone").await?;
    let _again = Emulator::builder().port(port).start()?;
    page.see("//p[@id='gone'][@hidden]").await?;
    page.see("//p[@id='live'][text()='Live']").await?;
    // Chromium itself has told of each question without an answer.
    page.forgive().await
}

async fn asks_nothing_while_it_is_hidden(page: &Page) -> Result<(), Failure> {
    page.run(
        "window.asked = 0;
         const ask = window.fetch;
         window.fetch = (...question) => { if (document.hidden) window.asked += 1; return ask(...question); };
         document.addEventListener('visibilitychange', () => { if (document.hidden) window.wasHidden = true; });",
    )
    .await?;
    let covered = page.cover().await?;
    tokio::time::sleep(Duration::from_millis(2500)).await;
    covered.back().await?;
    let found = page.run("return [window.wasHidden === true, window.asked]").await?;
    // What was being asked when the tab was hidden may still be.
    if found[0] != true || found[1].as_u64() > Some(2) {
        return Err(format!("hidden, and how often asked then: {found}").into());
    }
    page.run("window.asked = 0").await?;
    Ok(())
}
