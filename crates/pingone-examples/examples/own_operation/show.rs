use std::io::Write;

use pingone_client_core::{Configuration, Credentials};
use pingone_examples::Failure;
use pingone_model::Operation;

use super::{operation::ReadPopulation, stub::Stub};

/// Sends the operation with each client, and prints where it went and what came back.
pub(crate) async fn show(stub: &Stub, out: &mut impl Write) -> Result<(), Failure> {
    let environment = stub.environment()?;
    writeln!(out, "PingOne: environment {environment} (a stub, started in this process).")?;
    let read = ReadPopulation { id: "bd46e4d9-8d6b-4a2f-b8e6-1a0a3c3a0f1b".to_owned() };
    let address = read.request(&environment)?.uri().clone();
    let configuration = Configuration::new(environment, Credentials::client_secret_basic("client", "secret"));

    writeln!(out, "\nThe async client:\n  > {} {address}", ReadPopulation::INFO.method)?;
    let client = pingone_async::Client::new(configuration.clone())?;
    writeln!(out, "  < {}", client.send(&read).await?.as_json())?;

    writeln!(out, "\nThe blocking client:\n  > {} {address}", ReadPopulation::INFO.method)?;
    let client = pingone_blocking::Client::new(configuration)?;
    // It would hold up the stub, which runs in the same runtime.
    let reply = tokio::task::spawn_blocking(move || client.send(read)).await??;
    writeln!(out, "  < {}", reply.as_json())?;

    writeln!(out, "\nWhat the stub received and answered:")?;
    for exchange in stub.exchanges() {
        writeln!(out, "  {exchange}")?;
    }
    Ok(())
}
