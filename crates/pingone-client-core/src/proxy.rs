//! Which proxy is used: one rule for both clients, which do not read the environment variables themselves.

mod exempt;
mod host;
mod server;

use std::{ffi::OsString, fmt};

use pingone_model::{Environment, RequestError};

use self::host::Host;
pub use self::server::ProxyServer;
use crate::BuildError;

/// The proxy for requests.
///
/// # Addresses
///
/// `http://proxy:3128`, `https://proxy:443`, `socks5://proxy:1080` (the name of the service is looked up here) or
/// `socks5h://proxy:1080` (the proxy looks it up). Without a scheme it is `http`, without a port 80, 443 or 1080. User and
/// password may precede the host of an `http` or `https` proxy, percent-encoded: `http://user:p%40ss@proxy:3128`.
/// Anything else is a [`BuildError`] that names the argument or the variable.
///
/// # Environment variables
///
/// | variable | |
/// |---|---|
/// | `HTTPS_PROXY` | the proxy's address |
/// | `ALL_PROXY` | the same, if there is no `HTTPS_PROXY` |
/// | `NO_PROXY` | the hosts that are called directly, separated by commas or spaces |
/// | `HTTP_PROXY` | not read: it is for plain http, which is used on loopback only. So the request header `Proxy` of a CGI program cannot choose the proxy |
///
/// Each may also be in lower case; if both are set, upper case wins. An empty one counts as not set. An entry
/// of `NO_PROXY` is
///
/// - a host, `example.com`, `.example.com` or `*.example.com`: it and everything below it;
/// - an IP address, or a block such as `10.0.0.0/8` or `fd00::/8`: a service that is called by such an address;
/// - either with a port, `example.com:8443` or `[fd00::1]:8443`: this port only;
/// - `*`: every host.
///
/// They are read once, when the client is built. A service that is called by its IPv6 address is called directly, or
/// not at all.
///
/// # What a proxy gets to see
///
/// The name or the address of the service, when and how much is sent, and its own user and password. Everything
/// else goes through it in end-to-end TLS. A service on loopback is never called through a proxy, and is the only
/// one that may be called without TLS.
#[derive(Clone)]
#[non_exhaustive]
pub enum Proxy {
    /// The proxy in the environment variables.
    Environment,
    /// None, whatever the environment variables say.
    None,
    /// The proxy at this address, whatever the environment variables say.
    Address(String),
}

/// The address may contain a password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            Self::Address(_) => "Address(..)",
        })
    }
}

/// The proxy for the hosts of `environment`, if there is one.
pub(crate) fn server(
    environment: &Environment,
    proxy: &Proxy,
    variables: impl Fn(&'static str) -> Option<OsString>,
) -> Result<Option<ProxyServer>, BuildError> {
    let services = [environment.auth(&["any"])?, environment.api(&["any"])?];
    let mut hosts: Vec<_> = services.iter().filter_map(Host::of).filter(|host| !host.is_loopback()).collect();
    let (source, address) = match proxy {
        Proxy::None => return Ok(None),
        Proxy::Address(address) => ("proxy", address.clone()),
        // A client that calls only this machine does not fail because of variables for other hosts.
        Proxy::Environment if hosts.is_empty() => return Ok(None),
        Proxy::Environment => {
            let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
            let Some(found) = first_of(&names, &variables)? else {
                return Ok(None);
            };
            hosts = not_exempt(hosts, &variables)?;
            if hosts.is_empty() {
                return Ok(None);
            }
            found
        }
    };
    let server = ProxyServer::parse(source, &address)?;
    // reqwest would ask for the tunnel and then not use it: <https://github.com/seanmonstar/reqwest/issues/3094>.
    if hosts.iter().any(|host| host.ip.is_some_and(|ip| ip.is_ipv6())) {
        let problem = "cannot be used for a service at an IPv6 address: use its host name, or exempt it with NO_PROXY";
        return Err(RequestError::new(source, problem).into());
    }
    Ok((!hosts.is_empty()).then(|| server.before(hosts)))
}

/// Those of `hosts` that `NO_PROXY` does not name.
fn not_exempt(
    hosts: Vec<Host>,
    variables: impl Fn(&'static str) -> Option<OsString>,
) -> Result<Vec<Host>, RequestError> {
    let Some((name, list)) = first_of(&["NO_PROXY", "no_proxy"], variables)? else {
        return Ok(hosts);
    };
    let mut left = Vec::new();
    for host in hosts {
        if !exempt::is_exempt(name, &list, &host)? {
            left.push(host);
        }
    }
    Ok(left)
}

/// The first variable that is set, and its value.
fn first_of(
    names: &[&'static str],
    variables: impl Fn(&'static str) -> Option<OsString>,
) -> Result<Option<(&'static str, String)>, RequestError> {
    for &name in names {
        let value = variables(name).unwrap_or_default();
        let value = value.into_string().map_err(|_| RequestError::new(name, "is not UTF-8: correct or unset it"))?;
        if !value.trim().is_empty() {
            return Ok(Some((name, value)));
        }
    }
    Ok(None)
}

/// Whether `host` is a name as both clients read one: a number at its end would make it an address for some.
fn is_name(host: &str) -> bool {
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x") || last.starts_with("0X");
    !is_number && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::{Configuration, Credentials};

    fn decide(base: &str, proxy: Proxy, variables: &[(&str, &str)]) -> Result<Option<String>, &'static str> {
        let credentials = Credentials::client_secret_basic("id", "hunter2");
        let configuration = Configuration::new(Environment::at(base, "e-1").unwrap(), credentials).proxy(proxy);
        let lookup = |name| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| value.into());
        match configuration.proxy_server_among(lookup) {
            Ok(server) => Ok(server.map(|server| server.address().to_owned())),
            Err(BuildError::Argument(error)) => Err(error.argument()),
            Err(other) => panic!("{other:?}"),
        }
    }

    const SERVICE: &str = "https://auth.service.test";

    fn by_variables(variables: &[(&str, &str)]) -> Result<Option<String>, &'static str> {
        decide(SERVICE, Proxy::Environment, variables)
    }

    #[test]
    fn the_first_variable_that_is_set_counts() {
        let through = |name: &str| Ok(Some(format!("http://{name}:80")));
        assert_eq!(by_variables(&[]), Ok(None));
        let all = [("HTTPS_PROXY", "a"), ("https_proxy", "b"), ("ALL_PROXY", "c"), ("all_proxy", "d")];
        for (first, name) in ["a", "b", "c", "d"].into_iter().enumerate() {
            assert_eq!(by_variables(&all[first..]), through(name));
        }
        assert_eq!(by_variables(&[("HTTPS_PROXY", " "), ("https_proxy", ""), ("ALL_PROXY", "c")]), through("c"));
    }

    #[test]
    fn the_proxy_for_requests_without_tls_is_never_taken() {
        for cgi in [&[][..], &[("REQUEST_METHOD", "GET")]] {
            let variables = [&[("HTTP_PROXY", "http://a"), ("http_proxy", "http://b")], cgi].concat();
            assert_eq!(by_variables(&variables), Ok(None));
            assert_eq!(decide("http://127.0.0.1:1", Proxy::Environment, &variables), Ok(None));
        }
    }

    #[test]
    fn an_argument_goes_before_the_variables() {
        let variables = [("HTTPS_PROXY", "ftp://a"), ("NO_PROXY", "*")];
        assert_eq!(decide(SERVICE, Proxy::Address("b:1".into()), &variables), Ok(Some("http://b:1".into())));
        assert_eq!(decide(SERVICE, Proxy::None, &variables), Ok(None));
    }

    #[test]
    fn loopback_is_called_directly_and_a_wrong_argument_is_refused_all_the_same() {
        for base in ["http://127.0.0.1:1", "http://[::1]:1", "https://localhost"] {
            assert_eq!(decide(base, Proxy::Environment, &[("HTTPS_PROXY", "ftp://a")]), Ok(None));
            assert_eq!(decide(base, Proxy::Address("http://a".into()), &[]), Ok(None));
            assert_eq!(decide(base, Proxy::Address("htp://a".into()), &[]), Err("proxy"));
        }
    }

    #[test]
    fn each_host_of_the_environment_has_its_own_way() {
        let ways = |auth: &str, api: &str, no_proxy: &str| {
            let environment = Environment::at_bases(auth, api, "e-1").unwrap();
            let [auth, api] = [environment.auth(&["x"]).unwrap(), environment.api(&["x"]).unwrap()];
            let configuration = Configuration::new(environment, Credentials::client_secret_basic("id", "hunter2"));
            let variables = [("HTTPS_PROXY", "a"), ("NO_PROXY", no_proxy)];
            let lookup = |name| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| value.into());
            let server = configuration.proxy_server_among(lookup).unwrap();
            server.map(|server| [server.is_before(&auth), server.is_before(&api)])
        };
        let (auth, api) = ("https://auth.a.test", "https://api.b.test:8443");
        assert_eq!(ways(auth, api, ""), Some([true, true]));
        assert_eq!(ways(auth, api, "a.test"), Some([false, true]));
        assert_eq!(ways(auth, api, "b.test:8443"), Some([true, false]));
        assert_eq!(ways(auth, api, "test"), None);
        for loopback in ["http://127.0.0.1:1", "https://localhost"] {
            assert_eq!(ways(loopback, api, ""), Some([false, true]));
            assert_eq!(ways(auth, loopback, ""), Some([true, false]));
            assert_eq!(ways(loopback, loopback, ""), None);
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_by_the_name_of_its_variable() {
        assert_eq!(decide(SERVICE, Proxy::Address("htp://a".into()), &[]), Err("proxy"));
        for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            assert_eq!(by_variables(&[(name, "ftp://a")]), Err(name));
        }
        for name in ["NO_PROXY", "no_proxy"] {
            assert_eq!(by_variables(&[("HTTPS_PROXY", "a"), (name, "service.test, 192.168.*")]), Err(name));
            assert_eq!(by_variables(&[(name, "192.168.*")]), Ok(None), "there is no proxy");
        }
        assert_eq!(by_variables(&[("HTTPS_PROXY", "ftp://a"), ("NO_PROXY", "service.test")]), Ok(None));
        let by_ip = |variables: &[_]| decide("https://[fd00::1]", Proxy::Environment, variables);
        assert_eq!(by_ip(&[("ALL_PROXY", "a")]), Err("ALL_PROXY"));
        assert_eq!(by_ip(&[("ALL_PROXY", "a"), ("NO_PROXY", "fd00::/8")]), Ok(None));
    }

    #[cfg(unix)]
    #[test]
    fn a_variable_that_is_not_text_is_refused_by_its_name() {
        use std::os::unix::ffi::OsStringExt;

        let credentials = Credentials::client_secret_basic("id", "hunter2");
        let configuration = Configuration::new(Environment::at(SERVICE, "e-1").unwrap(), credentials);
        let variable = |name| (name == "ALL_PROXY").then(|| OsString::from_vec(vec![0xff]));
        let error = configuration.proxy_server_among(variable).unwrap_err();
        assert_eq!(error.to_string(), "ALL_PROXY is not UTF-8: correct or unset it");
    }

    #[test]
    fn nothing_secret_is_shown() {
        assert_eq!(format!("{:?}", Proxy::Address("http://user:hunter3@proxy".into())), "Address(..)");
        let credentials = Credentials::client_secret_basic("id", "hunter2");
        let configuration = Configuration::new(Environment::at(SERVICE, "e-1").unwrap(), credentials)
            .proxy(Proxy::Address("http://user:hunter3@proxy".into()));
        let server = configuration.proxy_server().unwrap().unwrap();
        assert_eq!(server.address(), "http://user:hunter3@proxy:80");
        assert!(!format!("{configuration:?} {server:?}").contains("hunter"));
        let wrong = configuration.proxy(Proxy::Address("htp://user:hunter3@proxy".into()));
        let error = wrong.proxy_server().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter"));
    }
}
