//! What must not happen: a frame around the page, a form that another page sends, and a device's name that becomes markup.

use serde_json::{Value, json};

use super::{LogInService, heading};
use crate::{Failure, own_page::OwnPage, page::Page, phone::button};

/// Names that take over the page if they ever become markup: as a text, and as the value of an attribute.
const SCRIPT: &str = "<script>document.title='taken over'</script>";
const ATTRIBUTE: &str =
    "\" autofocus onfocus=\"document.title='taken over'\" onmouseover=\"document.title='taken over'";

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    no_page_has_it_in_a_frame(page).await?;
    no_other_page_sends_its_forms(page).await?;
    names_stay_text(page).await
}

async fn no_page_has_it_in_a_frame(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    let text = "return document.documentElement.innerText";
    page.open(&service.url).await?;
    page.see(&heading("Log in")).await?;
    let ours = page.run(text).await?;

    // A page that allows it is seen in the frame.
    let harmless = OwnPage::serve("document.documentElement.append('a page in a frame')").await?;
    let framed = in_a_frame(page, &harmless.origin(), text).await?;
    if framed != "a page in a frame" {
        return Err(format!("nothing can be seen in a frame: {framed}").into());
    }
    page.complaints().await?;

    let framed = in_a_frame(page, &service.url, text).await?;
    let is_ours = framed.as_str().zip(ours.as_str()).is_none_or(|(framed, ours)| framed.contains(ours));
    let complaints = page.complaints().await?;
    let is_refused = |entry: &Value| entry["message"].as_str().is_some_and(|text| text.contains("frame-ancestors"));
    match complaints.iter().any(is_refused) {
        true if !is_ours => Ok(()),
        _ => Err(format!("the page is in a frame, which shows: {framed}").into()),
    }
}

/// What a script returns in the frame that a page of another site has for this address.
async fn in_a_frame(page: &Page, url: &str, script: &str) -> Result<Value, Failure> {
    let framing = format!(
        "const frame = document.createElement('iframe');
         frame.src = '{url}';
         frame.addEventListener('load', () => (document.title = 'loaded'));
         addEventListener('DOMContentLoaded', () => document.body.append(frame));"
    );
    let other = OwnPage::serve(&framing).await?;
    page.open(&other.address()).await?;
    page.wait_until("return document.title === 'loaded'").await?;
    page.run_in_frame(script).await
}

/// One of another site, which comes without the cookies, and one of another port of this host, which comes with them.
async fn no_other_page_sends_its_forms(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.log_in_by_push(page).await?;
    let forms = [
        form(&service.url, "leave", &[]),
        form(&service.url, "account/remove", &[("device", "ada-mail")]),
        form(&service.url, "begin", &[("name", "grace"), ("password", "compiler-1952")]),
    ];
    for form in &forms {
        let other = OwnPage::serve(form).await?;
        for address in [other.address(), other.origin()] {
            page.open(&address).await?;
            page.see("//*[text()='This form was sent by another site.']").await?;
        }
    }
    // Chromium has told of each refusal.
    page.complaints().await?;
    let pushes = service.look("/pushes")?;
    if pushes["pushes"] != json!([]) {
        return Err(format!("a form from elsewhere has begun a log-in: {pushes}").into());
    }
    page.open(&format!("{}account", service.url)).await?;
    page.see("//ol[@class='devices']/li[2]").await?;

    // Still logged in; and the same form from a page of its own has its effect.
    page.open(&service.url).await?;
    page.see(&heading("Logged in")).await?;
    page.run(&forms[0]).await?;
    page.see(&heading("Log in")).await?;
    page.expect_no_complaint().await
}

/// A script that sends such a form without being asked.
fn form(url: &str, path: &str, fields: &[(&str, &str)]) -> String {
    let fields = json!(fields);
    format!(
        "const form = document.createElement('form');
         form.method = 'post';
         form.action = '{url}{path}';
         for (const [name, value] of {fields}) {{
             const field = form.appendChild(document.createElement('input'));
             [field.name, field.value] = [name, value];
         }}
         document.documentElement.append(form);
         form.submit();"
    )
}

async fn names_stay_text(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    service.log_in_by_push(page).await?;
    page.click(&button("", "Your devices")).await?;
    for (place, id, name, part) in [(1, "ada-phone", SCRIPT, "<script>"), (2, "ada-mail", ATTRIBUTE, "onmouseover=")] {
        page.click(&format!("(//summary)[{place}]")).await?;
        page.clear_and_fill(&format!("//input[@id='name-{id}']"), name).await?;
        page.click(&button(&format!("(//details)[{place}]"), "Save the name")).await?;
        page.see(&format!("//ol[@class='devices']/li[{place}]//span[contains(., '{part}')]")).await?;
    }
    has_no_markup_of_others(page, "Your devices").await?;
    service.log_out(page).await?;

    service.begin(page).await?;
    page.see("//strong[contains(., '<script>')]").await?;
    has_no_markup_of_others(page, "Look at your phone").await?;
    page.click(&button("", "Use another device")).await?;
    page.see("//ul[@class='devices']/li[1]//span[contains(., 'onmouseover=')]").await?;
    page.see("//ul[@class='devices']/li[2]//span[contains(., '<script>')]").await?;
    has_no_markup_of_others(page, "Choose a device").await
}

/// No script but the page's files, no attribute that is one, and the title as it was.
async fn has_no_markup_of_others(page: &Page, title: &str) -> Result<(), Failure> {
    page.see(&heading(title)).await?;
    let found = "const all = [...document.querySelectorAll('*')];
        const handlers = all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on'));
        return [document.title, handlers.length, document.querySelectorAll('script:not([src])').length]";
    match page.run(found).await? {
        found if found == json!([title, 0, 0]) => page.expect_no_complaint().await,
        found => Err(format!("a name has become markup: {found}").into()),
    }
}
