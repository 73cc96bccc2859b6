//! Somebody new gets what they log in with, an e-mail address and an authenticator app, and logs in with it.
//! Without a runtime.
//!
//! `cargo run --example enrol_blocking` runs it on the emulator; with the `PINGONE_*` variables set, on what they name:
//! `PINGONE_USERNAME` is found or created, and gets the address in `PINGONE_EMAIL`.

use pingone_blocking::{
    Client, DeviceStatus, InitializeDeviceAuthentication, NextStep, UreqTransport,
    mfa_enabled::UpdateMfaEnabled,
    user::{CreateUser, DeleteUser, FindUser, UserAttribute},
    user_device::{
        CreateUserDevice, DeleteUserDevice, EnrolmentStep, ListUserDevices, SetDeviceOrder, UpdateDeviceNickname,
    },
};
use pingone_examples::{Failure, Narrated, Newcomer, qr_code, step};

fn main() -> Result<(), Failure> {
    let newcomer = Newcomer::from_env()?;
    // The narration is a transport around the usual one; a program of yours leaves it out.
    let transport = Narrated(UreqTransport::new(&newcomer.configuration)?);
    let client = Client::builder(newcomer.configuration.clone()).transport(transport).build()?;

    step("1. Who is it? The user is found by name, or created. (The token is fetched on the way.)");
    let found = client.send(FindUser::by_username(&newcomer.username))?;
    let is_new = found.is_none();
    let user = match found {
        Some(user) => user,
        None => {
            let create = CreateUser::new(&newcomer.username).set(UserAttribute::Email, &newcomer.email);
            client.send(create)?
        }
    };
    let user = user.id();
    client.send(UpdateMfaEnabled::new(user, true))?;

    step("2. Enrol the e-mail address. It is not active yet, and a code goes there.");
    let create = CreateUserDevice::email(user, &newcomer.email).status(DeviceStatus::ActivationRequired);
    let EnrolmentStep::SentCode(entry) = client.send(create)? else {
        return Err("no code was sent to the new e-mail address".into());
    };

    step("3. Activate it by the code that the user enters.");
    let code = newcomer.pairing_code(entry.id())?;
    let EnrolmentStep::Ready(email) = client.send(entry.activate(&code))? else {
        return Err("the e-mail address is not active".into());
    };

    step("4. Enrol an authenticator app. Whoever has its QR code has the codes: it is shown once, and kept nowhere.");
    let EnrolmentStep::AuthenticatorApp(app) = client.send(CreateUserDevice::totp(user))? else {
        return Err("no authenticator app is awaited".into());
    };
    let (uri, secret) = (app.key_uri().ok_or("there is no key URI")?, app.secret().ok_or("there is no secret")?);
    println!("{}\n  Scan it, or enter {secret}", qr_code(uri)?);

    step("5. Activate it by the code that it shows.");
    let code = newcomer.app_code(user, app.id())?;
    let EnrolmentStep::Ready(app) = client.send(app.activate(&code))? else {
        return Err("the authenticator app is not active".into());
    };

    step("6. Name both, and put the e-mail address first: it is the default from now on.");
    client.send(UpdateDeviceNickname::new(user, &email, "My mail"))?;
    client.send(UpdateDeviceNickname::new(user, &app, "My app"))?;
    client.send(SetDeviceOrder::new(user, [&email, &app]))?;

    step("7. List the devices, in their order.");
    for device in client.items(ListUserDevices::new(user)) {
        println!("  {}", device?.label());
    }

    step("8. Log in. A code goes to the default.");
    let begun = client.send(InitializeDeviceAuthentication::new(user))?;
    let NextStep::Otp(entry) = begun.into_next_step() else {
        return Err("no code is awaited".into());
    };
    let code = newcomer.code(entry.id())?;
    let NextStep::Completed(proof) = client.send(entry.check(&code))?.into_next_step() else {
        return Err("the user is not authenticated".into());
    };
    if !proof.is_for(user) {
        return Err("another user was authenticated".into());
    }

    step("9. Clean up: the devices, and the user who was created for this.");
    for device in [&email, &app] {
        client.send(DeleteUserDevice::new(user, device))?;
    }
    if is_new {
        client.send(DeleteUser::new(user))?;
    }

    step("Done: only a device that the service calls ACTIVE is ready, and only COMPLETED lets the user in.");
    Ok(())
}
