//! Reading the reply.

use bytes::Bytes;
use pingone_model::{DeviceAuthentication, Document, Glance};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::{
    Failure,
    measure::{Clock, Measured, Plan, Row, in_turn},
    reply,
    table::{Goal, Table, What},
    usual,
};

const PLAN: Plan = Plan { rounds: 400, runs: 20 };

const FLOOR: &str = "serde_json, skipping everything";
const VALUE: &str = "serde_json::Value";
const USUAL: &str = "the usual `#[serde(tag)]` structs";
const WHOLE: &str = "ours, whole: `Document<DeviceAuthentication>`";
const STATUS: &str = "ours, status alone: `Glance`";

const GOALS: &[Goal] = &[
    Goal { row: WHOLE, what: What::ToFloor, at_most: 2.8 },
    Goal { row: WHOLE, what: What::CpuTo(VALUE), at_most: 0.65 },
    Goal { row: WHOLE, what: What::CpuTo(USUAL), at_most: 0.7 },
    Goal { row: WHOLE, what: What::Allocations, at_most: 84.0 },
    Goal { row: STATUS, what: What::ToFloor, at_most: 1.1 },
    Goal { row: STATUS, what: What::Allocations, at_most: 2.0 },
];

pub(crate) fn run(table: &mut Table) -> Result<(), Failure> {
    let body = reply::documented();
    table.family(&format!("read the reply as documented, {} bytes", body.len()));
    table.rows(&measure(&body.into())?, Clock::Cpu, GOALS);

    let body = reply::minified();
    table.family(&format!("read it minified, {} bytes", body.len()));
    let minified = measure(&body.into())?;
    table.rows(&minified, Clock::Cpu, &[]);

    // A reader that needs `type` first would have to read a device twice.
    table.family("read it minified, with `type` last in each device");
    let early = ratio(&minified);
    let late = Goal { row: WHOLE, what: What::ToFloor, at_most: (early * 105.0).round() / 100.0 };
    table.rows(&measure(&reply::type_last()?.into())?, Clock::Cpu, &[late]);
    Ok(())
}

fn ratio(measured: &Measured) -> f64 {
    let rows = (measured.find(WHOLE), measured.find(FLOOR));
    if let (Some(whole), Some(floor)) = rows { whole.ratio(Clock::Cpu, floor) } else { f64::NAN }
}

fn measure(body: &Bytes) -> Result<Measured, Failure> {
    in_turn(
        PLAN,
        vec![
            Row::here(FLOOR, || Ok(serde_json::from_slice::<IgnoredAny>(body)?)),
            Row::here(VALUE, || Ok(serde_json::from_slice::<Value>(body)?)),
            Row::here(USUAL, || Ok(serde_json::from_slice::<usual::Reply>(body)?)),
            Row::here(WHOLE, || Ok(Document::<DeviceAuthentication>::from_json(body.clone())?)),
            Row::here(STATUS, || Ok(Glance::from_json(body)?)),
        ],
    )
}
