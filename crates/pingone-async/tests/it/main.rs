//! What both clients promise, by this one.

mod scenarios {
    pingone_tests::scenarios!(pingone_tests::Kind::Async);
}
