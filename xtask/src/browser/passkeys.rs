//! Passkeys on a page of one's own: its script is the one that the guide to enrolment shows, and what goes in and out of it
//! is the SDK's JSON.

use pingone_async::{
    InitializeDeviceAuthentication, NextStep, UserId,
    user_device::{CreateUserDevice, EnrolmentStep, PasskeyRegistration},
};
use pingone_emulator::{Policy, User};
use serde_json::{Value, json};

use crate::{
    Failure,
    emulated::{self, Emulated},
    own_page::OwnPage,
    page::Page,
    virtual_authenticator::{Finger, VirtualAuthenticator},
};

const GUIDE: &str = include_str!("../../../docs/enrolment.md");

const USER: &str = "ada";
const POLICY: &str = "policy";

/// As COSE numbers them.
const ES256: i64 = -7;
const RS256: i64 = -257;

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    let script = GUIDE.split("```js\n").nth(1).and_then(|rest| rest.split("```").next());
    let own = OwnPage::serve(script.ok_or("the guide to enrolment has no script")?).await?;
    page.open(&own.origin()).await?;
    for (name, algorithm) in [("ES256", ES256), ("RS256", RS256)] {
        let outcome = Walk::start(page, &own)?.registers_and_logs_in(algorithm).await;
        outcome.map_err(|error| format!("{name}: {error}"))?;
    }
    Walk::start(page, &own)?.has_one_that_the_service_did_not_ask_for().await?;
    Walk::start(page, &own)?.has_none_at_an_address().await
}

/// A user before the page, and the server behind it.
struct Walk<'a> {
    page: &'a Page,
    own: &'a OwnPage,
    service: Emulated,
    user: UserId,
}

impl<'a> Walk<'a> {
    fn start(page: &'a Page, own: &'a OwnPage) -> Result<Self, Failure> {
        let service = Emulated::start(emulated::data(Policy::new(POLICY), User::new(USER)))?;
        Ok(Self { page, own, service, user: UserId::from(USER) })
    }

    async fn registers_and_logs_in(&self, algorithm: i64) -> Result<(), Failure> {
        let authenticator = VirtualAuthenticator::add(self.page, Finger::Right, &[]).await?;
        let (passkey, options) = self.create().await?;
        let credential = self.script("makePasskey", &offered(algorithm, options)?).await?.credential()?;
        let made = &serde_json::from_str::<Value>(&credential)?["response"]["publicKeyAlgorithm"];
        if *made != algorithm {
            return Err(format!("the passkey is of the algorithm {made}").into());
        }
        match self.service.client.send(passkey.activate(&self.own.origin(), &credential)).await? {
            EnrolmentStep::Ready(_) => {}
            other => return Err(format!("the passkey is not active, but: {other:?}").into()),
        }
        self.log_in(InitializeDeviceAuthentication::new(&self.user)).await?;
        self.log_in(nameless()).await?;

        let (_, options) = self.create().await?;
        self.script("makePasskey", &offered(algorithm, options)?).await?.threw("InvalidStateError")?;
        match authenticator.remove().await?.len() {
            1 => self.page.expect_no_complaint().await,
            number => Err(format!("the authenticator has {number} passkeys").into()),
        }
    }

    /// As `docs/emulator.md` says: the control path takes the passkey of any page.
    async fn has_one_that_the_service_did_not_ask_for(&self) -> Result<(), Failure> {
        let authenticator = VirtualAuthenticator::add(self.page, Finger::Right, &[]).await?;
        let options = json!({
            "rp": { "id": "localhost", "name": "My page" },
            // The user's id in Base64URL.
            "user": { "id": "YWRh", "name": USER, "displayName": USER },
            "challenge": "AAAA",
            "pubKeyCredParams": [{ "type": "public-key", "alg": ES256 }],
            "authenticatorSelection": { "residentKey": "required" },
        });
        let credential = self.script("makePasskey", &options.to_string()).await?.credential()?;
        let path = format!("{}/users/{USER}/passkeys", self.service.emulator.control_url());
        ureq::post(path).content_type("application/json").send(credential)?;
        self.log_in(InitializeDeviceAuthentication::new(&self.user)).await?;
        self.log_in(nameless()).await?;
        authenticator.remove().await?;
        self.page.expect_no_complaint().await
    }

    /// A passkey knows names.
    async fn has_none_at_an_address(&self) -> Result<(), Failure> {
        let authenticator = VirtualAuthenticator::add(self.page, Finger::Right, &[]).await?;
        self.page.open(&self.own.address()).await?;
        let (_, options) = self.create().await?;
        self.script("makePasskey", &options).await?.threw("SecurityError")?;
        authenticator.remove().await?;
        self.page.expect_no_complaint().await
    }

    /// Begins a registration: the text goes into the page.
    async fn create(&self) -> Result<(PasskeyRegistration, String), Failure> {
        let create = CreateUserDevice::fido2(&self.user, POLICY, "localhost", "My page");
        let EnrolmentStep::Passkey(passkey) = self.service.client.send(create).await? else {
            return Err("no passkey is to be made".into());
        };
        let options = passkey.options().ok_or("the creation has no options")?.to_browser_json()?;
        Ok((passkey, options))
    }

    /// From the begin to the proof that it is this user.
    async fn log_in(&self, begin: InitializeDeviceAuthentication) -> Result<(), Failure> {
        let NextStep::Assertion(request) = self.service.client.send(begin).await?.into_next_step() else {
            return Err("no assertion is awaited".into());
        };
        let options = request.options().ok_or("there are no options")?.to_browser_json()?;
        let credential = self.script("usePasskey", &options).await?.credential()?;
        let check = request.check_fido2(&self.own.origin(), &credential);
        match self.service.client.send(check).await?.into_next_step() {
            NextStep::Completed(completed) if completed.is_for(&self.user) => Ok(()),
            other => Err(format!("the log-in is not completed, but: {other:?}").into()),
        }
    }

    /// What a function of the page's script makes of the options.
    async fn script(&self, function: &str, options: &str) -> Result<Answer, Failure> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             {function}({}).then((credential) => done({{ credential }}), ({{ name, message }}) => done({{ name, message }}));",
            json!(options)
        );
        let answer = self.page.run_async(&script).await?;
        let text = |member: &str| answer[member].as_str().map(str::to_owned);
        Ok(match text("credential") {
            Some(credential) => Answer::Credential(credential),
            None => {
                Answer::Thrown { name: text("name").unwrap_or_default(), message: text("message").unwrap_or_default() }
            }
        })
    }
}

fn nameless() -> InitializeDeviceAuthentication {
    InitializeDeviceAuthentication::usernameless().relying_party("localhost")
}

/// What an authenticator of this algorithm is offered. Chromium's takes the first that it knows, which is ES256; one that
/// does not know it finds the options without it.
fn offered(algorithm: i64, options: String) -> Result<String, Failure> {
    if algorithm == ES256 {
        return Ok(options);
    }
    let mut options: Value = serde_json::from_str(&options)?;
    let offers = options["pubKeyCredParams"].as_array_mut().ok_or("the service offers no algorithms")?;
    offers.retain(|offer| offer["alg"] != ES256);
    Ok(options.to_string())
}

enum Answer {
    Credential(String),
    Thrown { name: String, message: String },
}

impl Answer {
    fn credential(self) -> Result<String, Failure> {
        match self {
            Self::Credential(credential) => Ok(credential),
            Self::Thrown { name, message } => Err(format!("the browser makes no credential: {name}: {message}").into()),
        }
    }

    fn threw(self, expected: &str) -> Result<(), Failure> {
        match self {
            Self::Thrown { name, .. } if name == expected => Ok(()),
            Self::Thrown { name, message } => Err(format!("not {expected} was thrown, but {name}: {message}").into()),
            Self::Credential(_) => Err(format!("no {expected} was thrown, and there is a credential").into()),
        }
    }
}
