//! What must not happen: text that runs, and an Approve that nobody has pressed.

use pingone_async::NextStep;
use pingone_emulator::{Data, Device, Policy, User};
use serde_json::json;

use crate::{
    Failure,
    emulated::{self, Emulated},
    page::Page,
    phone::{PHONE, button},
};

/// A name that takes over the page if it ever becomes markup.
const NAME: &str = "<img src=x onerror=\"document.title='taken over'\"><script>document.title='taken over'</script>";

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    text_stays_text(page).await?;
    pages_of_other_origins_press_nothing(page).await
}

async fn text_stays_text(page: &Page) -> Result<(), Failure> {
    let phone = Device::new(NAME, "MOBILE").member("nickname", json!(NAME));
    let user = User::new(NAME).device(phone).device(Device::new("other", NAME));
    let service = Emulated::start(emulated::data(Policy::new("policy"), user))?;
    service.open(page).await?;
    page.click("//button[@id='begin']").await?;
    page.see(&button("//li[.//h4[contains(text(),'<img src=x')]]", "Approve")).await?;
    for place in ["h3/code", "h4", "ol[@id='authentications']//span"] {
        page.see(&format!("//{place}[contains(text(),'<script>')]")).await?;
    }
    let found = page.run("return [document.title, document.querySelectorAll('img, body script').length]").await?;
    if found != json!(["(1) PingOne emulator", 0]) {
        return Err(format!("a name has become markup: {found}").into());
    }
    page.expect_no_complaint().await
}

/// Each of these does what a page can do without being asked: a form, and a `fetch` whose answer it may not see.
async fn pages_of_other_origins_press_nothing(page: &Page) -> Result<(), Failure> {
    let service = Emulated::start(Data::built_in())?;
    let elsewhere = Emulated::start(Data::built_in())?;
    let id = service.push(service.emulator.service().user_id()).await?;
    let target = format!("{}/pushes/{}", service.emulator.control_url(), id.as_str());
    // A document of the other emulator's, which has no policy that would forbid it to ask.
    page.open(&format!("{}/openapi.json", elsewhere.emulator.control_url())).await?;
    let script = format!(
        "const done = arguments[arguments.length - 1];
         fetch('{target}', {{ method: 'POST', mode: 'no-cors', body: '{{\"answer\": \"APPROVE\"}}' }})
             .then(() => done('sent'), (problem) => done(problem.message));"
    );
    let sent = page.run_async(&script).await?;
    if sent != "sent" {
        return Err(format!("the request is not on its way: {sent}").into());
    }
    let NextStep::Push(_) = service.read(&id).await? else { return Err("a page from elsewhere has answered".into()) };
    // Chromium has told that this was refused.
    page.complaints().await?;

    // The same request from the emulator's own page has its effect: it was not refused for another reason.
    service.open(page).await?;
    page.see(&button(PHONE, "Approve")).await?;
    page.run_async(&script.replace("no-cors", "same-origin")).await?;
    let NextStep::Completed(_) = service.read(&id).await? else { return Err("its own page has no effect".into()) };
    page.expect_no_complaint().await
}
