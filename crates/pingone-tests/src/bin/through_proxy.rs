//! Sends one request through each client, so that a test can see where it goes: the address is the first argument, the
//! proxy the second (an address, `none`, or nothing for that of the environment).

use std::{env, error::Error};

use pingone_client_core::{Configuration, Credentials, Proxy, RetryPolicy};
use pingone_model::{Environment, ReadDeviceAuthentication};
use pingone_tests::EitherClient;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let environment = Environment::at(&arguments.next().ok_or("no address")?, "e-1")?;
    let proxy = match arguments.next().as_deref() {
        None => Proxy::Environment,
        Some("none") => Proxy::None,
        Some(address) => Proxy::Address(address.to_owned()),
    };
    let credentials = Credentials::client_secret_basic("id", "secret");
    let configuration = Configuration::new(environment, credentials).proxy(proxy).retry(RetryPolicy::never());
    for client in EitherClient::both(&configuration)? {
        match client.send(ReadDeviceAuthentication::new("a-1")) {
            Ok(reply) => println!("{}: {}", client.name(), reply.status()),
            Err(error) => println!("{}: {error}", client.name()),
        }
    }
    Ok(())
}
