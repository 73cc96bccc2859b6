//! Sends a request to each address through one client, and says how that ended. Its environment variables are what a test
//! is about. Arguments: the client (`async` or `blocking`), the authority to trust, the proxy (an address, `none`, or
//! `environment`), and the addresses.

use std::{env, error::Error};

use pingone_client_core::{BuildError, Configuration, Credentials, Proxy, RetryPolicy, Trust};
use pingone_model::{Environment, ReadDeviceAuthentication};
use pingone_tests::{EitherClient, Kind};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut next = || arguments.next().ok_or("too few arguments");
    let kind = if next()? == "async" { Kind::Async } else { Kind::Blocking };
    let trust = Trust::Certificates(next()?);
    let proxy = match next()?.as_str() {
        "environment" => Proxy::Environment,
        "none" => Proxy::None,
        address => Proxy::Address(address.to_owned()),
    };
    for address in arguments {
        let credentials = Credentials::client_secret_basic("id", "hunter2");
        let configuration = Configuration::new(Environment::at(&address, "e-1")?, credentials)
            .proxy(proxy.clone())
            .trust(trust.clone())
            .retry(RetryPolicy::never());
        println!("{}", end(EitherClient::new(kind, configuration)));
    }
    Ok(())
}

fn end(client: Result<EitherClient, BuildError>) -> String {
    let client = match client {
        Ok(client) => client,
        Err(BuildError::Argument(error)) => return format!("refused for {}", error.argument()),
        Err(other) => return format!("not built: {other:?}"),
    };
    match client.send(ReadDeviceAuthentication::new("a-1")) {
        Ok(reply) => reply.status().to_string(),
        Err(error) if error.attempts() == 0 => "no token".to_owned(),
        Err(error) => error.to_string(),
    }
}
