//! What both clients promise, by this one.

mod leaks {
    pingone_tests::leaks!(pingone_tests::Kind::Async);
}

mod scenarios {
    pingone_tests::scenarios!(pingone_tests::Kind::Async);
}
