use std::env;

use pingone_client_core::Configuration;
use pingone_emulator::{Data, Emulator};
use pingone_model::{DeviceAuthenticationId, DeviceId, UserId};

use crate::{Failure, service};

const USERNAME: &str = "PINGONE_USERNAME";
const EMAIL: &str = "PINGONE_EMAIL";

/// Where the service is, and who is to be enrolled there.
#[derive(Debug)]
pub struct Newcomer {
    /// The environment and the worker application.
    pub configuration: Configuration,
    /// The name by which the user logs in.
    pub username: String,
    /// The address that codes are to go to.
    pub email: String,
    /// The service itself, if it runs in this process.
    emulator: Option<Emulator>,
}

impl Newcomer {
    /// Whom the `PINGONE_*` variables name, or somebody of the emulator's if none of them is set. Says on stderr which.
    ///
    /// # Errors
    ///
    /// Only some are set, or one has a value that cannot be.
    pub fn from_env() -> Result<Self, Failure> {
        let newcomer = Self::from_variables(|name| env::var(name).ok())?;
        service::announce(&newcomer.configuration, newcomer.emulator.as_ref());
        Ok(newcomer)
    }

    /// The same with variables of your own.
    ///
    /// # Errors
    ///
    /// Only some are set, or one has a value that cannot be.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        let own = [USERNAME, EMAIL].map(|name| variable(name).filter(|value| !value.is_empty()));
        let is_set = own.iter().any(Option::is_some);
        let (configuration, emulator) = service::find(variable, is_set, Data::built_in())?;
        let [username, email] = match own {
            [Some(username), Some(email)] => [username, email],
            _ if emulator.is_some() => ["grace", "grace@example.com"].map(str::to_owned),
            _ => {
                return Err(
                    format!("set {USERNAME} and {EMAIL}, or none of these variables to use the emulator").into()
                );
            }
        };
        Ok(Self { configuration, username, email, emulator })
    }

    /// The code that was sent to activate a device: from the emulator's outbox, or asked for.
    ///
    /// # Errors
    ///
    /// Nothing was sent, or nothing was entered.
    pub fn pairing_code(&self, device: &DeviceId) -> Result<String, Failure> {
        service::sent_code(self.emulator.as_ref(), |sent| {
            sent.device_id() == device.as_str() && sent.device_authentication_id().is_none()
        })
    }

    /// The code that was sent for a log-in.
    ///
    /// # Errors
    ///
    /// As for [`pairing_code`](Self::pairing_code).
    pub fn code(&self, authentication: &DeviceAuthenticationId) -> Result<String, Failure> {
        service::sent_code(self.emulator.as_ref(), |sent| {
            sent.device_authentication_id() == Some(authentication.as_str())
        })
    }

    /// The code that the authenticator app shows: the emulator's, or one that is asked for.
    ///
    /// # Errors
    ///
    /// The app has no secret, or nothing was entered.
    pub fn app_code(&self, user: &UserId, device: &DeviceId) -> Result<String, Failure> {
        let Some(emulator) = &self.emulator else { return service::ask("Enter the code that the app shows:") };
        let code = emulator.service().generated_code(user.as_str(), device.as_str());
        Ok(code.ok_or("the app shows no code")?)
    }

    /// Gives the phone the code of a pairing key: by a control path of the emulator, or by the person who has the phone.
    ///
    /// # Errors
    ///
    /// The emulator's phone cannot be paired.
    pub fn pair_phone(&self, code: &str) -> Result<(), Failure> {
        println!("  Enter {code} in the company's app on the phone.");
        if let Some(emulator) = &self.emulator {
            emulator.service().pair_phone(code)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHERE: [(&str, &str); 4] = [
        ("PINGONE_REGION", "EU"),
        ("PINGONE_ENVIRONMENT_ID", "e"),
        ("PINGONE_CLIENT_ID", "c"),
        ("PINGONE_CLIENT_SECRET", "hunter2"),
    ];

    fn newcomer(variables: &[(&str, &str)]) -> Result<Newcomer, Failure> {
        Newcomer::from_variables(|name| {
            variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_variables_name_them_and_without_any_it_is_somebody_of_the_emulators() {
        let named = newcomer(&[&WHERE[..], &[(USERNAME, "ada"), (EMAIL, "ada@example.com")]].concat()).unwrap();
        assert_eq!((&*named.username, &*named.email, named.emulator.is_none()), ("ada", "ada@example.com", true));
        assert!(newcomer(&[(EMAIL, "")]).unwrap().emulator.is_some());
    }

    #[test]
    fn what_is_missing_is_named() {
        for (variables, missing) in [
            (&WHERE[..], "PINGONE_USERNAME and PINGONE_EMAIL"),
            (&[&WHERE[..], &[(USERNAME, "ada")]].concat(), "PINGONE_USERNAME and PINGONE_EMAIL"),
            (&[(EMAIL, "ada@example.com")], "PINGONE_REGION or PINGONE_AUTH_URL"),
        ] {
            let error = newcomer(variables).unwrap_err().to_string();
            assert!(error.contains(missing) && !error.contains("hunter2"), "{error}");
        }
    }
}
