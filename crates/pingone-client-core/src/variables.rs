//! A configuration from environment variables.

use std::{env, error, fmt};

use http::Uri;
use pingone_model::{Environment, Region, RequestError};

use crate::{Configuration, Credentials};

const REGION: &str = "PINGONE_REGION";
const CUSTOM_DOMAIN: &str = "PINGONE_CUSTOM_DOMAIN";
const AUTH_URL: &str = "PINGONE_AUTH_URL";
const ENVIRONMENT_ID: &str = "PINGONE_ENVIRONMENT_ID";
const CLIENT_ID: &str = "PINGONE_CLIENT_ID";
const CLIENT_SECRET: &str = "PINGONE_CLIENT_SECRET";

const WHERE: &str = "PINGONE_REGION or PINGONE_AUTH_URL";
const OWN_HOST_AS_URL: &str = "is PingOne's own host: set PINGONE_REGION instead, and PINGONE_CUSTOM_DOMAIN if the environment has a custom domain";
const OWN_HOST_AS_DOMAIN: &str = "is PingOne's own host: leave it out, because PINGONE_REGION names that host";

/// Why environment variables give no configuration.
///
/// It names the variables and never shows their values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VariablesError {
    /// These are not set, or are empty.
    Missing(Vec<&'static str>),
    /// These two contradict each other.
    Contradiction(&'static str, &'static str),
    /// What this one says is wrong: the variable is the error's [argument](RequestError::argument).
    Invalid(RequestError),
}

impl fmt::Display for VariablesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(names) => write!(f, "environment variables are missing: set {}", names.join(", ")),
            Self::Contradiction(one, other) => write!(f, "{one} and {other} contradict each other: set one of them"),
            Self::Invalid(error) => error.fmt(f),
        }
    }
}

impl error::Error for VariablesError {}

impl Configuration {
    /// The defaults, for the environment and the application that these variables name:
    ///
    /// | variable | |
    /// |---|---|
    /// | `PINGONE_REGION` | `NA`, `CA`, `EU`, `AU`, `SG` or `AP`, in any case |
    /// | `PINGONE_CUSTOM_DOMAIN` | the custom domain that replaces the auth host, if there is one |
    /// | `PINGONE_AUTH_URL` | instead of both, the base URL of a gateway or an emulator |
    /// | `PINGONE_ENVIRONMENT_ID` | the environment |
    /// | `PINGONE_CLIENT_ID`, `PINGONE_CLIENT_SECRET` | a worker application that authenticates with `CLIENT_SECRET_BASIC` |
    ///
    /// A variable that is empty counts as not set. Nothing is sent.
    ///
    /// # Errors
    ///
    /// A variable is missing, contradicts another or is wrong; the error names it.
    pub fn from_env() -> Result<Self, VariablesError> {
        Self::from_variables(|name| env::var_os(name).map(|value| value.into_string().map_err(drop)))
    }

    /// The same, with a look-up of your own. It returns a value, or `Err` if that is not Unicode.
    ///
    /// ```
    /// use pingone_client_core::Configuration;
    ///
    /// let configuration = Configuration::from_variables(|name| {
    ///     let value = match name {
    ///         "PINGONE_REGION" => "eu",
    ///         "PINGONE_ENVIRONMENT_ID" => "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6",
    ///         "PINGONE_CLIENT_ID" => "b7b5c1a2-6f0e-4f7a-9a55-7f0c3b1d2e4f",
    ///         "PINGONE_CLIENT_SECRET" => "the-secret",
    ///         _ => return None,
    ///     };
    ///     Some(Ok(value.to_owned()))
    /// })?;
    /// # Ok::<_, pingone_client_core::VariablesError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`from_env`](Self::from_env).
    pub fn from_variables(
        look_up: impl Fn(&'static str) -> Option<Result<String, ()>>,
    ) -> Result<Self, VariablesError> {
        let variable = |name| match look_up(name) {
            Some(Err(())) => Err(invalid(name, "is not valid Unicode: set it again")),
            Some(Ok(value)) if !value.is_empty() => Ok(Some(value)),
            Some(Ok(_)) | None => Ok(None),
        };
        let (region, domain, url) = (variable(REGION)?, variable(CUSTOM_DOMAIN)?, variable(AUTH_URL)?);
        let who = [ENVIRONMENT_ID, CLIENT_ID, CLIENT_SECRET].map(|name| (name, variable(name)));

        let is_nowhere = region.is_none() && url.is_none();
        let mut missing: Vec<_> = is_nowhere.then_some(WHERE).into_iter().collect();
        missing.extend(who.iter().filter(|(_, value)| *value == Ok(None)).map(|(name, _)| *name));
        let [id, client_id, client_secret] = who.map(|(_, value)| value);
        let (Some(id), Some(client_id), Some(client_secret)) = (id?, client_id?, client_secret?) else {
            return Err(VariablesError::Missing(missing));
        };
        let of = |variable| move |error: RequestError| invalid(variable, error.message());
        let environment = match (region, domain, url) {
            (None, _, None) => return Err(VariablesError::Missing(missing)),
            (Some(_), _, Some(_)) => return Err(VariablesError::Contradiction(REGION, AUTH_URL)),
            (None, Some(_), Some(_)) => return Err(VariablesError::Contradiction(CUSTOM_DOMAIN, AUTH_URL)),
            (None, None, Some(url)) if is_pingone(&url) => return Err(invalid(AUTH_URL, OWN_HOST_AS_URL)),
            (None, None, Some(url)) => Environment::at(&url, id).map_err(of(AUTH_URL))?,
            (Some(region), domain, None) => {
                let region: Region = region.parse().map_err(of(REGION))?;
                match domain {
                    Some(domain) if is_pingone(&domain) => return Err(invalid(CUSTOM_DOMAIN, OWN_HOST_AS_DOMAIN)),
                    Some(domain) => Environment::with_custom_domain(region, &domain, id).map_err(of(CUSTOM_DOMAIN))?,
                    None => Environment::new(region, id),
                }
            }
        };
        environment.id().checked().map_err(of(ENVIRONMENT_ID))?;
        let credentials = Credentials::client_secret_basic(client_id, client_secret);
        credentials.check(&environment).map_err(|error| {
            let variable = if error.argument() == "client_id" { CLIENT_ID } else { CLIENT_SECRET };
            invalid(variable, error.message())
        })?;
        Ok(Self::new(environment, credentials))
    }
}

fn invalid(variable: &'static str, problem: &'static str) -> VariablesError {
    VariablesError::Invalid(RequestError::new(variable, problem))
}

/// Whether it is the name of one of PingOne's own hosts, or an address there. Either may end with a slash.
fn is_pingone(address: &str) -> bool {
    address.trim_end_matches('/').parse::<Uri>().is_ok_and(|uri| uri.host().and_then(Region::of_host).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: [(&str, &str); 3] = [(ENVIRONMENT_ID, "e-1"), (CLIENT_ID, "c"), (CLIENT_SECRET, "hunter2")];

    fn from(more: &[(&str, &str)]) -> Result<String, String> {
        let all = [more, &WHO].concat();
        let look_up = |name| all.iter().find(|(other, _)| *other == name).map(|(_, value)| Ok((*value).to_owned()));
        match Configuration::from_variables(look_up) {
            Ok(configuration) => Ok(configuration.environment.to_string()),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn a_region_a_custom_domain_and_a_base_are_found() {
        let rows: [(&[(&str, &str)], &str); 4] = [
            (&[(REGION, "eu")], "e-1 at https://auth.pingone.eu and https://api.pingone.eu"),
            (
                &[(REGION, "CA"), (CUSTOM_DOMAIN, "login.example.com")],
                "e-1 at https://login.example.com and https://api.pingone.ca",
            ),
            (&[(AUTH_URL, "https://gateway.example.com/p")], "e-1 at https://gateway.example.com/p"),
            (&[(AUTH_URL, "http://127.0.0.1:8420"), (REGION, "")], "e-1 at http://127.0.0.1:8420"),
        ];
        for (variables, expected) in rows {
            assert_eq!(from(variables).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_missing_contradicts_or_is_wrong_is_named() {
        let rows: [(&[(&str, &str)], &str); 16] = [
            (&[], "environment variables are missing: set PINGONE_REGION or PINGONE_AUTH_URL"),
            (
                &[(CUSTOM_DOMAIN, "login.example.com")],
                "environment variables are missing: set PINGONE_REGION or PINGONE_AUTH_URL",
            ),
            (
                &[(CLIENT_ID, ""), (CLIENT_SECRET, "")],
                "environment variables are missing: set PINGONE_REGION or PINGONE_AUTH_URL, PINGONE_CLIENT_ID, PINGONE_CLIENT_SECRET",
            ),
            (&[(REGION, "EU"), (ENVIRONMENT_ID, "")], "environment variables are missing: set PINGONE_ENVIRONMENT_ID"),
            (
                &[(REGION, "EU"), (AUTH_URL, "http://127.0.0.1:1")],
                "PINGONE_REGION and PINGONE_AUTH_URL contradict each other: set one of them",
            ),
            (
                &[(CUSTOM_DOMAIN, "login.example.com"), (AUTH_URL, "http://127.0.0.1:1")],
                "PINGONE_CUSTOM_DOMAIN and PINGONE_AUTH_URL contradict each other: set one of them",
            ),
            (&[(REGION, "XX")], "PINGONE_REGION is unknown: use NA, CA, EU, AU, SG or AP"),
            (&[(AUTH_URL, "http://login.example.com")], "PINGONE_AUTH_URL is not https"),
            (
                &[(AUTH_URL, "https://auth.pingone.eu")],
                "PINGONE_AUTH_URL is PingOne's own host: set PINGONE_REGION instead, and PINGONE_CUSTOM_DOMAIN if",
            ),
            (
                &[(REGION, "EU"), (CUSTOM_DOMAIN, "auth.pingone.eu")],
                "PINGONE_CUSTOM_DOMAIN is PingOne's own host: leave it out, because PINGONE_REGION",
            ),
            (&[(REGION, "EU"), (CUSTOM_DOMAIN, "https://PingOne.com/")], "PINGONE_CUSTOM_DOMAIN is PingOne's own host"),
            (
                &[(REGION, "EU"), (CUSTOM_DOMAIN, "auth.pingone.eu/")],
                "PINGONE_CUSTOM_DOMAIN is PingOne's own host: leave",
            ),
            (&[(REGION, "EU"), (CUSTOM_DOMAIN, "*.evil.com")], "PINGONE_CUSTOM_DOMAIN is not a host name"),
            (&[(REGION, "EU"), (ENVIRONMENT_ID, "e 1")], "PINGONE_ENVIRONMENT_ID has a character"),
            (&[(REGION, "EU"), (CLIENT_ID, "c\n")], "PINGONE_CLIENT_ID contains a space"),
            (&[(REGION, "EU"), (CLIENT_SECRET, "hunter2\n")], "PINGONE_CLIENT_SECRET contains a space"),
        ];
        for (variables, expected) in rows {
            let error = from(variables).unwrap_err();
            assert!(error.starts_with(expected) && !error.contains("hunter2"), "{error}");
        }
        let not_unicode = Configuration::from_variables(|name| (name == CLIENT_SECRET).then_some(Err(())));
        assert_eq!(not_unicode.unwrap_err().to_string(), "PINGONE_CLIENT_SECRET is not valid Unicode: set it again");
    }
}
