use std::{cell::Cell, io};

use pingone_client_core::{Configuration, Credentials};
use pingone_emulator::{Data, Emulator, SentCode};
use pingone_model::Environment;

use crate::Failure;

/// The service that the variables name, or an emulator in this process if neither one of them is set nor one of the
/// example's own.
pub(crate) fn find(
    variable: impl Fn(&str) -> Option<String>,
    is_own_set: bool,
    data: Data,
) -> Result<(Configuration, Option<Emulator>), Failure> {
    let is_set = Cell::new(is_own_set);
    let configuration = Configuration::from_variables(|name| {
        let value = variable(name).filter(|value| !value.is_empty())?;
        is_set.set(true);
        Some(Ok(value))
    });
    if !is_set.get() {
        let emulator = Emulator::builder().data(data).start()?;
        let service = emulator.service();
        let environment = Environment::at(&emulator.auth_url(), service.environment_id())?;
        let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
        return Ok((Configuration::new(environment, credentials), Some(emulator)));
    }
    let configuration = configuration.map_err(|error| format!("{error}, or none of them to use the emulator"))?;
    Ok((configuration, None))
}

/// Says on stderr which service it is.
pub(crate) fn announce(configuration: &Configuration, emulator: Option<&Emulator>) {
    let kind = if emulator.is_some() { "the emulator, started in this process" } else { "as the variables say" };
    eprintln!("PingOne: environment {} ({kind}).", configuration.environment);
}

/// The newest code that was sent and `is_mine`: from the emulator's outbox, or asked for.
pub(crate) fn sent_code(emulator: Option<&Emulator>, is_mine: impl Fn(&SentCode) -> bool) -> Result<String, Failure> {
    let Some(emulator) = emulator else { return ask("Enter the code that was sent:") };
    let sent = emulator.service().codes();
    Ok(sent.iter().rev().find(|sent| is_mine(sent)).ok_or("no code was sent")?.code().to_owned())
}

/// What is entered on standard input.
pub(crate) fn ask(question: &str) -> Result<String, Failure> {
    println!("  {question}");
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
