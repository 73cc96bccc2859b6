//! What is checked, and how it is asked.

use std::{error::Error, fmt};

use http::{Request, Response, Uri};
use serde_json::Value;

use crate::reply::Reply;

/// What came back, or why nothing did.
pub type Carried = Result<Response<Vec<u8>>, Box<dyn Error>>;

/// What is checked: a function from a request to a response, and who is asked.
pub struct Target<'a> {
    carry: Box<dyn Fn(Request<Vec<u8>>) -> Carried + 'a>,
    pub(crate) who: Who,
}

pub(crate) enum Who {
    /// An emulator at this `auth_url`. Its control paths say the rest.
    Emulator(String),
    /// A tenant, or whatever else has no control paths.
    Tenant(Tenant),
}

impl<'a> Target<'a> {
    /// The emulator at this `auth_url`.
    pub fn emulator(auth_url: impl Into<String>, carry: impl Fn(Request<Vec<u8>>) -> Carried + 'a) -> Self {
        let who = Who::Emulator(auth_url.into().trim_end_matches('/').to_owned());
        Self { carry: Box::new(carry), who }
    }

    /// A tenant, or whatever else has no control paths.
    pub fn tenant(tenant: Tenant, carry: impl Fn(Request<Vec<u8>>) -> Carried + 'a) -> Self {
        Self { carry: Box::new(carry), who: Who::Tenant(tenant) }
    }

    pub(crate) fn send(&self, request: Request<Vec<u8>>) -> Result<Reply, Box<dyn Error>> {
        let (head, body) = (self.carry)(request)?.into_parts();
        // What is no JSON has nothing to say, and differs from every expectation of a body.
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Ok(Reply { status: head.status.as_u16(), headers: head.headers, body })
    }
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who: &dyn fmt::Debug = match &self.who {
            Who::Emulator(auth_url) => auth_url,
            Who::Tenant(tenant) => tenant,
        };
        f.debug_tuple("Target").field(who).finish()
    }
}

/// A tenant, and as whom it is asked. `Debug` does not show the secret.
#[derive(Clone)]
pub struct Tenant {
    pub(super) base: String,
    pub(super) environment_id: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    pub(super) user_id: String,
}

const REGION: &str = "PINGONE_REGION";
const AUTH_URL: &str = "PINGONE_AUTH_URL";
const WHO: [&str; 4] = ["PINGONE_ENVIRONMENT_ID", "PINGONE_CLIENT_ID", "PINGONE_CLIENT_SECRET", "PINGONE_USER_ID"];

impl Tenant {
    /// The tenant that the `PINGONE_*` variables name; the project's examples read the same ones.
    ///
    /// # Errors
    ///
    /// One is missing, or has a value that cannot be.
    pub fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, TenantError> {
        let variable = |name| variable(name).filter(|value| !value.is_empty());
        let missing: Vec<&str> = WHO.into_iter().filter(|name| variable(name).is_none()).collect();
        let [Some(environment_id), Some(client_id), Some(client_secret), Some(user_id)] = WHO.map(variable) else {
            return Err(TenantError(format!("{} is missing: set it", missing.join(", "))));
        };
        let base = match (variable(REGION), variable(AUTH_URL)) {
            (Some(region), None) => format!("https://auth.pingone.{}/{environment_id}", top_level_domain(&region)?),
            (None, Some(url)) => base(url.trim_end_matches('/'), &environment_id)?,
            _ => return Err(TenantError(format!("set either {REGION} or {AUTH_URL}"))),
        };
        Ok(Self { base, environment_id, client_id, client_secret, user_id })
    }
}

impl Tenant {
    /// The address below which everything lies, such as `https://auth.pingone.eu/{environmentId}`.
    pub fn base(&self) -> &str {
        &self.base
    }
}

fn top_level_domain(region: &str) -> Result<&'static str, TenantError> {
    match region {
        "NA" => Ok("com"),
        "CA" => Ok("ca"),
        "EU" => Ok("eu"),
        "AU" => Ok("com.au"),
        "SG" => Ok("sg"),
        "AP" => Ok("asia"),
        _ => Err(TenantError(format!("{REGION} must be NA, CA, EU, AU, SG or AP"))),
    }
}

/// An emulator, and PingOne's own host, have the environment's id in their paths; a custom domain has not.
fn base(url: &str, environment_id: &str) -> Result<String, TenantError> {
    if is_loopback(url) || url.starts_with("https://auth.pingone.") {
        return Ok(format!("{url}/{environment_id}"));
    }
    if url.starts_with("https://") { Ok(url.to_owned()) } else { Err(TenantError(format!("{AUTH_URL} must be https"))) }
}

/// Whether the address is on this machine.
pub(super) fn is_loopback(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tenant").field("base", &self.base).finish_non_exhaustive()
    }
}

/// A variable is missing or has a value that cannot be. No value is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantError(String);

impl fmt::Display for TenantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for TenantError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(name: &str, value: &str) -> Result<Tenant, TenantError> {
        Tenant::from_variables(|asked| match asked {
            "PINGONE_ENVIRONMENT_ID" => Some("e".to_owned()),
            _ if WHO.contains(&asked) => Some("hunter2".to_owned()),
            _ => (asked == name).then(|| value.to_owned()),
        })
    }

    #[test]
    fn regions_custom_domains_and_emulators_are_found() {
        let base = |name: &str, value: &str| tenant(name, value).unwrap().base;
        assert_eq!(base(REGION, "AU"), "https://auth.pingone.com.au/e");
        assert_eq!(base(AUTH_URL, "https://login.example.com/"), "https://login.example.com");
        assert_eq!(base(AUTH_URL, "http://127.0.0.1:8420"), "http://127.0.0.1:8420/e");
        assert_eq!(base(AUTH_URL, "http://[::1]:8420"), "http://[::1]:8420/e");
    }

    #[test]
    fn what_is_wrong_is_named_and_no_secret_shown() {
        assert!(tenant(REGION, "XX").unwrap_err().to_string().contains("must be NA, CA"));
        assert!(tenant(AUTH_URL, "http://login.example.com").unwrap_err().to_string().contains("must be https"));
        assert!(tenant("", "").unwrap_err().to_string().contains("either PINGONE_REGION or"));
        let nothing = Tenant::from_variables(|_| None).unwrap_err().to_string();
        assert!(WHO.iter().all(|name| nothing.contains(name)), "{nothing}");
        assert!(!format!("{:?}", tenant(REGION, "EU").unwrap()).contains("hunter2"));
    }
}
