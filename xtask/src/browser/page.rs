//! What a person can do with a page, and how it looks to them.

use std::{
    fs,
    path::PathBuf,
    process,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use fantoccini::{
    Client, Locator,
    elements::Element,
    error::{CmdError, ErrorStatus},
    wd::WebDriverCompatibleCommand,
};
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::Failure;

/// Longer than the page takes to ask the emulator several times, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(30);

const PAUSE: Duration = Duration::from_millis(50);

pub(super) struct Page {
    client: Client,
    shots: PathBuf,
    axe: String,
}

/// How wide the window is.
#[derive(Clone, Copy)]
pub(super) enum Width {
    Desk,
    /// One of two that stand side by side.
    Half,
    /// Both of them.
    Pair,
    Telephone,
    /// The narrowest for which WCAG asks.
    Narrow,
}

impl Page {
    /// `axe` is the text of axe-core.
    pub(super) fn new(client: Client, shots: PathBuf, axe: String) -> Self {
        Self { client, shots, axe }
    }

    pub(super) async fn open(&self, url: &str) -> Result<(), Failure> {
        Ok(self.client.goto(url).await?)
    }

    /// Forgets the cookies of this page's host.
    pub(super) async fn forget_cookies(&self) -> Result<(), Failure> {
        Ok(self.client.delete_all_cookies().await?)
    }

    /// Waits for the element at this XPath.
    pub(super) async fn see(&self, xpath: &str) -> Result<Element, Failure> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(xpath)).await;
        found.map_err(|error| match error {
            CmdError::WaitTimeout => format!("{xpath} does not come").into(),
            error => error.into(),
        })
    }

    /// Waits until nothing is at this XPath.
    pub(super) async fn miss(&self, xpath: &str) -> Result<(), Failure> {
        let start = Instant::now();
        while !self.client.find_all(Locator::XPath(xpath)).await?.is_empty() {
            if start.elapsed() > PATIENCE {
                return Err(format!("{xpath} does not go").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Waits until a script in the page returns `true`.
    pub(super) async fn wait_until(&self, script: &str) -> Result<(), Failure> {
        let start = Instant::now();
        while self.run(script).await? != true {
            if start.elapsed() > PATIENCE {
                return Err(format!("this does not come true: {script}").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }

    /// Waits until the element with this id has the focus. A page that is there gives it a moment later.
    pub(super) async fn wait_for_focus(&self, id: &str) -> Result<(), Failure> {
        self.wait_until(&format!("return document.activeElement.id === '{id}'")).await
    }

    /// An element can be there before it can be clicked.
    pub(super) async fn click(&self, xpath: &str) -> Result<(), Failure> {
        self.once_it_stands(xpath, async |element| {
            // To click what is disabled would do nothing.
            if element.is_enabled().await? { Ok(Some(element.click().await?)) } else { Ok(None) }
        })
        .await
    }

    /// What stands there. An element can be there before the browser has drawn it; its text is then empty.
    pub(super) async fn read(&self, xpath: &str) -> Result<String, Failure> {
        self.once_it_stands(xpath, async |element| Ok(Some(element.text().await?).filter(|text| !text.is_empty())))
            .await
    }

    /// Does this with an element, once there is one with which it can be done. A page may be replaced, or have drawn an
    /// element anew, since it was found.
    async fn once_it_stands<T>(
        &self,
        xpath: &str,
        act: impl AsyncFn(Element) -> Result<Option<T>, CmdError>,
    ) -> Result<T, Failure> {
        let start = Instant::now();
        loop {
            match act(self.see(xpath).await?).await {
                Ok(Some(done)) => return Ok(done),
                Ok(None) => {}
                Err(CmdError::Standard(error)) if is_passing(&error.error) => {}
                Err(error) => return Err(error.into()),
            }
            if start.elapsed() > PATIENCE {
                return Err(format!("{xpath} is there, and does not become ready").into());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Types into a field, and sees that it stands there.
    pub(super) async fn fill(&self, xpath: &str, text: &str) -> Result<(), Failure> {
        let field = self.see(xpath).await?;
        field.send_keys(text).await?;
        match field.prop("value").await? {
            Some(value) if value == text => Ok(()),
            value => Err(format!("{xpath} has {value:?} after {text:?} was typed").into()),
        }
    }

    /// Types over what stands in a field.
    pub(super) async fn clear_and_fill(&self, xpath: &str, text: &str) -> Result<(), Failure> {
        self.see(xpath).await?.clear().await?;
        self.fill(xpath, text).await
    }

    /// Types wherever the focus is.
    pub(super) async fn press(&self, keys: &str) -> Result<(), Failure> {
        Ok(self.client.active_element().await?.send_keys(keys).await?)
    }

    /// What a script in the page returns.
    pub(super) async fn run(&self, script: &str) -> Result<Value, Failure> {
        Ok(self.client.execute(script, vec![]).await?)
    }

    /// What a script returns in the page's first frame.
    pub(super) async fn run_in_frame(&self, script: &str) -> Result<Value, Failure> {
        self.client.enter_frame(0).await?;
        let value = self.run(script).await?;
        self.client.enter_parent_frame().await?;
        Ok(value)
    }

    /// What a script in the page hands to the function that is its last argument.
    pub(super) async fn run_async(&self, script: &str) -> Result<Value, Failure> {
        Ok(self.client.execute_async(script, vec![]).await?)
    }

    /// Opens a tab in front of this one, so that it is hidden.
    pub(super) async fn cover(&self) -> Result<Covered<'_>, Failure> {
        let below = self.client.window().await?;
        let tab = self.client.new_window(true).await?;
        self.client.switch_to_window(tab.handle).await?;
        Ok(Covered { page: self, below })
    }

    /// Fails if the page has an error to tell, such as something that its own policy forbids it.
    pub(super) async fn expect_no_complaint(&self) -> Result<(), Failure> {
        let complaint = self.complaints().await?.into_iter().find(|entry| entry["level"] == "SEVERE");
        complaint.map_or(Ok(()), |entry| Err(format!("the page complains: {}", entry["message"]).into()))
    }

    /// The same where Chromium itself tells of a page that comes with this status.
    pub(super) async fn expect_no_complaint_but(&self, status: &str) -> Result<(), Failure> {
        let complaints = self.complaints().await?;
        let is_other = |entry: &&Value| !entry["message"].as_str().is_some_and(|text| text.contains(status));
        let other = complaints.iter().find(is_other);
        other.map_or(Ok(()), |entry| Err(format!("the page complains: {}", entry["message"]).into()))
    }

    /// What was written to the console since it was asked for last.
    pub(super) async fn complaints(&self) -> Result<Vec<Value>, Failure> {
        let entries = self.web_driver(Method::POST, "se/log", json!({ "type": "browser" })).await?;
        Ok(serde_json::from_value(entries)?)
    }

    /// Takes this view in light and dark, on a desk and on a telephone.
    pub(super) async fn shoot_all(&self, name: &str) -> Result<(), Failure> {
        for (width, suffix) in [(Width::Desk, ""), (Width::Telephone, "-telephone")] {
            for scheme in ["light", "dark"] {
                self.look(width, scheme).await?;
                self.expect_no_scrolling_sideways().await?;
                self.shoot(&format!("{name}-{scheme}{suffix}")).await?;
            }
        }
        self.look(Width::Desk, "light").await
    }

    /// The same, and has axe-core look for what keeps people from using it, in light and dark.
    pub(super) async fn inspect(&self, name: &str) -> Result<(), Failure> {
        self.shoot_all(name).await?;
        for scheme in ["light", "dark"] {
            self.look(Width::Desk, scheme).await?;
            self.expect_no_hindrance(&format!("{name}, {scheme}")).await?;
        }
        // What 1280 pixels at 400 % are.
        self.look(Width::Narrow, "light").await?;
        self.expect_no_scrolling_sideways().await?;
        self.expect_large_targets(name).await?;
        self.look(Width::Desk, "light").await
    }

    async fn expect_no_hindrance(&self, name: &str) -> Result<(), Failure> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             {};
             const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
             axe.run({{ runOnly: tags }}).then(
                 ({{ violations, passes }}) => done([
                     violations.map(({{ id, nodes }}) => `${{id}}: ${{nodes.map(({{ html }}) => html).join(' ')}}`),
                     passes.length,
                 ]),
                 (problem) => done([[problem.message], 0]),
             );",
            self.axe
        );
        let found = self.run_async(&script).await?;
        match (found[0].as_array(), found[1].as_u64()) {
            (Some(violations), Some(1..)) if violations.is_empty() => Ok(()),
            _ => Err(format!("axe-core on {name}: {}", found[0]).into()),
        }
    }

    /// WCAG 2.2, 2.5.8; axe-core looks only at what stands close to something else.
    async fn expect_large_targets(&self, name: &str) -> Result<(), Failure> {
        let script = "return [...document.querySelectorAll('a, button, input:not([type=hidden])')]
            .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
            .filter(([, { width, height }]) => width && (width < 24 || height < 24)).map(([html]) => html)";
        match self.run(script).await? {
            small if small == json!([]) => Ok(()),
            small => Err(format!("too small to hit on {name}: {small}").into()),
        }
    }

    /// Takes the whole page as it is.
    pub(super) async fn shoot(&self, name: &str) -> Result<(), Failure> {
        let png = STANDARD.decode(self.capture().await?)?;
        Ok(fs::write(self.shots.join(format!("{name}.png")), png)?)
    }

    /// Takes the page, and reads the QR code in the picture, as a phone would.
    pub(super) async fn scan(&self, name: &str) -> Result<String, Failure> {
        self.shoot(name).await?;
        let picture = self.shots.join(format!("{name}.png"));
        let output = process::Command::new("zbarimg").args(["--quiet", "--raw"]).arg(picture).output();
        let output = output.map_err(|error| format!("zbarimg: {error}; on Debian, `apt-get install zbar-tools`"))?;
        match String::from_utf8(output.stdout)?.trim() {
            "" => Err("no QR code can be read".into()),
            text => Ok(text.to_owned()),
        }
    }

    /// The same as a PNG in Base64.
    pub(super) async fn capture(&self) -> Result<String, Failure> {
        let shot = self.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": true })).await?;
        Ok(shot["data"].as_str().ok_or("Chromium takes no screenshot")?.to_owned())
    }

    /// Shows this HTML instead of a page of somebody's.
    pub(super) async fn show(&self, html: &str) -> Result<(), Failure> {
        self.open("about:blank").await?;
        self.client.execute("document.documentElement.innerHTML = arguments[0]", vec![html.into()]).await?;
        Ok(())
    }

    pub(super) async fn look(&self, width: Width, scheme: &str) -> Result<(), Failure> {
        let (width, height, factor) = match width {
            Width::Desk => (1280, 900, 1),
            Width::Half => (640, 600, 1),
            Width::Pair => (1280, 644, 1),
            Width::Telephone => (390, 844, 2),
            Width::Narrow => (320, 640, 1),
        };
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": factor, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        let features = [("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")]
            .map(|(name, value)| json!({ "name": name, "value": value }));
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        self.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await?;
        // Nothing is under the pointer.
        self.devtools("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": 0, "y": 0 })).await?;
        Ok(())
    }

    async fn expect_no_scrolling_sideways(&self) -> Result<(), Failure> {
        let script = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";
        if self.run(script).await? == true { Ok(()) } else { Err("the page is wider than its window".into()) }
    }

    /// A command of the DevTools, for what WebDriver has no word for.
    async fn devtools(&self, name: &str, parameters: Value) -> Result<Value, Failure> {
        let body = json!({ "cmd": name, "params": parameters });
        self.web_driver(Method::POST, "goog/cdp/execute", body).await
    }

    /// A command for which fantoccini has no word.
    pub(super) async fn web_driver(&self, method: Method, path: &str, body: Value) -> Result<Value, Failure> {
        Ok(self.client.issue_cmd(Command { method, path: path.to_owned(), body }).await?)
    }
}

/// What an element of a page that is just being drawn is refused with.
fn is_passing(error: &ErrorStatus) -> bool {
    matches!(
        error,
        ErrorStatus::ElementNotInteractable | ErrorStatus::ElementClickIntercepted | ErrorStatus::StaleElementReference
    )
}

/// A page with another tab in front of it.
pub(super) struct Covered<'a> {
    page: &'a Page,
    below: fantoccini::wd::WindowHandle,
}

impl Covered<'_> {
    /// Closes the tab in front.
    pub(super) async fn back(self) -> Result<(), Failure> {
        self.page.client.close_window().await?;
        Ok(self.page.client.switch_to_window(self.below).await?)
    }
}

#[derive(Debug)]
struct Command {
    method: Method,
    path: String,
    body: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (self.method.clone(), (!self.body.is_null()).then(|| self.body.to_string()))
    }
}
