//! A tenant, and the environment variables that name one.

use std::{env, error::Error, ffi::OsString, fmt};

use http::Uri;

const REGION: &str = "PINGONE_REGION";
const CUSTOM_DOMAIN: &str = "PINGONE_CUSTOM_DOMAIN";
const AUTH_URL: &str = "PINGONE_AUTH_URL";
const ENVIRONMENT_ID: &str = "PINGONE_ENVIRONMENT_ID";
const CLIENT_ID: &str = "PINGONE_CLIENT_ID";
const CLIENT_SECRET: &str = "PINGONE_CLIENT_SECRET";
const USER_ID: &str = "PINGONE_USER_ID";

/// A tenant, and as whom it is asked. `Debug` does not show the secret.
#[derive(Clone)]
pub struct Tenant {
    pub(super) base: String,
    pub(super) environment_id: String,
    pub(super) client_id: String,
    pub(super) client_secret: String,
    pub(super) user_id: String,
}

impl Tenant {
    /// The tenant that these variables name; the project's examples and clients read them alike:
    ///
    /// | variable | |
    /// |---|---|
    /// | `PINGONE_REGION` | `NA`, `CA`, `EU`, `AU`, `SG` or `AP`, in any case … |
    /// | `PINGONE_CUSTOM_DOMAIN` | … and the host name of the custom domain, if there is one |
    /// | `PINGONE_AUTH_URL` | or instead of both, an address with everything below it: of a gateway, or of an emulator |
    /// | `PINGONE_ENVIRONMENT_ID` | the environment |
    /// | `PINGONE_CLIENT_ID`, `PINGONE_CLIENT_SECRET` | a worker application that authenticates by `CLIENT_SECRET_BASIC` |
    /// | `PINGONE_USER_ID` | a user of the environment, to whom nothing is sent |
    ///
    /// A variable that is empty counts as not set.
    ///
    /// # Errors
    ///
    /// A variable is missing, contradicts another or is wrong; the error names it.
    pub fn from_env() -> Result<Self, TenantError> {
        Self::from_variables(env::var_os)
    }

    /// The same with a look-up of your own.
    ///
    /// # Errors
    ///
    /// As for [`from_env`](Self::from_env).
    pub fn from_variables(look_up: impl Fn(&'static str) -> Option<OsString>) -> Result<Self, TenantError> {
        let variable = |name| match look_up(name).filter(|value| !value.is_empty()).map(OsString::into_string) {
            Some(Err(_)) => Err(TenantError(format!("{name} is not valid Unicode: set it again"))),
            Some(Ok(value)) => Ok(Some(value)),
            None => Ok(None),
        };
        let (region, domain, url) = (variable(REGION)?, variable(CUSTOM_DOMAIN)?, variable(AUTH_URL)?);
        let who = [ENVIRONMENT_ID, CLIENT_ID, CLIENT_SECRET, USER_ID];
        let [environment_id, client_id, client_secret, user_id] = who.map(variable);
        let who = [environment_id?, client_id?, client_secret?, user_id?];

        let is_nowhere = region.is_none() && url.is_none();
        let mut missing: Vec<&str> = is_nowhere.then_some("PINGONE_REGION or PINGONE_AUTH_URL").into_iter().collect();
        let names = [ENVIRONMENT_ID, CLIENT_ID, CLIENT_SECRET, USER_ID];
        missing.extend(names.into_iter().zip(&who).filter(|(_, value)| value.is_none()).map(|(name, _)| name));
        let [Some(environment_id), Some(client_id), Some(client_secret), Some(user_id)] = who else {
            return Err(nothing(&missing));
        };
        let base = match (region, domain, url) {
            (None, _, None) => return Err(nothing(&missing)),
            (Some(_), _, Some(_)) => return Err(both(REGION, AUTH_URL)),
            (None, Some(_), Some(_)) => return Err(both(CUSTOM_DOMAIN, AUTH_URL)),
            (None, None, Some(url)) => below(&url, &environment_id).map_err(|problem| wrong(AUTH_URL, problem))?,
            (Some(region), domain, None) => {
                let unknown = wrong(REGION, "is unknown: use NA, CA, EU, AU, SG or AP");
                let host = auth_host(&region).ok_or(unknown)?;
                match domain {
                    Some(domain) => custom_domain(&domain).map_err(|problem| wrong(CUSTOM_DOMAIN, problem))?,
                    None => format!("https://{host}/{environment_id}"),
                }
            }
        };
        for (name, id) in [(ENVIRONMENT_ID, &environment_id), (USER_ID, &user_id)] {
            if !is_id(id) {
                return Err(wrong(name, "is not a valid id: set the id that PingOne gave"));
            }
        }
        for (name, text) in [(CLIENT_ID, &client_id), (CLIENT_SECRET, &client_secret)] {
            if text.contains(|one: char| one.is_whitespace() || one.is_control()) {
                return Err(wrong(name, "contains a space or a line break: set it without"));
            }
        }
        Ok(Self { base, environment_id, client_id, client_secret, user_id })
    }

    /// The address below which everything lies, such as `https://auth.pingone.eu/{environmentId}`.
    pub fn base(&self) -> &str {
        &self.base
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tenant").field("base", &self.base).finish_non_exhaustive()
    }
}

/// A variable is missing, contradicts another or is wrong. It is named, and its value is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantError(String);

impl fmt::Display for TenantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for TenantError {}

fn nothing(missing: &[&str]) -> TenantError {
    TenantError(format!("environment variables are missing: set {}", missing.join(", ")))
}

fn both(one: &str, other: &str) -> TenantError {
    TenantError(format!("{one} and {other} contradict each other: set one of them"))
}

fn wrong(variable: &str, problem: &str) -> TenantError {
    TenantError(format!("{variable} {problem}"))
}

/// Each region, and the end of its host names.
const REGIONS: [(&str, &str); 6] =
    [("NA", "com"), ("CA", "ca"), ("EU", "eu"), ("AU", "com.au"), ("SG", "sg"), ("AP", "asia")];

fn auth_host(region: &str) -> Option<String> {
    let (_, end) = REGIONS.into_iter().find(|(code, _)| code.eq_ignore_ascii_case(region))?;
    Some(format!("auth.pingone.{end}"))
}

/// A custom domain has one environment, whose id is not in its paths.
fn custom_domain(domain: &str) -> Result<String, &'static str> {
    let name = domain.strip_prefix("https://").unwrap_or(domain);
    let name = name.strip_suffix('/').unwrap_or(name);
    let is_label = |label: &str| {
        let is_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let bytes = label.as_bytes();
        let is_name = bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        is_name && bytes.len() <= 63 && is_edge(bytes.first()) && is_edge(bytes.last())
    };
    let is_number = name.rsplit('.').next().is_none_or(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    if is_pingone(name) {
        return Err("is PingOne's own host: leave it out, because PINGONE_REGION names that host");
    }
    if name.len() > 253 || is_number || !name.split('.').all(is_label) {
        return Err("is not a host name: write it as login.example.com");
    }
    Ok(format!("https://{name}"))
}

/// The environment below an address of one's own.
fn below(url: &str, environment_id: &str) -> Result<String, &'static str> {
    const NO_ADDRESS: &str = "is not a URL: write it as https://host or https://host/path";
    let uri: Uri = url.parse().map_err(|_| NO_ADDRESS)?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(NO_ADDRESS) };
    if is_pingone(authority.host()) {
        return Err(
            "is PingOne's own host: set PINGONE_REGION instead, and PINGONE_CUSTOM_DOMAIN if the environment has a \
                    custom domain",
        );
    }
    if authority.as_str().contains('@') {
        return Err("contains a user or a password: leave them out");
    }
    if scheme != "https" && !(scheme == "http" && is_loopback(url)) {
        return Err("is not https: only loopback may be called over plain http, since a token is sent");
    }
    if authority.as_str() != authority.host() && authority.port_u16().is_none() {
        return Err(NO_ADDRESS);
    }
    if uri.query().is_some() {
        return Err("has a query: write it as https://host or https://host/path");
    }
    let path = uri.path().trim_end_matches('/');
    if !path.split('/').skip(1).all(is_id) {
        return Err(NO_ADDRESS);
    }
    match path.rsplit('/').next() {
        Some(last) if last.eq_ignore_ascii_case(environment_id) => {
            Err("ends with the environment's id, which is added for you: leave it out")
        }
        Some(last) if last.eq_ignore_ascii_case("v1") => Err("ends with /v1, which is added for you: leave it out"),
        _ => Ok(format!("{scheme}://{authority}{path}/{environment_id}")),
    }
}

/// What can stand in a path without changing it.
fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (1..=100).contains(&text.len()) && text.bytes().all(is_plain) && ![".", ".."].contains(&text)
}

/// Also with the dot that makes a name absolute.
fn is_pingone(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    REGIONS.into_iter().any(|(_, end)| {
        let rest = host.strip_suffix(&format!("pingone.{end}"));
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// Whether the address is on this machine.
pub(super) fn is_loopback(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: [(&str, &str); 4] =
        [(ENVIRONMENT_ID, "e-1"), (CLIENT_ID, "c"), (CLIENT_SECRET, "hunter2"), (USER_ID, "u-1")];

    fn tenant(more: &[(&str, &str)]) -> Result<Tenant, TenantError> {
        let all = [more, &WHO].concat();
        Tenant::from_variables(|name| all.iter().find(|(other, _)| *other == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn a_region_a_custom_domain_and_a_base_are_found() {
        let rows: [(&[(&str, &str)], &str); 7] = [
            (&[(REGION, "AU")], "https://auth.pingone.com.au/e-1"),
            (&[(REGION, "eu"), (CUSTOM_DOMAIN, "")], "https://auth.pingone.eu/e-1"),
            (&[(REGION, "CA"), (CUSTOM_DOMAIN, "login.example.com")], "https://login.example.com"),
            (&[(REGION, "CA"), (CUSTOM_DOMAIN, "https://login.example.com/")], "https://login.example.com"),
            (&[(AUTH_URL, "https://gateway.example.com/p/")], "https://gateway.example.com/p/e-1"),
            (&[(AUTH_URL, "http://127.0.0.1:8420"), (REGION, "")], "http://127.0.0.1:8420/e-1"),
            (&[(AUTH_URL, "http://[::1]:8420")], "http://[::1]:8420/e-1"),
        ];
        for (variables, expected) in rows {
            assert_eq!(tenant(variables).unwrap().base, expected);
        }
    }

    #[test]
    fn what_is_missing_contradicts_or_is_wrong_is_named_and_no_secret_shown() {
        let rows: [(&[(&str, &str)], &str); 18] = [
            (&[], "environment variables are missing: set PINGONE_REGION or PINGONE_AUTH_URL"),
            (
                &[(CUSTOM_DOMAIN, "login.example.com")],
                "environment variables are missing: set PINGONE_REGION or PINGONE_AUTH_URL",
            ),
            (
                &[(REGION, "EU"), (USER_ID, ""), (CLIENT_ID, "")],
                "environment variables are missing: set PINGONE_CLIENT_ID, PINGONE_USER_ID",
            ),
            (&[(REGION, "EU"), (AUTH_URL, "http://127.0.0.1:1")], "PINGONE_REGION and PINGONE_AUTH_URL contradict"),
            (
                &[(CUSTOM_DOMAIN, "login.example.com"), (AUTH_URL, "http://127.0.0.1:1")],
                "PINGONE_CUSTOM_DOMAIN and PINGONE_AUTH_URL contradict",
            ),
            (&[(REGION, "XX")], "PINGONE_REGION is unknown: use NA, CA"),
            (&[(AUTH_URL, "nowhere")], "PINGONE_AUTH_URL is not a URL"),
            (&[(AUTH_URL, "https://host:port")], "PINGONE_AUTH_URL is not a URL"),
            (&[(AUTH_URL, "http://login.example.com")], "PINGONE_AUTH_URL is not https"),
            (&[(AUTH_URL, "https://hunter2@example.com")], "PINGONE_AUTH_URL contains a user"),
            (&[(AUTH_URL, "https://auth.pingone.eu")], "PINGONE_AUTH_URL is PingOne's own host"),
            (&[(AUTH_URL, "http://127.0.0.1:1/?hunter2")], "PINGONE_AUTH_URL has a query"),
            (&[(AUTH_URL, "http://127.0.0.1:1/E-1/")], "PINGONE_AUTH_URL ends with the environment's id"),
            (&[(REGION, "EU"), (CUSTOM_DOMAIN, "*.evil.com")], "PINGONE_CUSTOM_DOMAIN is not a host name"),
            (&[(REGION, "EU"), (CUSTOM_DOMAIN, "auth.pingone.com")], "PINGONE_CUSTOM_DOMAIN is PingOne's own host"),
            (&[(REGION, "EU"), (ENVIRONMENT_ID, "e 1")], "PINGONE_ENVIRONMENT_ID is not a valid id"),
            (&[(REGION, "EU"), (USER_ID, "../u")], "PINGONE_USER_ID is not a valid id"),
            (&[(REGION, "EU"), (CLIENT_SECRET, "hunter2\n")], "PINGONE_CLIENT_SECRET contains a space"),
        ];
        for (variables, expected) in rows {
            let error = tenant(variables).unwrap_err().to_string();
            assert!(error.starts_with(expected) && !error.contains("hunter2"), "{error}");
        }
        assert!(!format!("{:?}", tenant(&[(REGION, "EU")]).unwrap()).contains("hunter2"));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_unicode_is_not_passed_over() {
        use std::os::unix::ffi::OsStringExt;

        let bytes = |name| (name == CLIENT_SECRET).then(|| OsString::from_vec(vec![0xff]));
        let error = Tenant::from_variables(bytes).unwrap_err();
        assert_eq!(error.to_string(), "PINGONE_CLIENT_SECRET is not valid Unicode: set it again");
    }
}
