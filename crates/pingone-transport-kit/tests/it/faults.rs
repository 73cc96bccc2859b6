//! Each fault of a transport is named, and nothing else of it.

use std::thread;

use pingone_transport_kit::{Report, Rule, check};

use super::faulty::{Fault, Faulty};

pub(crate) fn report(fault: Option<Fault>) -> Report {
    let transport = Faulty::new(fault);
    check(|request, limit| transport.send(request, limit)).unwrap()
}

/// A fault, the rules that it breaks, and a part of what is said of it.
const FAULTS: &[(Fault, &[Rule], &str)] = &[
    (Fault::Resends, &[Rule::Once], "a connection that is reset after the request: 1 sent, and 2 came"),
    (
        Fault::ResendsOnAConnectionInUse,
        &[Rule::Once],
        "a connection in use that is reset after the second request: 2 sent, and 3 came",
    ),
    (Fault::RetriesByStatus, &[Rule::Once], "a status that asks to try again: 1 sent, and 2 came"),
    (
        Fault::FollowsRedirects,
        &[Rule::NoRedirect],
        "a POST was taken there after 301, 302, 303, 307, 308, with the token",
    ),
    (Fault::IgnoresTheLimit, &[Rule::TimeLimit], "a body that drips past the time limit: "),
    (
        Fault::TakesLittleTimeForAnyTime,
        &[Rule::TimeLimit],
        "a time limit of less than a millisecond: an error came after ",
    ),
    (Fault::LimitsEachRead, &[Rule::TimeLimit], "a body without a length that drips past the time limit: "),
    (Fault::EndsTheBodyAtTheLimit, &[Rule::TimeLimit], "there was a response 200 with"),
    (Fault::CutsTheBody, &[Rule::WholeBody], "a body that ends before its length: there was a response 200"),
    (Fault::LosesTheHead, &[Rule::WholeBody], "use `interrupted`"),
    (Fault::ForgetsTheSizeLimit, &[Rule::SizeLimit], "one byte larger than the limit: there was a response 200"),
    (Fault::ReadsOn, &[Rule::SizeLimit], "a body that does not end: "),
    (Fault::ChangesAHeader, &[Rule::Request], "`user-agent` was changed"),
    (Fault::AddsAReferer, &[Rule::Request], "`referer` was added"),
    (Fault::DropsAHeader, &[Rule::Request], "`x-ping-external-transaction-id` is missing"),
    (Fault::ChangesTheBody, &[Rule::Request], "its body was changed"),
    (Fault::Chunks, &[Rule::Request], "send it with `content-length`"),
    (Fault::ChangesTheTarget, &[Rule::Request], "its first line became `POST /e-1/"),
    (Fault::TakesStatusesForErrors, &[Rule::Response], "the status 401 is no response"),
    (Fault::JoinsHeaders, &[Rule::Response], "its header `x-twice` became [\"two\"]"),
    (Fault::ReadsTextOnly, &[Rule::Response], "its body was changed"),
    (Fault::SaysNotSent, &[Rule::NotSent], "the service had it, and the error says"),
    (Fault::SaysMaybeSent, &[Rule::NotSent, Rule::WholeBody], "it cannot have reached the service"),
    (Fault::KeepsDeadConnections, &[Rule::NothingKept], "use a new connection for each"),
    (
        Fault::TakesLateReplies,
        &[Rule::NothingKept],
        "a reply that comes after the time limit: the next request was given it",
    ),
    (Fault::KeepsCookies, &[Rule::NothingKept], "a response that sets a cookie: it came with the next request"),
    (Fault::ShowsTheRequest, &[Rule::Secrets], "its error shows a header or a body"),
];

#[test]
fn without_a_fault_nothing_is_named() {
    let report = report(None);
    report.assert_kept();
    assert!(report.to_string().starts_with("the transport keeps the contract in "), "{report}");
}

#[test]
fn each_fault_is_named_and_breaks_no_other_rule() {
    thread::scope(|scope| {
        for (fault, rules, said) in FAULTS {
            scope.spawn(move || {
                let report = report(Some(*fault));
                let text = report.to_string();
                assert!(text.contains(said), "{fault:?}: {said} is not in {text}");
                for found in report.faults() {
                    assert!(rules.contains(&found.rule()), "{fault:?}: {found}\n{text}");
                    assert!(!found.to_string().contains('\n') && !found.to_string().contains("canary"), "{found}");
                }
                for rule in *rules {
                    assert!(report.faults().iter().any(|found| found.rule() == *rule), "{fault:?}: {rule}\n{text}");
                }
            });
        }
    });
}

#[test]
#[should_panic(expected = "the transport breaks the contract")]
fn a_test_fails_by_the_names_of_the_faults() {
    report(Some(Fault::FollowsRedirects)).assert_kept();
}
