//! Lists through both clients: all items, page after page, and nothing else.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, TryStreamExt};
use http::{Request, Response, Uri};
use pingone_client_core::{
    AccessToken, Configuration, Credentials, Error, ErrorKind, FnTransport, RetryPolicy, TransportError,
};
use pingone_model::{
    DeviceAuthentication, Document, Environment, Filter, List, Operation, OperationInfo, Page, Path, Problem, Query,
    Untyped,
};
use pingone_tests::{EitherClient, Kind, Wire, population::ListPopulations, reply};
use serde_json::{Value, json};

/// A page with the populations of these numbers, and a link to the next.
fn page(numbers: impl IntoIterator<Item = u32>, next: Option<&str>) -> String {
    let items: Vec<_> = numbers.into_iter().map(|number| json!({ "id": format!("p-{number}") })).collect();
    let mut page = json!({ "_embedded": { "populations": items }, "count": 450, "size": items.len() });
    if let Some(next) = next {
        page["_links"]["next"]["href"] = next.into();
    }
    page.to_string()
}

fn json_reply(body: &str) -> Vec<u8> {
    reply(200, "application/json", body)
}

fn at(url: &str) -> Configuration {
    let environment = Environment::at(url, "e-1").unwrap();
    let token = AccessToken::new("t").unwrap();
    Configuration::new(environment, Credentials::access_token(token)).retry(RetryPolicy::never())
}

/// The list that is asked for in these tests.
fn of_ada() -> ListPopulations {
    ListPopulations { query: Query::NONE.filter(&Filter::eq("name", "Ada & co")).limit(200) }
}

const FIRST: &str = "/v1/environments/e-1/populations?filter=name%20eq%20%22Ada%20%26%20co%22&limit=200";

/// What each client makes of `pages`, and where it looked for them.
fn walk(pages: &[Vec<u8>], check: impl Fn(&EitherClient, &Wire)) {
    for kind in Kind::BOTH {
        let wire = Wire::sequence(pages.to_vec(), Duration::ZERO).unwrap();
        check(&EitherClient::new(kind, at(&wire.url())).unwrap(), &wire);
    }
}

/// Path and query of each request.
fn targets(wire: &Wire) -> Vec<String> {
    wire.received().iter().map(|request| request.line.split(' ').nth(1).unwrap().to_owned()).collect()
}

fn id(item: &Document<Untyped>) -> String {
    serde_json::from_str::<Value>(item.as_json()).unwrap()["id"].as_str().unwrap().to_owned()
}

fn ids(items: impl Iterator<Item = Result<Document<Untyped>, Error>>) -> Vec<String> {
    items.map(|item| id(&item.unwrap())).collect()
}

fn numbered(numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
    numbers.into_iter().map(|number| format!("p-{number}")).collect()
}

#[test]
fn four_hundred_and_fifty_items_come_in_three_calls() {
    let link = |cursor| format!("https://api.pingone.eu/v1/environments/e-1/populations?limit=200&cursor={cursor}");
    let pages = [
        json_reply(&page(0..200, Some(&link("a")))),
        json_reply(&page(200..400, Some(&link("b%2Fc%3D")))),
        json_reply(&page(400..450, None)),
    ];
    walk(&pages, |client, wire| {
        let mut items = client.items(of_ada());
        assert_eq!(wire.requests(), 0, "{}: nothing is asked before it is wanted", client.name());
        assert_eq!(ids(items.by_ref().take(200)), numbered(0..200), "{}", client.name());
        assert_eq!(wire.requests(), 1, "{}: a page is one call, and no page is read ahead", client.name());
        assert_eq!(ids(items.by_ref()), numbered(200..450), "{}", client.name());
        let next = |cursor| format!("/v1/environments/e-1/populations?limit=200&cursor={cursor}");
        assert_eq!(targets(wire), [FIRST.to_owned(), next("a"), next("b%2Fc%3D")], "{}", client.name());
        assert!(items.next().is_none(), "{}: the end is the end", client.name());
        assert_eq!(wire.requests(), 3, "{}", client.name());
    });
}

#[test]
fn a_short_page_and_an_empty_one_in_the_middle_are_not_the_end() {
    let pages = [
        json_reply(&page(0..200, Some("/p?cursor=a"))),
        json_reply(&page(200..203, Some("/p?cursor=b"))),
        json_reply(&page([], Some("/p?cursor=c"))),
        json_reply(&page(203..210, None)),
    ];
    walk(&pages, |client, wire| {
        assert_eq!(ids(client.items(of_ada())), numbered(0..210), "{}", client.name());
        assert_eq!(wire.requests(), 4, "{}", client.name());
    });
}

#[test]
fn of_a_link_to_another_host_the_query_is_used_and_the_host_never_called() {
    let elsewhere = Wire::start(json_reply(&page(900..901, None)), Duration::ZERO).unwrap();
    let link = format!("{}/v1/environments/e-2/users?cursor=c&limit=200", elsewhere.url());
    let pages = [json_reply(&page(0..200, Some(&link))), json_reply(&page(200..201, None))];
    walk(&pages, |client, wire| {
        assert_eq!(ids(client.items(of_ada())), numbered(0..201), "{}", client.name());
        assert_eq!(targets(wire)[1], "/v1/environments/e-1/populations?cursor=c&limit=200", "{}", client.name());
    });
    assert_eq!((elsewhere.requests(), elsewhere.token_requests()), (0, 0));
}

/// Everything of a list that ends with an error: how many items came before it, the error, and that nothing comes after.
fn broken(client: &EitherClient) -> (usize, Error) {
    let mut items = client.items(of_ada());
    let mut count = 0;
    let error = loop {
        match items.next().expect("the error is not swallowed") {
            Ok(_) => count += 1,
            Err(error) => break error,
        }
        assert!(count < 1_000, "{}: it does not end", client.name());
    };
    assert!(items.next().is_none() && items.next().is_none(), "{}: after an error is the end", client.name());
    (count, error)
}

#[test]
fn an_error_on_the_second_page_is_seen_and_then_the_list_ends() {
    let pages = [
        json_reply(&page(0..200, Some("/p?cursor=a"))),
        reply(403, "application/json", r#"{"code":"INSUFFICIENT_PERMISSIONS"}"#),
    ];
    walk(&pages, |client, wire| {
        let (count, error) = broken(client);
        assert_eq!((count, error.problem()), (200, Problem::NotPermitted), "{}", client.name());
        assert_eq!(error.operation(), "population.list");
        assert_eq!(wire.requests(), 2, "{}: an error is not asked for again", client.name());
    });
}

#[test]
fn a_page_that_fails_in_a_way_that_passes_is_read_again() {
    let pages = [
        json_reply(&page(0..200, Some("/p?cursor=a"))),
        reply(502, "text/html", "<html>"),
        json_reply(&page(200..250, None)),
    ];
    for kind in Kind::BOTH {
        let wire = Wire::sequence(pages.to_vec(), Duration::ZERO).unwrap();
        let configuration = at(&wire.url()).retry(RetryPolicy::new().base(Duration::from_millis(5)));
        let client = &EitherClient::new(kind, configuration).unwrap();
        assert_eq!(ids(client.items(of_ada())), numbered(0..250), "{}", client.name());
        let targets = targets(&wire);
        assert_eq!((targets.len(), &targets[1]), (3, &targets[2]), "{}", client.name());
    }
}

#[test]
fn a_link_that_leads_to_the_same_page_or_has_no_query_is_an_error() {
    let same = format!("https://elsewhere.example{FIRST}");
    for link in [&*same, "https://elsewhere.example/p", ""] {
        walk(&[json_reply(&page(0..200, Some(link)))], |client, wire| {
            let (count, error) = broken(client);
            assert_eq!((count, error.kind()), (0, ErrorKind::Response), "{}: {link}", client.name());
            assert!(!error.maybe_applied(), "a list is only read");
            let reason = std::error::Error::source(&error).unwrap().to_string();
            assert!(reason.contains("link to the next page"), "{reason}");
            // The page is not lost: it is in the error.
            assert!(error.response_error().unwrap().body().windows(7).any(|part| part == b"\"p-199\""));
            assert_eq!(wire.requests(), 1, "{}", client.name());
        });
    }
}

/// A list whose page at a cursor is what `page_at` says; none is the first.
fn linked(page_at: impl Fn(Option<u32>) -> String + Send + Sync + 'static) -> (FnTransport, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let seen = Arc::clone(&asked);
    let transport = FnTransport::new(move |request| {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let body = page_at(query.split_once("cursor=").map(|(_, cursor)| cursor.parse().unwrap()));
        seen.lock().unwrap().push(query);
        Response::builder().header("Correlation-Id", "c-1").body(body.into()).unwrap()
    });
    (transport, asked)
}

fn link_to(cursor: u32) -> String {
    format!("https://elsewhere.example/p?cursor={cursor}")
}

#[test]
fn links_that_lead_in_a_circle_end_when_the_first_one_comes_again() {
    // Page 1 is that of cursor 1, and so on. The first page cannot be linked to; its link leads to page 1.
    for (last, back_to) in [(2, 1), (3, 1), (7, 1), (3, 2), (7, 6)] {
        for kind in Kind::BOTH {
            let (transport, asked) = linked(move |cursor| {
                let number = cursor.unwrap_or(0);
                page([number], Some(&link_to(if number == last { back_to } else { number + 1 })))
            });
            let client = EitherClient::over(kind, at("https://gateway.example"), transport).unwrap();
            let (count, error) = broken(&client);
            let here = format!("{}: from {last} back to {back_to}", client.name());
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Response, 1), "{here}");
            assert_eq!((error.correlation_id(), error.operation()), (Some("c-1"), "population.list"), "{here}");
            let reason = std::error::Error::source(&error).unwrap().to_string();
            assert!(reason.contains("link to the next page leads back"), "{here}: {reason}");
            let asked = asked.lock().unwrap();
            assert_eq!(asked.len(), usize::try_from(last + 1).unwrap(), "{here}: no page is read twice");
            assert_eq!(count, asked.len() - 1, "{here}: every page is given but the last, which is in the error");
            let body = error.response_error().unwrap().body().clone();
            assert_eq!(body, page([last], Some(&link_to(back_to))), "{here}");
        }
    }
}

#[test]
fn a_link_back_to_the_first_page_is_a_circle_as_well() {
    let first = format!("https://elsewhere.example{FIRST}");
    let pages = [json_reply(&page(0..2, Some("/p?cursor=a"))), json_reply(&page(2..4, Some(&first)))];
    walk(&pages, |client, wire| {
        let (count, error) = broken(client);
        assert_eq!((count, error.kind()), (2, ErrorKind::Response), "{}", client.name());
        assert_eq!(wire.requests(), 2, "{}", client.name());
    });
}

#[test]
fn pages_without_items_come_to_an_end() {
    for kind in Kind::BOTH {
        // One item on the first page and another in the midst; after that, there is only ever another page.
        let (transport, asked) = linked(|cursor| {
            let number = cursor.unwrap_or(0);
            page([number].into_iter().filter(|number| [0, 999].contains(number)), Some(&link_to(number + 1)))
        });
        let client = EitherClient::over(kind, at("https://gateway.example"), transport).unwrap();
        let (count, error) = broken(&client);
        assert_eq!((count, error.kind()), (2, ErrorKind::Response), "{}", client.name());
        let reason = std::error::Error::source(&error).unwrap().to_string();
        assert!(reason.contains("a thousand pages in a row have no item"), "{reason}");
        assert_eq!(asked.lock().unwrap().len(), 2_000, "{}", client.name());
    }
}

#[test]
fn the_last_of_many_pages_without_items_is_no_error() {
    for kind in Kind::BOTH {
        let (transport, _) = linked(|cursor| {
            let number = cursor.unwrap_or(0);
            page([], (number < 999).then(|| link_to(number + 1)).as_deref())
        });
        let client = EitherClient::over(kind, at("https://gateway.example"), transport).unwrap();
        assert!(client.items(of_ada()).next().is_none(), "{}", client.name());
    }
}

#[test]
fn a_page_that_cannot_be_read_is_an_error() {
    for body in ["{}", r#"{"_embedded":{"users":[]}}"#, "[]", "", r#"{"_embedded":{"populations":7}}"#] {
        walk(&[json_reply(&page(0..2, Some("/p?cursor=a"))), json_reply(body)], |client, _| {
            let (count, error) = broken(client);
            assert_eq!((count, error.kind()), (2, ErrorKind::Response), "{}: {body}", client.name());
        });
    }
}

/// A list of things that have to say where they stand.
#[derive(Clone)]
struct ListAuthentications(Query);

impl Operation for ListAuthentications {
    const INFO: &'static OperationInfo =
        &OperationInfo::get("own.list", Path::auth("/{envID}/deviceAuthentications"), &[]);
    type Output = Page<Self>;

    fn query(&self) -> Query {
        self.0.clone()
    }
}

impl List for ListAuthentications {
    type Item = DeviceAuthentication;
    const ITEMS: &'static str = "deviceAuthentications";

    fn at(&self, query: Query) -> Self {
        Self(query)
    }
}

#[test]
fn an_item_that_cannot_be_read_is_an_error_and_not_the_end_of_its_page() {
    let items = json!([{ "status": "COMPLETED" }, { "id": "a-2" }, { "status": "FAILED" }]);
    let body = json!({ "_embedded": { "deviceAuthentications": items } }).to_string();
    walk(&[json_reply(&body)], |client, _| {
        let mut items = client.items(ListAuthentications(Query::NONE));
        let error = items.next().unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Response, "{}: {error}", client.name());
        assert!(items.next().is_none(), "{}", client.name());
    });
}

/// An async transport that answers from a list, and never where that says so.
#[derive(Debug)]
struct Script {
    pages: Mutex<VecDeque<Option<String>>>,
    asked: Arc<Mutex<Vec<Uri>>>,
}

#[pingone_async::async_trait]
impl pingone_async::Transport for Script {
    async fn send(&self, request: Request<Bytes>, _: Duration) -> Result<Response<Bytes>, TransportError> {
        self.asked.lock().unwrap().push(request.uri().clone());
        let page = self.pages.lock().unwrap().pop_front().expect("nothing more is asked");
        match page {
            Some(page) => Ok(Response::new(page.into())),
            None => std::future::pending().await,
        }
    }
}

fn scripted(pages: impl IntoIterator<Item = Option<String>>) -> (pingone_async::Client, Arc<Mutex<Vec<Uri>>>) {
    let asked = Arc::<Mutex<Vec<Uri>>>::default();
    let script = Script { pages: Mutex::new(pages.into_iter().collect()), asked: Arc::clone(&asked) };
    let client = pingone_async::Client::builder(at("https://gateway.example")).transport(script).build().unwrap();
    (client, asked)
}

#[tokio::test]
async fn a_future_that_is_dropped_in_the_midst_of_a_page_loses_nothing() {
    let link = Some("https://elsewhere.example/p?cursor=a");
    let (client, asked) = scripted([Some(page(0..200, link)), None, Some(page(200..250, None))]);
    let mut items = client.items(of_ada());
    for number in 0..200 {
        assert_eq!(id(&items.next().await.unwrap().unwrap()), format!("p-{number}"));
    }
    assert!(items.next().now_or_never().is_none(), "the second page does not come");
    let mut rest = Vec::new();
    while let Some(item) = items.next().await {
        rest.push(id(&item.unwrap()));
    }
    assert_eq!(rest, numbered(200..250));
    let asked = asked.lock().unwrap();
    assert_eq!((asked.len(), &asked[1]), (3, &asked[2]), "the page is read anew");
    assert!(asked.iter().all(|uri| uri.host() == Some("gateway.example")), "{asked:?}");
}

#[tokio::test]
async fn as_a_stream_a_list_has_the_same_items_and_the_same_end() {
    let (client, asked) = scripted([Some(page(0..3, Some("/p?cursor=a"))), Some(page(3..5, None))]);
    let all: Vec<_> = client.items(of_ada()).into_stream().try_collect().await.unwrap();
    assert_eq!(ids(all.into_iter().map(Ok)), numbered(0..5));
    assert_eq!(asked.lock().unwrap().len(), 2);

    let circle = [page(0..1, Some("/p?cursor=a")), page(1..2, Some("/p?cursor=b")), page(2..3, Some("/p?cursor=a"))];
    let (client, _) = scripted(circle.map(Some));
    let ends: Vec<_> = client.items(of_ada()).into_stream().map(|item| item.is_ok()).collect().await;
    assert_eq!(ends, [true, true, false], "a circle of links ends it, too");

    let (client, _) = scripted([Some(page(0..3, Some("/p?cursor=a"))), Some("{}".to_owned())]);
    let ends: Vec<_> = client.items(of_ada()).into_stream().map(|item| item.is_ok()).collect().await;
    assert_eq!(ends, [true, true, true, false]);
}
