//! Rows that run in turn, so that other work on the machine hits all alike; and allocations, which are counted.
//!
//! The usual harnesses time one row after the other, and have no ratios, no CPU time and no rows in other processes.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use crate::{Failure, machine};

/// What so many runs cost.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
}

/// One way to do what a family of rows does.
pub(crate) struct Row<'a> {
    name: &'static str,
    run: Box<dyn FnMut(u32) -> Result<Cost, Failure> + 'a>,
    /// Whether it runs in this process, where its allocations can be counted.
    is_here: bool,
}

impl<'a> Row<'a> {
    /// A row that is timed here.
    pub(crate) fn here<T>(name: &'static str, mut run: impl FnMut() -> Result<T, Failure> + 'a) -> Self {
        Self::batch(name, move |runs| {
            for _ in 0..runs {
                black_box(run()?);
            }
            Ok(())
        })
    }

    /// The same, of which all runs of a round are done at once.
    pub(crate) fn batch(name: &'static str, mut run: impl FnMut(u32) -> Result<(), Failure> + 'a) -> Self {
        let timed = move |runs| {
            let (cpu, wall) = (machine::cpu_time(), Instant::now());
            run(runs)?;
            Ok(Cost { cpu: machine::cpu_time() - cpu, wall: wall.elapsed() })
        };
        Self { name, run: Box::new(timed), is_here: true }
    }

    /// A row in another process, which tells its cost.
    pub(crate) fn elsewhere(name: &'static str, run: impl FnMut(u32) -> Result<Cost, Failure> + 'a) -> Self {
        Self { name, run: Box::new(run), is_here: false }
    }
}

/// How often a family runs: each row `runs` times in each round.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    pub(crate) runs: u32,
}

/// What the rows of a family cost, the floor first.
pub(crate) struct Measured(Vec<Figures>);

pub(crate) struct Figures {
    pub(crate) name: &'static str,
    /// Nanoseconds a run, round by round.
    cpu: Vec<f64>,
    wall: Vec<f64>,
    pub(crate) allocations: Option<u64>,
}

/// Which time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    Cpu,
    Wall,
}

impl Figures {
    fn times(&self, clock: Clock) -> &[f64] {
        match clock {
            Clock::Cpu => &self.cpu,
            Clock::Wall => &self.wall,
        }
    }

    /// Nanoseconds a run.
    pub(crate) fn time(&self, clock: Clock) -> f64 {
        median(self.times(clock).to_vec())
    }

    /// The median of this row's time to another's in the same round.
    pub(crate) fn ratio(&self, clock: Clock, base: &Self) -> f64 {
        median(self.times(clock).iter().zip(base.times(clock)).map(|(time, base)| time / base).collect())
    }
}

impl Measured {
    pub(crate) fn rows(&self) -> &[Figures] {
        &self.0
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Figures> {
        self.0.iter().find(|row| row.name == name)
    }
}

pub(crate) fn in_turn(plan: Plan, mut rows: Vec<Row<'_>>) -> Result<Measured, Failure> {
    let mut figures = Vec::new();
    for row in &mut rows {
        // The first run makes connections, fetches a token, and fills caches.
        (row.run)(plan.runs)?;
        let mut allocations = None;
        if row.is_here {
            let mut end = Ok(());
            let counted = allocation_counter::measure(|| end = (row.run)(plan.runs).map(drop));
            end?;
            allocations = Some((counted.count_total as f64 / f64::from(plan.runs)).round() as u64);
        }
        figures.push(Figures { name: row.name, cpu: Vec::new(), wall: Vec::new(), allocations });
    }
    for _ in 0..plan.rounds {
        for (row, figures) in rows.iter_mut().zip(&mut figures) {
            let cost = (row.run)(plan.runs)?;
            let each = |time: Duration| time.as_nanos() as f64 / f64::from(plan.runs);
            figures.cpu.push(each(cost.cpu));
            figures.wall.push(each(cost.wall));
        }
    }
    Ok(Measured(figures))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
