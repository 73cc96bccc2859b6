//! Making a client, which one does once: reqwest's reads the system's trust store.

use pingone_async::{Configuration, Credentials};
use pingone_model::{Environment, Region};

use crate::{
    Failure,
    measure::{Clock, Plan, Row, in_turn},
    requests::ENVIRONMENT,
    table::{Goal, Table, What},
};

const PLAN: Plan = Plan { rounds: 60, runs: 2 };

const REQWEST: &str = "reqwest's";
const ASYNC: &str = "pingone-async's";

const GOALS: &[Goal] = &[Goal { row: ASYNC, what: What::ToFloor, at_most: 1.02 }];

pub(crate) fn run(table: &mut Table) -> Result<(), Failure> {
    let configuration = || {
        let environment = Environment::new(Region::Europe, ENVIRONMENT);
        Configuration::new(environment, Credentials::client_secret_basic("client", "secret"))
    };
    let measured = in_turn(
        PLAN,
        vec![
            Row::here(REQWEST, || Ok(reqwest::Client::builder().build()?)),
            Row::here(ASYNC, || Ok(pingone_async::Client::new(configuration())?)),
            Row::here("ureq's agent", || Ok(ureq::Agent::config_builder().build().new_agent())),
            Row::here("pingone-blocking's", || Ok(pingone_blocking::Client::new(configuration())?)),
        ],
    )?;
    table.family("make a client");
    table.rows(&measured, Clock::Cpu, GOALS);
    Ok(())
}
