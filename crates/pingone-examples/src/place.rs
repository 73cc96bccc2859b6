use std::{env, io};

use pingone_client_core::{Configuration, Credentials};
use pingone_emulator::Emulator;
use pingone_model::{DeviceAuthenticationId, Environment, Region, UserId};

use crate::Failure;

const REGION: &str = "PINGONE_REGION";
const CUSTOM_DOMAIN: &str = "PINGONE_CUSTOM_DOMAIN";
const AUTH_URL: &str = "PINGONE_AUTH_URL";
const ENVIRONMENT_ID: &str = "PINGONE_ENVIRONMENT_ID";
const CLIENT_ID: &str = "PINGONE_CLIENT_ID";
const CLIENT_SECRET: &str = "PINGONE_CLIENT_SECRET";
const USER_ID: &str = "PINGONE_USER_ID";

/// Where the service is, and as whom and for whom it is called.
#[derive(Debug)]
pub struct Place {
    /// The environment and the worker application.
    pub configuration: Configuration,
    /// The user who logs in.
    pub user: UserId,
    /// The service itself, if it runs in this process.
    emulator: Option<Emulator>,
}

impl Place {
    /// The place that the `PINGONE_*` variables name, or the emulator if none of them is set. Says on stderr which.
    ///
    /// # Errors
    ///
    /// Only some are set, or one has a value that cannot be.
    pub fn from_env() -> Result<Self, Failure> {
        let place = Self::from_variables(|name| env::var(name).ok())?;
        let kind =
            if place.emulator.is_some() { "the emulator, started in this process" } else { "as the variables say" };
        eprintln!("PingOne: environment {} ({kind}).", place.configuration.environment);
        Ok(place)
    }

    /// The same with variables of your own.
    ///
    /// # Errors
    ///
    /// Only some are set, or one has a value that cannot be.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        let variable = |name| variable(name).filter(|value| !value.is_empty());
        let where_ = (variable(REGION), variable(AUTH_URL));
        let who = [ENVIRONMENT_ID, CLIENT_ID, CLIENT_SECRET, USER_ID];
        if where_ == (None, None) && who.iter().all(|name| variable(name).is_none()) {
            return Self::emulated();
        }

        let mut missing: Vec<_> = who.into_iter().filter(|name| variable(name).is_none()).collect();
        if where_ == (None, None) {
            missing.insert(0, "PINGONE_REGION or PINGONE_AUTH_URL");
        }
        let [Some(id), Some(client_id), Some(client_secret), Some(user)] = who.map(variable) else {
            return Err(incomplete(&missing));
        };
        let environment = match where_ {
            (Some(region), None) => hosted(&region, variable(CUSTOM_DOMAIN), id)?,
            (None, Some(url)) => Environment::at(&url, id).map_err(|error| format!("{AUTH_URL}: {error}"))?,
            (None, None) => return Err(incomplete(&missing)),
            (Some(_), Some(_)) => return Err(format!("set {REGION} or {AUTH_URL}, not both").into()),
        };
        let credentials = Credentials::client_secret_basic(client_id, client_secret);
        Ok(Self { configuration: Configuration::new(environment, credentials), user: user.into(), emulator: None })
    }

    fn emulated() -> Result<Self, Failure> {
        let emulator = Emulator::start()?;
        let service = emulator.service();
        let environment = Environment::at(&emulator.auth_url(), service.environment_id())?;
        let credentials = Credentials::client_secret_basic(service.client_id(), service.client_secret());
        Ok(Self {
            configuration: Configuration::new(environment, credentials),
            user: service.user_id().into(),
            emulator: Some(emulator),
        })
    }

    /// The page that shows the users' phones and mailboxes, if the service runs in this process.
    #[must_use]
    pub fn emulator_page(&self) -> Option<String> {
        self.emulator.as_ref().map(|emulator| format!("{}/", emulator.control_url()))
    }

    /// The code that was sent to the user: from the emulator's outbox, or asked for.
    ///
    /// # Errors
    ///
    /// Nothing was sent, or nothing was entered.
    pub fn code(&self, authentication: &DeviceAuthenticationId) -> Result<String, Failure> {
        if let Some(emulator) = &self.emulator {
            let sent = emulator.service().codes();
            let mine = sent.iter().rev().find(|sent| sent.device_authentication_id() == authentication.as_str());
            return Ok(mine.ok_or("no code was sent")?.code().to_owned());
        }
        println!("  Enter the code that was sent:");
        let mut line = String::new();
        io::stdin().read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }
}

fn hosted(region: &str, custom_domain: Option<String>, id: String) -> Result<Environment, Failure> {
    let region: Region = region.parse().map_err(|error| format!("{REGION}: {error}"))?;
    Ok(match custom_domain {
        Some(domain) => {
            Environment::with_custom_domain(region, &domain, id).map_err(|error| format!("{CUSTOM_DOMAIN}: {error}"))?
        }
        None => Environment::new(region, id),
    })
}

fn incomplete(missing: &[&str]) -> Failure {
    format!("the PINGONE_* variables are incomplete: set {}, or none of them to use the emulator", missing.join(", "))
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(variables: &[(&str, &str)]) -> Result<Place, Failure> {
        Place::from_variables(|name| {
            variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
        })
    }

    const WHO: [(&str, &str); 4] =
        [(ENVIRONMENT_ID, "e"), (CLIENT_ID, "c"), (CLIENT_SECRET, "hunter2"), (USER_ID, "u")];

    fn address(variables: &[(&str, &str)]) -> String {
        place(variables).unwrap().configuration.environment.auth(&["x"]).unwrap().to_string()
    }

    #[test]
    fn a_region_a_custom_domain_a_gateway_and_a_running_emulator_are_found() {
        assert_eq!(address(&[&WHO[..], &[(REGION, "EU")]].concat()), "https://auth.pingone.eu/e/x");
        assert_eq!(
            address(&[&WHO[..], &[(REGION, "eu"), (CUSTOM_DOMAIN, "login.example.com")]].concat()),
            "https://login.example.com/x"
        );
        assert_eq!(
            address(&[&WHO[..], &[(AUTH_URL, "https://gateway.example.com/p")]].concat()),
            "https://gateway.example.com/p/e/x"
        );
        assert_eq!(address(&[&WHO[..], &[(AUTH_URL, "http://127.0.0.1:8420")]].concat()), "http://127.0.0.1:8420/e/x");
    }

    #[test]
    fn a_partial_set_names_what_is_missing() {
        let error = format!("{:?}", place(&WHO).unwrap_err());
        assert!(error.contains("set PINGONE_REGION or PINGONE_AUTH_URL, or none"), "{error}");
        let error = format!("{:?}", place(&[(REGION, "EU"), (CLIENT_ID, "c"), (USER_ID, "")]).unwrap_err());
        assert!(error.contains("set PINGONE_ENVIRONMENT_ID, PINGONE_CLIENT_SECRET, PINGONE_USER_ID, or"), "{error}");
        let error = format!("{:?}", place(&[(USER_ID, "u")]).unwrap_err());
        assert!(error.contains("set PINGONE_REGION or PINGONE_AUTH_URL, PINGONE_ENVIRONMENT_ID, PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET, or"), "{error}");
    }

    #[test]
    fn a_value_that_cannot_be_is_an_error() {
        for (name, value) in
            [(REGION, "XX"), (AUTH_URL, "http://login.example.com"), (AUTH_URL, "https://auth.pingone.eu")]
        {
            assert!(place(&[&WHO[..], &[(name, value)]].concat()).is_err(), "{value}");
        }
        assert!(place(&[&WHO[..], &[(REGION, "EU"), (AUTH_URL, "https://login.example.com")]].concat()).is_err());
    }

    #[test]
    fn debug_shows_no_secret() {
        assert!(!format!("{:?}", place(&[&WHO[..], &[(REGION, "EU")]].concat())).contains("hunter2"));
    }
}
