//! The scenarios of both clients, held against each other.

use pingone_tests::{Kind, scenarios::SCENARIOS};

#[test]
fn both_clients_put_the_same_on_the_wire_and_end_alike() {
    for (name, scenario) in SCENARIOS {
        let [concurrent, blocking] = [scenario(Kind::Async), scenario(Kind::Blocking)];
        assert!(concurrent == blocking, "{name}\n--- async\n{concurrent}\n--- blocking\n{blocking}");
    }
}

#[test]
fn a_scenario_tells_what_was_sent() {
    let report = pingone_tests::scenarios::throttled_without_a_time(Kind::Blocking);
    assert_eq!(report.matches("POST /").count(), 3, "the token, and two attempts: {report}");
    assert!(report.contains("\ncontent-type: application/json\n") && report.ends_with("\n\na reply"), "{report}");
    assert!(SCENARIOS.len() >= 18);
}
