//! What both clients promise, by this one; and what its runtime makes special.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod paused;
mod without_a_runtime;

mod leaks {
    pingone_tests::leaks!(pingone_tests::Kind::Async);
}

mod scenarios {
    pingone_tests::scenarios!(pingone_tests::Kind::Async);
}
