//! The examples of what people read, compiled, and run where they say how it is done.

macro_rules! documents {
    ($($name:ident = $path:literal,)*) => {$(
        #[doc = include_str!(concat!("../../../", $path))]
        pub struct $name;
    )*};
}

documents! {
    Readme = "README.md",
    Async = "crates/pingone-async/README.md",
    Blocking = "crates/pingone-blocking/README.md",
    Emulator = "crates/pingone-emulator/README.md",
    Model = "crates/pingone-model/README.md",
    TransportKit = "crates/pingone-transport-kit/README.md",
    Enrolment = "docs/enrolment.md",
    Errors = "docs/errors.md",
    Operation = "docs/operation.md",
    Retries = "docs/retries.md",
    Testing = "docs/testing.md",
    Transports = "docs/transports.md",
    Users = "docs/users.md",
    Waiting = "docs/waiting.md",
}
