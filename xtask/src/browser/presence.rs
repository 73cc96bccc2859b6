//! The page when the emulator goes, and when nobody looks.

use std::time::Duration;

use pingone_emulator::Emulator;
use serde_json::json;

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
    page.complaints().await.map(drop)
}

async fn asks_nothing_while_it_is_hidden(page: &Page) -> Result<(), Failure> {
    page.run(
        "window.turns = 0;
         document.addEventListener('visibilitychange', () => { window.wasHidden ||= document.hidden; });
         const ask = window.fetch;
         window.fetch = (...question) => {
             if (document.hidden && `${question[0]}`.endsWith('/pushes')) window.turns += 1;
             return ask(...question);
         };",
    )
    .await?;
    let covered = page.cover().await?;
    tokio::time::sleep(Duration::from_millis(2500)).await;
    covered.back().await?;
    // The turn that was under way when the tab was hidden comes to its end.
    let found = page.run("return [window.wasHidden, window.turns <= 1]").await?;
    if found == json!([true, true]) { Ok(()) } else { Err(format!("hidden, and not asked again then: {found}").into()) }
}
