//! Calls of 64 tasks at a time, on one thread.

use std::sync::Arc;

use pingone_model::{CancelDeviceAuthentication, CancelReason};
use tokio::task::JoinSet;

use super::{REQWEST, REQWEST_TYPED, by_hand, configuration, runtime};
use crate::{
    Failure,
    measure::{Clock, Plan, Row, in_turn},
    requests::AUTHENTICATION,
    server::Server,
    table::{Goal, Table, What},
};

const TASKS: u32 = 64;
const PLAN: Plan = Plan { rounds: 40, runs: TASKS * 10 };

const ASYNC: &str = super::ASYNC;

const GOALS: &[Goal] = &[
    // 1.12 times as many calls a second.
    Goal { row: ASYNC, what: What::TimeTo(REQWEST_TYPED), at_most: 0.89 },
    Goal { row: ASYNC, what: What::CpuTo(REQWEST_TYPED), at_most: 0.88 },
];

pub(super) fn run(table: &mut Table) -> Result<(), Failure> {
    // The server has a core of its own, if there are two.
    let server = Server::start(1)?;
    let runtime = runtime()?;
    let by_hand = Arc::new(by_hand::Reqwest::to(&server)?);
    let client = pingone_async::Client::new(configuration(&server)?)?;
    let rows = vec![
        Row::batch(REQWEST, |runs| runtime.block_on(all(runs, &by_hand, bytes))),
        Row::batch(REQWEST_TYPED, |runs| runtime.block_on(all(runs, &by_hand, typed))),
        Row::batch(ASYNC, |runs| runtime.block_on(all(runs, &client, ours))),
    ];
    let measured = in_turn(PLAN, rows)?;
    table.family("cancel a push: time a call, 64 at a time on one thread");
    table.rows(&measured, Clock::Wall, GOALS);
    Ok(())
}

async fn bytes(client: Arc<by_hand::Reqwest>) -> Result<(), Failure> {
    client.cancel().await.map(drop)
}

async fn typed(client: Arc<by_hand::Reqwest>) -> Result<(), Failure> {
    by_hand::typed(&client.cancel().await?).map(drop)
}

async fn ours(client: pingone_async::Client) -> Result<(), Failure> {
    let cancel = CancelDeviceAuthentication::new(AUTHENTICATION, CancelReason::ChangeDevice);
    client.send(cancel).await?;
    Ok(())
}

/// Makes `calls` calls, in so many tasks.
async fn all<C, F>(calls: u32, client: &C, call: fn(C) -> F) -> Result<(), Failure>
where
    C: Clone + Send + 'static,
    F: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let client = client.clone();
        tasks.spawn(async move {
            for _ in 0..calls / TASKS {
                call(client.clone()).await?;
            }
            Ok::<_, Failure>(())
        });
    }
    while let Some(end) = tasks.join_next().await {
        end??;
    }
    Ok(())
}
