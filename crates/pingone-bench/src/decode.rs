//! Reading the reply.

use bytes::Bytes;
use pingone_model::{DeviceAuthentication, Document, Glance};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::{
    Failure,
    measure::{Clock, Plan, Row, in_turn},
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

const USUAL_LATE: &str = "the usual structs, `type` last in each device";
const WHOLE_LATE: &str = "ours, whole, `type` last in each device";

const MINIFIED_GOALS: &[Goal] = &[
    // A reader that needs `type` first would have to read a device twice.
    Goal { row: WHOLE_LATE, what: What::CpuTo(WHOLE), at_most: 1.05 },
];

pub(crate) fn run(table: &mut Table) -> Result<(), Failure> {
    let body = Bytes::from(reply::documented());
    table.family(&format!("read the reply as documented, {} bytes", body.len()));
    table.rows(&in_turn(PLAN, rows(&body))?, Clock::Cpu, GOALS);

    let (body, late) = (Bytes::from(reply::minified()), Bytes::from(reply::type_last()?));
    let mut minified = rows(&body);
    minified.push(Row::here(USUAL_LATE, || Ok(serde_json::from_slice::<usual::Reply>(&late)?)));
    minified.push(Row::here(WHOLE_LATE, || Ok(Document::<DeviceAuthentication>::from_json(late.clone())?)));
    table.family(&format!("read it minified, {} bytes", body.len()));
    table.rows(&in_turn(PLAN, minified)?, Clock::Cpu, MINIFIED_GOALS);
    Ok(())
}

fn rows(body: &Bytes) -> Vec<Row<'_>> {
    vec![
        Row::here(FLOOR, || Ok(serde_json::from_slice::<IgnoredAny>(body)?)),
        Row::here(VALUE, || Ok(serde_json::from_slice::<Value>(body)?)),
        Row::here(USUAL, || Ok(serde_json::from_slice::<usual::Reply>(body)?)),
        Row::here(WHOLE, || Ok(Document::<DeviceAuthentication>::from_json(body.clone())?)),
        Row::here(STATUS, || Ok(Glance::from_json(body)?)),
    ]
}
