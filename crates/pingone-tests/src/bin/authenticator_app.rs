//! Enrols an authenticator app through one client, and logs in with it, by codes that somebody else computes from the secret.
//! Arguments: the client (`async` or `blocking`), the user, and the address; the variables of `Configuration::from_env` say
//! the rest. Prints the secret, then what came of each code that it reads.

use std::{env, error::Error, io};

use pingone_client_core::Configuration;
use pingone_model::{
    InitializeDeviceAuthentication, NextStep,
    user_device::{CreateUserDevice, EnrolmentStep},
};
use pingone_tests::{EitherClient, Kind};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut next = || arguments.next().ok_or("too few arguments");
    let kind = if next()? == "async" { Kind::Async } else { Kind::Blocking };
    let user = next()?;
    let client = EitherClient::new(kind, Configuration::from_env()?)?;
    let mut lines = io::stdin().lines();
    let mut code = || lines.next().unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()));

    let EnrolmentStep::AuthenticatorApp(app) = client.send(CreateUserDevice::totp(&*user))? else {
        return Err("no authenticator app is awaited".into());
    };
    println!("{}", app.secret().ok_or("there is no secret")?);
    let EnrolmentStep::Ready(device) = client.send(app.activate(&code()?))? else { return Err("not active".into()) };
    println!("{}", device.device().status().ok_or("there is no status")?);

    let begin = InitializeDeviceAuthentication::new(&*user).selected_device(&device);
    let NextStep::Otp(entry) = client.send(begin)?.into_next_step() else { return Err("no code is awaited".into()) };
    println!("{}", client.send(entry.check(&code()?))?.status());
    Ok(())
}
