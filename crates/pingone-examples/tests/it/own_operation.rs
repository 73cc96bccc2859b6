//! The example's own files, and the program made of them.

#[path = "../../examples/own_operation/operation.rs"]
mod operation;
#[path = "../../examples/own_operation/show.rs"]
mod show;
#[path = "../../examples/own_operation/stub.rs"]
mod stub;

use show::show;
use stub::Stub;

use crate::program;

const OPERATION: &str = include_str!("../../examples/own_operation/operation.rs");

#[test]
fn the_operation_is_at_most_fifteen_lines() {
    let (_, rest) = OPERATION.split_once("// The operation begins here.\n").expect("it begins");
    let (operation, _) = rest.split_once("// The operation ends here.").expect("it ends");
    assert!(operation.contains("impl Operation for ReadPopulation"), "{operation}");
    assert!((5..=15).contains(&operation.lines().count()), "{} lines", operation.lines().count());
}

#[tokio::test]
async fn what_it_prints_is_what_the_stub_received_and_answered() {
    let stub = Stub::start().await.unwrap();
    let mut printed = Vec::new();
    show(&stub, &mut printed).await.unwrap();
    let printed = String::from_utf8(printed).unwrap();
    let with = |mark: &str| printed.lines().filter_map(|line| line.strip_prefix(mark).map(str::to_owned)).collect();
    let (sent, came): (Vec<String>, Vec<String>) = (with("  > "), with("  < "));

    let exchanges = stub.exchanges();
    assert_eq!(exchanges.iter().map(|it| format!("{} {}", it.method, it.address)).collect::<Vec<_>>(), sent);
    assert_eq!(exchanges.iter().map(|it| it.answer.clone()).collect::<Vec<_>>(), came);
    assert_eq!(exchanges.len(), 2, "one of each client");
    for exchange in &exchanges {
        assert!(exchange.address.contains("/v1/environments/"), "{} is on the API host", exchange.address);
        assert!(exchange.has_token && printed.contains(&format!("\n  {exchange}\n")), "{exchange}");
    }
    assert_ne!(came[0], came[1], "each reply is its own");
    assert!(printed.starts_with(&format!("PingOne: environment {}", stub.environment().unwrap())), "{printed}");
}

#[test]
fn the_program_prints_the_same_and_needs_nothing() {
    let output = program::example("own_operation").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.matches("  > GET http://127.0.0.1:").count(), 2, "{text}");
    assert_eq!(
        text.matches(r#"  < {"id":"bd46e4d9-8d6b-4a2f-b8e6-1a0a3c3a0f1b","name":"Customers","readings":"#).count(),
        2,
        "{text}"
    );
}
