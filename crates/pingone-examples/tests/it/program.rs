//! An example, run as a program.

use std::{env, path::PathBuf, process::Command};

use pingone_emulator::Emulator;

const VARIABLES: [&str; 9] = [
    "PINGONE_REGION",
    "PINGONE_CUSTOM_DOMAIN",
    "PINGONE_AUTH_URL",
    "PINGONE_ENVIRONMENT_ID",
    "PINGONE_CLIENT_ID",
    "PINGONE_CLIENT_SECRET",
    "PINGONE_USER_ID",
    "PINGONE_USERNAME",
    "PINGONE_EMAIL",
];

/// An example, which `cargo test` has built beside this test, without any variable of ours.
pub(crate) fn example(name: &str) -> Command {
    let this = env::current_exe().unwrap();
    let mut path: PathBuf = this.parent().unwrap().parent().unwrap().join("examples").join(name);
    path.set_extension(env::consts::EXE_EXTENSION);
    assert!(path.exists(), "`cargo test -p pingone-examples` builds {}", path.display());
    let mut command = Command::new(path);
    for name in VARIABLES {
        command.env_remove(name);
    }
    command
}

/// What leads an example to this emulator.
pub(crate) fn variables(emulator: &Emulator) -> [(&'static str, String); 5] {
    let service = emulator.service();
    [
        ("PINGONE_AUTH_URL", emulator.auth_url()),
        ("PINGONE_ENVIRONMENT_ID", service.environment_id().to_owned()),
        ("PINGONE_CLIENT_ID", service.client_id().to_owned()),
        ("PINGONE_CLIENT_SECRET", service.client_secret().to_owned()),
        ("PINGONE_USER_ID", service.user_id().to_owned()),
    ]
}
