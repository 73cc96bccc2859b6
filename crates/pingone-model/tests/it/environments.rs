//! Where requests go, and where nothing does.

use http::Uri;
use pingone_model::{Environment, Filter, Host, Ids, Path, Query, Region, RequestError, UserId};

const ID: &str = "abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6";

/// Each kind of environment, and what its addresses begin with on either host.
fn environments() -> Vec<(Environment, String, String)> {
    let mut all: Vec<_> = [
        (Region::NorthAmerica, "com"),
        (Region::Canada, "ca"),
        (Region::Europe, "eu"),
        (Region::Australia, "com.au"),
        (Region::Singapore, "sg"),
        (Region::AsiaPacific, "asia"),
    ]
    .into_iter()
    .map(|(region, tld)| {
        let api = format!("https://api.pingone.{tld}/v1/environments/{ID}");
        (Environment::new(region, ID), format!("https://auth.pingone.{tld}/{ID}"), api)
    })
    .collect();
    for domain in
        ["login.example.com", "https://login.example.com", "https://login.example.com/", "xn--bcher-kva.example"]
    {
        let host = domain.trim_start_matches("https://").trim_end_matches('/');
        all.push((
            Environment::with_custom_domain(Region::Singapore, domain, ID).unwrap(),
            format!("https://{host}"),
            format!("https://api.pingone.sg/v1/environments/{ID}"),
        ));
    }
    for (base, start) in [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://gateway.example.com/some/where/", "https://gateway.example.com/some/where"),
    ] {
        let environment = Environment::at(base, ID).unwrap();
        all.push((environment, format!("{start}/{ID}"), format!("{start}/v1/environments/{ID}")));
    }
    all.push((
        Environment::at_bases("https://auth.example.com/a", "http://127.0.0.1:9", ID).unwrap(),
        format!("https://auth.example.com/a/{ID}"),
        format!("http://127.0.0.1:9/v1/environments/{ID}"),
    ));
    all
}

#[test]
fn every_environment_gives_the_exact_address_and_owns_it() {
    let query = Query::NONE.filter(&Filter::eq("username", "ada")).limit(2);
    let encoded = "?filter=username%20eq%20%22ada%22&limit=2";
    let user = UserId::from("u-1");
    for (environment, auth, api) in environments() {
        let is_bare = |start: &str| start.matches('/').count() == 2;
        for (host, start) in [(Host::Auth, &auth), (Host::Api, &api)] {
            let segments = |segments: &[&str]| match host {
                Host::Auth => environment.auth(segments).unwrap(),
                Host::Api => environment.api(segments).unwrap(),
            };
            let (list, one) = match host {
                Host::Auth => (Path::auth("/{envID}/users"), Path::auth("/{envID}/users/{userID}")),
                Host::Api => {
                    (Path::api("/environments/{envID}/users"), Path::api("/environments/{envID}/users/{userID}"))
                }
            };
            let slash = if is_bare(start) { "/" } else { "" };
            for (address, expected) in [
                (segments(&[]), format!("{start}{slash}")),
                (segments(&["users"]), format!("{start}/users")),
                (segments(&["users", "u-1"]), format!("{start}/users/u-1")),
                (environment.address(list, Ids::NONE, &Query::NONE).unwrap(), format!("{start}/users")),
                (environment.address(one, Ids::of(&user), &Query::NONE).unwrap(), format!("{start}/users/u-1")),
                (environment.address(list, Ids::NONE, &query).unwrap(), format!("{start}/users{encoded}")),
            ] {
                assert_eq!(address.to_string(), expected, "{environment}");
                assert!(environment.owns(&address), "{environment}: {address}");
            }
        }
    }
}

#[test]
fn what_the_api_has_outside_of_environments_has_an_address_too() {
    let list = Path::api("/environments");
    let address = |environment: &Environment| environment.address(list, Ids::NONE, &Query::NONE).unwrap().to_string();
    assert_eq!(address(&Environment::new(Region::Europe, ID)), "https://api.pingone.eu/v1/environments");
    assert_eq!(address(&Environment::at("http://[::1]:8/x", ID).unwrap()), "http://[::1]:8/x/v1/environments");
}

#[test]
fn an_environment_is_shown_by_its_id_and_its_hosts() {
    let shown = |environment: Environment| environment.to_string();
    assert_eq!(
        shown(Environment::new(Region::Europe, "e-1")),
        "e-1 at https://auth.pingone.eu and https://api.pingone.eu"
    );
    assert_eq!(
        shown(Environment::with_custom_domain(Region::Canada, "login.example.com", "e-1").unwrap()),
        "e-1 at https://login.example.com and https://api.pingone.ca"
    );
    assert_eq!(Environment::new(Region::Canada, "e-1").region(), Some(Region::Canada));
    let branded = Environment::with_custom_domain(Region::Canada, "login.example.com", "e-1").unwrap();
    assert_eq!(branded.region(), Some(Region::Canada));
    assert_eq!(Environment::at("http://127.0.0.1:8080", "e-1").unwrap().region(), None);
    assert_eq!(shown(Environment::at("http://127.0.0.1:8080/x/", "e-1").unwrap()), "e-1 at http://127.0.0.1:8080/x");
}

#[test]
fn it_owns_its_hosts_and_nothing_else() {
    let environment = Environment::with_custom_domain(Region::Europe, "login.example.com", ID).unwrap();
    let owns = |address: &str| environment.owns(&address.parse::<Uri>().unwrap());
    for own in [
        "https://login.example.com/x",
        "https://LOGIN.example.com/x?y=z",
        "https://login.example.com:443/x",
        "https://api.pingone.eu/v1/environments",
        "https://API.pingone.EU",
    ] {
        assert!(owns(own), "{own}");
    }
    for other in [
        "http://login.example.com/x",
        "https://login.example.com:444/x",
        "https://login.example.com:80/x",
        "https://login.example.com:99999/x",
        "https://login.example.com:/x",
        "https://login.example.com./x",
        "https://login.example.com.evil.com/x",
        "https://evil.com/login.example.com",
        "https://example.com/x",
        "https://xlogin.example.com/x",
        "https://a.login.example.com/x",
        "https://login.example.co/x",
        "https://login-example.com/x",
        "https://user@login.example.com/x",
        "https://login.example.com@evil.com/x",
        "https://auth.pingone.eu/x",
        "https://api.pingone.com/v1",
        "https://api.pingone.eu:8443/v1",
        "http://api.pingone.eu/v1",
        "https://orchestrate-api.pingone.eu/v1",
        "https://api.pingone.eu.evil.com/v1",
        "https://[::1]/x",
        "https://127.0.0.1/x",
        "/x",
        "/v1/environments",
        "login.example.com",
        "*",
    ] {
        assert!(!owns(other), "{other}");
    }
    let local = Environment::at("http://127.0.0.1:8080", ID).unwrap();
    for other in
        ["http://127.0.0.1/x", "http://127.0.0.1:8081/x", "https://127.0.0.1:8080/x", "http://localhost:8080/x"]
    {
        assert!(!local.owns(&other.parse().unwrap()), "{other}");
    }
}

#[test]
fn what_is_on_this_machine_needs_neither_tls_nor_a_proxy() {
    let mixed = Environment::at_bases("http://127.0.0.1", "https://h.example", ID).unwrap();
    assert!(!mixed.is_https_only() && Environment::new(Region::Europe, ID).is_https_only());
    let is = |environment: &Environment| (environment.uses_tls(), environment.is_loopback());
    assert_eq!(is(&Environment::new(Region::Europe, ID)), (true, false));
    assert_eq!(is(&Environment::at("http://127.9.9.9", ID).unwrap()), (false, true));
    assert_eq!(is(&Environment::at("https://localhost:1", ID).unwrap()), (true, true));
    assert_eq!(is(&Environment::at_bases("http://127.0.0.1", "https://h.example", ID).unwrap()), (true, false));
}

fn refused(result: Result<Environment, RequestError>) -> (&'static str, String) {
    let error = result.unwrap_err();
    (error.argument(), error.to_string())
}

#[test]
fn a_domain_that_is_not_one_is_refused_by_name() {
    for bad in [
        "",
        "http://login.example.com",
        "https:/evil",
        "https:///evil.com",
        "evil.com/x",
        "evil.com//",
        "*.evil.com",
        ":99999",
        "login.example.com:99999",
        "login.example.com:8443",
        "user@login.example.com",
        "a b",
        "login.example.com\n",
        "login.example.com?x",
        "login.example.com#x",
        "login.example.com.",
        ".example.com",
        "login..example.com",
        "-login.example.com",
        "login_.example.com",
        "127.0.0.1",
        "[::1]",
        "b\u{fc}cher.example",
    ] {
        let (argument, text) = refused(Environment::with_custom_domain(Region::Europe, bad, ID));
        assert_eq!((argument, text.contains("is not a host name")), ("domain", true), "{bad:?}: {text}");
    }
    for own in
        ["auth.pingone.eu", "https://AUTH.pingone.com", "auth.pingone.com.", "x.y.pingone.asia", "pingone.com.au"]
    {
        let (argument, text) = refused(Environment::with_custom_domain(Region::Europe, own, ID));
        assert_eq!((argument, text.contains("PingOne's own host")), ("domain", true), "{own}: {text}");
    }
    for fine in ["pingone.example.com", "notpingone.com", "pingone.de"] {
        assert!(Environment::with_custom_domain(Region::Europe, fine, ID).is_ok(), "{fine}");
    }
}

#[test]
fn a_base_that_is_not_one_is_refused_by_name() {
    let (with_id, shouted) = (format!("https://host/{ID}"), format!("https://host/x/{}/", ID.to_uppercase()));
    for (bad, problem) in [
        ("", "is not a URL"),
        ("pingone", "is not a URL"),
        ("/", "is not a URL"),
        ("127.0.0.1:8080", "is not a URL"),
        ("https://", "is not a URL"),
        ("https://host:99999", "is not a URL"),
        ("https://host/../x", "is not a URL"),
        ("https://host//x", "is not a URL"),
        ("https://ho st", "is not a URL"),
        ("http://host.example", "is not https"),
        ("http://127.0.0.1.example.com", "is not https"),
        ("http://10.0.0.1", "is not https"),
        ("ftp://127.0.0.1", "is not https"),
        ("https://user:secret@host", "contains a user or a password"),
        ("https://host/?q=1", "has a query"),
        ("https://auth.pingone.eu", "PingOne's own host"),
        ("https://api.pingone.com./", "PingOne's own host"),
        (&with_id, "ends with the environment's id"),
        (&shouted, "ends with the environment's id"),
        ("https://host/v1", "ends with /v1"),
        ("https://host/x/V1/", "ends with /v1"),
    ] {
        let (argument, text) = refused(Environment::at(bad, ID));
        assert_eq!((argument, text.contains(problem)), ("base", true), "{bad:?}: {text}");
        assert!(!text.contains("secret"));
        assert_eq!(refused(Environment::at_bases(bad, "https://host", ID)).0, "auth_base", "{bad:?}");
        assert_eq!(refused(Environment::at_bases("https://host", bad, ID)).0, "api_base", "{bad:?}");
    }
}

#[test]
fn no_id_and_no_segment_can_leave_the_path() {
    let environment = Environment::new(Region::Europe, ID);
    let one = Path::api("/environments/{envID}/users/{userID}");
    for bad in ["", ".", "..", "a/b", "a?b", "%2e%2e", "a;b", "a b", "a\n", " a"] {
        assert!(environment.auth(&["deviceAuthentications", bad]).is_err(), "{bad:?}");
        let error = environment.address(one, Ids::of(&UserId::from(bad)), &Query::NONE).unwrap_err();
        assert_eq!(error.argument(), "user_id", "{bad:?}");
        let named = environment.address(one, Ids::of(("order_id", bad)), &Query::NONE).unwrap_err();
        assert_eq!(named.argument(), "order_id", "{bad:?}");
        let branded = Environment::with_custom_domain(Region::Europe, "login.example.com", bad).unwrap();
        assert_eq!(branded.auth(&["x"]).unwrap_err().argument(), "environment_id", "{bad:?}");
        assert_eq!(Environment::new(Region::Europe, bad).api(&[]).unwrap_err().argument(), "environment_id");
    }
}

#[test]
fn as_many_ids_are_taken_as_there_are_placeholders() {
    let environment = Environment::new(Region::Europe, ID);
    let id = ("id", "x");
    let five = Ids::of(id).and(id).and(id).and(id).and(id);
    for (path, ids) in [
        (Path::api("/environments/{envID}/users/{userID}"), Ids::NONE),
        (Path::api("/environments/{envID}/users"), Ids::of(id)),
        (Path::api("/a/{a}/{b}"), Ids::of(id)),
        (Path::api("/{a}/{b}/{c}/{d}"), five),
    ] {
        assert_eq!(environment.address(path, ids, &Query::NONE).unwrap_err().argument(), "ids", "{path}");
    }
    let four = Ids::of(id).and(id).and(id).and(id);
    let address = environment.address(Path::api("/{a}/{b}/{c}/{d}"), four, &Query::NONE).unwrap();
    assert_eq!(address.path(), "/v1/x/x/x/x");
}
