//! The emulator's people, with their passwords.

use pingone_emulator::Data;
use pingone_examples::{Failure, Place};

use crate::{app::people::TestPeople, variables::variable};

pub(crate) const ADA_PASSWORD: &str = "engine-1843";

/// The policy in `emulator.toml`.
pub(crate) const POLICY: &str = "b1a8d2c4-7e5f-4a3b-8c6d-9e0f1a2b3c4d";

/// Each with a name, which is also the id, and a password. Their devices are in `emulator.toml`.
const PEOPLE: [(&str, &str); 3] = [("ada", ADA_PASSWORD), ("grace", "compiler-1952"), ("linus", "kernel-1991")];

pub(crate) fn data() -> Result<Data, Failure> {
    Ok(Data::from_toml(include_str!("emulator.toml"))?)
}

/// The emulator's people; elsewhere the one user named by `PINGONE_USER_ID`, with a password of your own.
pub(crate) fn people(place: &Place) -> Result<TestPeople, Failure> {
    let people = if place.emulator_page().is_some() {
        TestPeople::new(PEOPLE.map(|(name, password)| (name, password, name.into())))
    } else {
        let password =
            variable("LOGIN_PASSWORD").ok_or("LOGIN_PASSWORD is missing: it is what the page asks ada for")?;
        TestPeople::new([("ada", &*password, place.user.clone())])
    };
    people.ok_or_else(|| "the system has no randomness to give".into())
}
