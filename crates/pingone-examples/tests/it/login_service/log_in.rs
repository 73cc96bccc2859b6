//! Ways to be logged in.

use pingone_emulator::{Client, Data, Device, Emulator, Policy, TokenEndpointAuthMethod, User};
use serde_json::json;

use super::browser::{Answer, Browser, KEY, count, replica};

const PHONE: &str = "3c325a86-283d-4fdf-bfda-239900d1ce8d";
const MAIL: &str = "daba8c2b-5f01-42fa-91a5-ee91e58b0b26";

/// From the user's name to the list of devices.
pub(super) async fn change_device(browser: &mut Browser) -> Answer {
    browser.begin().await.shows("Look at your phone");
    let list = browser.submit("/change", "").await;
    list.shows("Choose a device");
    list
}

/// From the list of devices to the field for the code.
pub(super) async fn choose_mail(browser: &mut Browser) -> Answer {
    let page = browser.submit("/select", &format!("device={MAIL}")).await;
    page.shows("Enter the code").says("ad****@example.com");
    page
}

pub(super) fn sent_code(emulator: &Emulator) -> String {
    emulator.service().codes().last().unwrap().code().to_owned()
}

#[tokio::test]
async fn by_a_push_for_which_the_page_waits() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.get("/").await.shows("Log in");
    let page = browser.begin().await;
    page.shows("Look at your phone")
        .says("SampleDevice1")
        .says("src=\"/wait.js\"")
        .says("<noscript><form method=\"get\" action=\"/\">");
    assert_eq!(browser.get("/wait").await.status, 204, "nobody has answered: ask again");

    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    let reads = count(&emulator, "device_authentication.read");
    assert_eq!(browser.get("/wait").await.headers["location"], "/");
    assert_eq!(count(&emulator, "device_authentication.read"), reads + 1);
    browser.get("/").await.shows("Logged in").says("ada");
    assert_eq!(count(&emulator, "device_authentication.initialize"), 1);
    browser.submit("/leave", "").await.shows("Log in");
    assert_eq!(browser.visit(), None);
}

#[tokio::test]
async fn by_a_push_without_scripts() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    browser.begin().await;
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    assert_eq!(browser.get("/").await.status, 303);
    browser.get("/").await.shows("Logged in");
}

#[tokio::test]
async fn by_another_device() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    let list = change_device(&mut browser).await;
    let places = [MAIL, PHONE].map(|id| list.text.find(id).unwrap());
    assert!(places[0] < places[1], "the abandoned phone comes last");
    list.says("Approve a request in the app, once more");
    let (_, not_usable) = list.text.split_once("Not usable now").unwrap();
    assert!(not_usable.contains("Passkey 1<small>Belongs to another site"), "{not_usable}");

    choose_mail(&mut browser).await;
    browser.get("/devices").await.shows("Choose a device");
    browser.submit("/code", &format!("code={}", sent_code(&emulator))).await.shows("Logged in");
    assert_eq!(
        (count(&emulator, "device_authentication.initialize"), count(&emulator, "device_authentication.cancel")),
        (1, 1)
    );
}

#[tokio::test]
async fn by_the_same_phone_once_more_if_the_user_wants_that() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    change_device(&mut browser).await;
    browser.submit("/select", &format!("device={PHONE}")).await.shows("Look at your phone");
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    browser.get("/wait").await;
    browser.get("/").await.shows("Logged in");
}

#[tokio::test]
async fn through_two_replicas_that_know_nothing_of_each_other() {
    let emulator = Emulator::start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY), replica(&emulator, KEY)]);
    change_device(&mut browser).await;
    choose_mail(&mut browser).await;
    browser.submit("/code", &format!("code={}", sent_code(&emulator))).await.shows("Logged in");

    let mut browser = Browser::new([replica(&emulator, KEY), replica(&emulator, KEY)]);
    browser.begin().await.shows("Look at your phone");
    assert_eq!(browser.get("/wait").await.status, 204, "one replica waits");
    emulator.service().approve_push(&Browser::push(&emulator)).unwrap();
    assert_eq!(browser.get("/wait").await.status, 303, "the other hears of the answer");
    browser.get("/").await.shows("Logged in");
}

#[tokio::test]
async fn with_a_number_to_match_and_a_name_that_would_like_to_be_markup() {
    let phone = Device::new("phone", "MOBILE").member("nickname", json!("<b>phone</b>"));
    let client = Client::new("client", "secret", TokenEndpointAuthMethod::ClientSecretBasic);
    let policy = Policy::new("policy").number_matching(true);
    let data = Data::with_policy("environment", policy).client(client).user(User::new("u-1").device(phone));
    let emulator = Emulator::builder().data(data).start().unwrap();
    let mut browser = Browser::new([replica(&emulator, KEY)]);
    let page = browser.begin().await;
    let number = emulator.service().pending_pushes()[0].number().unwrap();
    page.says(&format!("<p class=\"number\">{number}</p>")).says("&lt;b&gt;phone&lt;/b&gt;");
}
