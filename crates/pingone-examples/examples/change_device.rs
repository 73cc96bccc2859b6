//! The user cannot get at their phone: cancel the pending push, and finish the log-in with a code by e-mail.
//!
//! `cargo run --example change_device` runs it on the emulator; with the `PINGONE_*` variables set, on what they name.

use std::time::Duration;

use pingone_async::{
    Client, DeviceChange, DeviceType, InitializeDeviceAuthentication, NextStep, ReqwestTransport, WaitError,
};
use pingone_examples::{Failure, Narrated, Place, step};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let place = Place::from_env()?;
    // The narration is a transport around the usual one; a program of yours leaves it out.
    let transport = Narrated(ReqwestTransport::new(&place.configuration)?);
    let client = Client::builder(place.configuration.clone()).transport(transport).build()?;

    step("1. Begin. The user's first device is a phone, so a push goes out. (The token is fetched on the way.)");
    let begun = client.send(InitializeDeviceAuthentication::new(&place.user)).await?;
    let NextStep::Push(push) = begun.into_next_step() else {
        return Err("no push is pending: the user's first device has to be a phone with PingOne MFA".into());
    };

    step("2. Wait for the answer, here for two seconds. Nobody gives one.");
    match client.wait(&push, Duration::from_secs(2)).await {
        Err(WaitError::Expired { .. }) => {}
        Err(end) => return Err(end.into()),
        Ok(_) => return Err("the user has approved the push, so there is no device to change".into()),
    }

    step("3. Cancel the push. The media type says that this is a cancel, the body says why.");
    let DeviceChange::Cancelled(others) = client.change_device(push).await? else {
        return Err("the push could not be cancelled: the user may have just answered it".into());
    };

    step("4. Choose the e-mail address instead. A code goes out.");
    let email = others.devices().find(|(_, device)| device.kind() == Some(&DeviceType::Email));
    let (email, _) = email.ok_or("the user has no e-mail device to change to")?;
    let NextStep::Otp(entry) = client.send(others.select(email)).await?.into_next_step() else {
        return Err("no code is awaited".into());
    };

    step("5. Check the code that the user enters.");
    let code = place.code(entry.id())?;
    let NextStep::Completed(proof) = client.send(entry.check(&code)).await?.into_next_step() else {
        return Err("the user is not authenticated".into());
    };

    step("Done: only COMPLETED lets the user in, and only if it is for this user.");
    if !proof.is_for(&place.user) {
        return Err("another user was authenticated".into());
    }
    Ok(())
}
