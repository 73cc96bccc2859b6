use std::env;

use pingone_client_core::Configuration;
use pingone_emulator::{Data, Emulator};
use pingone_model::{DeviceAuthenticationId, UserId};

use crate::{Failure, service};

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
        Self::from_env_or(Data::built_in())
    }

    /// The same with an emulator that has other data.
    ///
    /// # Errors
    ///
    /// Only some are set, or one has a value that cannot be.
    pub fn from_env_or(data: Data) -> Result<Self, Failure> {
        let place = Self::find(|name| env::var(name).ok(), data)?;
        service::announce(&place.configuration, place.emulator.as_ref());
        Ok(place)
    }

    /// The same with variables of your own.
    ///
    /// # Errors
    ///
    /// Only some are set, or one has a value that cannot be.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        Self::find(variable, Data::built_in())
    }

    fn find(variable: impl Fn(&str) -> Option<String>, data: Data) -> Result<Self, Failure> {
        let user = variable(USER_ID).filter(|value| !value.is_empty());
        let (configuration, emulator) = service::find(variable, user.is_some(), data)?;
        let user = user.or_else(|| Some(emulator.as_ref()?.service().user_id().to_owned()));
        let user = user.ok_or("PINGONE_USER_ID is missing: set it, or none of these variables to use the emulator")?;
        Ok(Self { configuration, user: user.into(), emulator })
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
        service::sent_code(self.emulator.as_ref(), |sent| {
            sent.device_authentication_id() == Some(authentication.as_str())
        })
    }
}

#[cfg(test)]
mod tests {
    use pingone_model::Region;

    use super::*;

    fn place(variables: &[(&str, &str)]) -> Result<Place, Failure> {
        Place::from_variables(|name| {
            variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
        })
    }

    const WHO: [(&str, &str); 4] = [
        ("PINGONE_ENVIRONMENT_ID", "e"),
        ("PINGONE_CLIENT_ID", "c"),
        ("PINGONE_CLIENT_SECRET", "hunter2"),
        (USER_ID, "u"),
    ];

    #[test]
    fn the_variables_name_it_and_without_any_it_is_the_emulator() {
        let named = place(&[&WHO[..], &[("PINGONE_REGION", "EU")]].concat()).unwrap();
        assert_eq!(named.configuration.environment.region(), Some(Region::Europe));
        assert!(named.emulator_page().is_none() && !format!("{named:?}").contains("hunter2"));
        assert!(place(&[(USER_ID, "")]).unwrap().emulator_page().is_some());
    }

    #[test]
    fn what_is_missing_is_named() {
        for (variables, missing) in [
            (&WHO[..], "PINGONE_REGION or PINGONE_AUTH_URL, or none"),
            (&WHO[3..], "PINGONE_ENVIRONMENT_ID, PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET, or none"),
            (&[&WHO[..3], &[("PINGONE_REGION", "EU")]].concat(), "PINGONE_USER_ID is missing"),
        ] {
            let error = place(variables).unwrap_err().to_string();
            assert!(error.contains(missing), "{error}");
        }
    }
}
