//! Both clients go by one rule: the same settings lead to the same proxy, or to none, or are refused.

mod stub;

use std::{process::Command, time::Duration};

use pingone_client_core::{Configuration, Credentials, Trust};
use pingone_model::Environment;
use stub::{Seen, Stub};

const WAIT: Duration = Duration::from_secs(5);

const VARIABLES: [&str; 9] = [
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
];

/// How a client called each address, in a process with these variables alone. `{port}` is the stub's.
fn run(stub: &Stub, client: &str, variables: &[(&str, &str)], proxy: &str, addresses: &[String]) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_through_proxy"));
    for name in VARIABLES {
        command.env_remove(name);
    }
    let port = stub.port.to_string();
    command.envs(variables.iter().map(|(name, value)| (name, value.replace("{port}", &port))));
    command.args([client, &stub.authority, &proxy.replace("{port}", &port)]).args(addresses);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// Two names, two addresses, and this machine with TLS and without. No name can be looked up: a label is longer than DNS
/// allows, so that no resolver is asked. No address leaves this machine.
fn addresses(port: u16) -> [String; 6] {
    let label = "a".repeat(64);
    [
        format!("https://{label}.test"),
        format!("https://{label}.exempt.test:8443"),
        format!("https://0.0.0.0:{port}"),
        format!("https://[::]:{port}"),
        format!("https://localhost:{port}"),
        format!("http://127.0.0.1:{port}"),
    ]
}

/// How an address is called.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    /// Through the proxy.
    Proxy,
    Direct,
    /// Not at all: this argument or variable is not understood.
    Refused(&'static str),
}

use Way::{Direct, Proxy, Refused};

struct Setting {
    variables: &'static [(&'static str, &'static str)],
    proxy: &'static str,
    ways: [Way; 6],
}

const SETTINGS: &[Setting] = &[
    Setting {
        variables: &[
            ("HTTPS_PROXY", "http://user:p%40ss@127.0.0.1:{port}"),
            ("HTTP_PROXY", "ftp://127.0.0.1:{port}"),
            ("NO_PROXY", "a, .exempt.test , b"),
        ],
        proxy: "environment",
        ways: [Proxy, Direct, Proxy, Refused("HTTPS_PROXY"), Direct, Direct],
    },
    Setting {
        variables: &[("all_proxy", "socks5h://127.0.0.1:{port}"), ("no_proxy", "*.exempt.test:443 0.0.0.0/8")],
        proxy: "environment",
        ways: [Proxy, Proxy, Direct, Refused("all_proxy"), Direct, Direct],
    },
    Setting {
        variables: &[("https_proxy", "https://127.0.0.1:{port}"), ("NO_PROXY", "[::],exempt.test:8443")],
        proxy: "environment",
        ways: [Proxy, Direct, Proxy, Direct, Direct, Direct],
    },
    Setting {
        variables: &[("HTTP_PROXY", "http://127.0.0.1:{port}"), ("REQUEST_METHOD", "GET")],
        proxy: "environment",
        ways: [Direct; 6],
    },
    Setting {
        variables: &[("HTTPS_PROXY", "htp://127.0.0.1:{port}"), ("ALL_PROXY", "http://127.0.0.1:{port}")],
        proxy: "environment",
        ways: [
            Refused("HTTPS_PROXY"),
            Refused("HTTPS_PROXY"),
            Refused("HTTPS_PROXY"),
            Refused("HTTPS_PROXY"),
            Direct,
            Direct,
        ],
    },
    Setting {
        variables: &[("ALL_PROXY", "127.0.0.1:{port}"), ("NO_PROXY", "*.exempt.test,0.0.*")],
        proxy: "environment",
        ways: [Refused("NO_PROXY"), Refused("NO_PROXY"), Refused("NO_PROXY"), Refused("NO_PROXY"), Direct, Direct],
    },
    Setting {
        variables: &[("HTTPS_PROXY", "ftp://127.0.0.1:1"), ("NO_PROXY", "*")],
        proxy: "127.0.0.1:{port}",
        ways: [Proxy, Proxy, Proxy, Refused("proxy"), Direct, Direct],
    },
    Setting {
        variables: &[("HTTPS_PROXY", "http://127.0.0.1:{port}")],
        proxy: "ftp://127.0.0.1:{port}",
        ways: [Refused("proxy"); 6],
    },
    Setting { variables: &[("HTTPS_PROXY", "http://127.0.0.1:{port}")], proxy: "none", ways: [Direct; 6] },
];

/// What comes of it: a call is a request for a token, and one for the operation.
fn expect(address: &str, way: Way) -> (String, usize, usize) {
    let is_name = address.contains("aaa");
    match way {
        Refused(name) => (format!("refused for {name}"), 0, 0),
        // There is no such name, or TLS cannot ask for it. So not even a token is had.
        Direct if is_name => ("no token".to_owned(), 0, 0),
        Proxy if is_name => ("no token".to_owned(), 1, 0),
        // The stub listens to IPv4 alone.
        Direct if address.contains("[::]") => ("no token".to_owned(), 0, 0),
        Direct => ("COMPLETED".to_owned(), 0, 2),
        Proxy => ("COMPLETED".to_owned(), 2, 2),
    }
}

/// Whether the secret, plain or in Base64 (`id:hunter2`), or the token that the stub hands out came over the network.
fn has_secret(seen: &Seen) -> bool {
    let clear = String::from_utf8_lossy(&seen.bytes);
    ["hunter2", "aWQ6aHVudGVyMg", "hunter3"].iter().any(|secret| clear.contains(secret))
}

#[test]
fn both_clients_take_the_same_way_to_the_service() {
    let stub = Stub::start();
    for (number, setting) in SETTINGS.iter().enumerate() {
        for (address, way) in addresses(stub.port).into_iter().zip(setting.ways) {
            let expected = expect(&address, way);
            for client in ["async", "blocking"] {
                let ends = run(&stub, client, setting.variables, setting.proxy, std::slice::from_ref(&address));
                let seen = stub.take();
                let target = address.trim_start_matches("https://");
                let target = if target.contains(':') { target.to_owned() } else { format!("{target}:443") };
                assert!(seen.targets.iter().all(|asked| *asked == target), "{client}: {:?}", seen.targets);
                let came = (ends.concat(), seen.targets.len(), seen.requests);
                assert_eq!(came, expected, "setting {number}, {client}: {address}");
                // Without TLS on loopback it is there, so it would be found.
                let is_clear = way == Direct && address.starts_with("http:");
                assert_eq!(has_secret(&seen), is_clear, "setting {number}, {client}: {address}");
            }
        }
    }
}

/// With `socks5` a name is looked up here, with `socks5h` at the proxy.
#[test]
fn the_kind_of_socks_says_who_looks_up_the_name() {
    let stub = Stub::start();
    let addresses = addresses(stub.port);
    for client in ["async", "blocking"] {
        for (proxy, connections) in [("socks5://127.0.0.1:{port}", 2), ("socks5h://127.0.0.1:{port}", 3)] {
            let ends = run(&stub, client, &[], proxy, &[addresses[0].clone(), addresses[2].clone()]);
            assert_eq!(ends, ["no token", "COMPLETED"], "{client}, {proxy}");
            assert_eq!(stub.take().targets.len(), connections, "{client}, {proxy}");
        }
    }
}

/// The proxy is asked for the one host alone, also by those who carry requests of others.
#[test]
fn each_host_of_the_environment_has_its_own_way() {
    let stub = Stub::start();
    let (auth, api) = (format!("https://0.0.0.0:{}", stub.port), format!("https://localhost:{}", stub.port));
    let credentials = Credentials::client_secret_basic("id", "hunter2");
    let configuration = Configuration::new(Environment::at_bases(&auth, &api, "e-1").unwrap(), credentials)
        .trust(Trust::Certificates(stub.authority.clone()))
        .proxy(pingone_client_core::Proxy::Address(format!("127.0.0.1:{}", stub.port)));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let by_reqwest = pingone_async::ReqwestTransport::new(&configuration).unwrap();
    let by_ureq = pingone_blocking::UreqTransport::new(&configuration).unwrap();
    for (host, asked) in [(&auth, 1), (&api, 0)] {
        let request = || http::Request::get(format!("{host}/x")).body(bytes::Bytes::new()).unwrap();
        runtime.block_on(pingone_async::Transport::send(&by_reqwest, request(), WAIT)).unwrap();
        let seen = stub.take();
        assert_eq!((seen.targets.len(), seen.requests), (asked, 1), "async: {host}");
        pingone_blocking::Transport::send(&by_ureq, request(), WAIT).unwrap();
        let seen = stub.take();
        assert_eq!((seen.targets.len(), seen.requests), (asked, 1), "blocking: {host}");
    }
}
