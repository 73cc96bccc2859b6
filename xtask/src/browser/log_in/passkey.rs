use serde_json::{Value, json};

use super::{LogInService, device, heading};
use crate::{
    Failure,
    page::Page,
    phone::button,
    virtual_authenticator::{Consent, Credential, VirtualAuthenticator},
};

const NAMELESS: &str = "//button[contains(., 'Log in with a passkey')]";

pub(super) async fn walk(page: &Page) -> Result<(), Failure> {
    let service = LogInService::before(page).await?;
    page.open(&service.url).await?;
    let credential = pair(&service, page).await?;
    by_name(&service, page, &credential).await?;
    cancelled_and_tried_again(&service, page, &credential).await?;
    without_a_name(&service, page, &credential).await?;
    not_at_another_address(&service, page, &credential).await
}

/// ada has a passkey: the authenticator keeps its private key, and the emulator the public one.
async fn pair(service: &LogInService, page: &Page) -> Result<Credential, Failure> {
    let script = "
        const done = arguments[arguments.length - 1];
        const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
            .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
        crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']).then(async (pair) => {
            const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
            const privateKey = base64(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
            const id = base64(crypto.getRandomValues(new Uint8Array(16)));
            done({ id, privateKey, publicKey: { kty, crv, x, y }, user: base64(new TextEncoder().encode('ada')) });
        });";
    let made = page.run_async(script).await?;
    let text = |name: &str| made[name].as_str().unwrap_or_default().to_owned();
    let passkey = json!({
        "id": "ada-passkey", "type": "FIDO2", "nickname": "Ada's laptop",
        "rp": { "id": "localhost", "name": "Log in" }, "credentialId": made["id"],
        "_emulator": { "publicKey": made["publicKey"] },
    });
    service.act("PUT", "/users/ada/devices/ada-passkey", &passkey)?;
    Ok(Credential { id: text("id"), private_key: text("privateKey"), user: text("user"), relying_party: "localhost" })
}

/// To the page that asks for the passkey, after the first factor.
async fn choose(service: &LogInService, page: &Page) -> Result<(), Failure> {
    service.begin(page).await?;
    page.click(&button("", "Use another device")).await?;
    page.click(&device("Ada's laptop")).await?;
    page.see(&heading("Use your passkey")).await?;
    Ok(())
}

async fn log_out(page: &Page) -> Result<(), Failure> {
    page.see(&heading("Logged in")).await?;
    page.click(&button("", "Log out")).await?;
    page.see(&heading("Log in")).await?;
    page.expect_no_complaint().await
}

async fn by_name(service: &LogInService, page: &Page, credential: &Credential) -> Result<(), Failure> {
    let authenticator = VirtualAuthenticator::add(page, Consent::Given, credential).await?;
    choose(service, page).await?;
    page.inspect("log-in-passkey").await?;
    page.click("//button[contains(., 'Use the passkey')]").await?;
    log_out(page).await?;
    authenticator.remove().await
}

async fn cancelled_and_tried_again(
    service: &LogInService,
    page: &Page,
    credential: &Credential,
) -> Result<(), Failure> {
    let authenticator = VirtualAuthenticator::add(page, Consent::Refused, credential).await?;
    choose(service, page).await?;
    // What this browser has used last comes first; the phone, whose push was taken back, last.
    page.click(&button("", "Use another device")).await?;
    page.see(&format!("//ul[@class='devices']/li[1]{}", "//button[contains(., \"Ada's laptop\")]")).await?;
    page.click(&device("Ada's laptop")).await?;
    page.click("//button[contains(., 'Use the passkey')]").await?;
    page.see("//p[@id='problem'][contains(., 'Nothing was confirmed. Try again')]").await?;
    page.inspect("log-in-passkey-cancelled").await?;
    authenticator.remove().await?;
    let authenticator = VirtualAuthenticator::add(page, Consent::Given, credential).await?;
    page.click("//button[contains(., 'Use the passkey')]").await?;
    log_out(page).await?;
    authenticator.remove().await
}

async fn without_a_name(service: &LogInService, page: &Page, credential: &Credential) -> Result<(), Failure> {
    page.open(&service.url).await?;
    let authenticator = VirtualAuthenticator::add(page, Consent::Given, credential).await?;
    page.click(NAMELESS).await?;
    log_out(page).await?;
    let journal = service.look("/journal?last=50")?;
    let pushes = service.look("/pushes")?["pushes"].as_array().map_or(0, Vec::len);
    if pushes != 0 {
        return Err(format!("a push waits, though no name was given: {journal}").into());
    }
    authenticator.remove().await
}

/// A passkey is bound to the host.
async fn not_at_another_address(service: &LogInService, page: &Page, credential: &Credential) -> Result<(), Failure> {
    page.open(&service.url.replace("localhost", "127.0.0.1")).await?;
    let authenticator = VirtualAuthenticator::add(page, Consent::Given, credential).await?;
    page.click(NAMELESS).await?;
    page.see("//p[@id='problem'][contains(., 'Passkeys do not work at http://127.0.0.1')]").await?;
    page.inspect("log-in-passkey-elsewhere").await?;
    let _: Vec<Value> = page.complaints().await?;
    authenticator.remove().await
}
