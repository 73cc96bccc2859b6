//! Depth first through all schedules.

use std::collections::BTreeSet;

use super::{
    scene::Scene,
    world::{Canceller, Event, Property, Verdict, Waiter, World},
};

/// What was seen.
#[derive(Default)]
pub(super) struct Report {
    pub(super) schedules: u64,
    pub(super) requests: u64,
    pub(super) events: BTreeSet<Event>,
    pub(super) verdicts: BTreeSet<Verdict>,
    pub(super) changes: BTreeSet<&'static str>,
}

/// Lets everything happen that can, in every order, up to `depth` events; then nothing else does, and the waiter has to
/// end. A schedule that breaks a property is the error.
pub(super) fn explore<W: Waiter, C: Canceller>(depth: usize) -> Result<Report, (Property, Vec<Event>)> {
    let scene = Scene::new();
    let mut report = Report::default();
    let mut schedule = Vec::new();
    match visit(&scene, &World::<W, C>::new(&scene), depth, &mut schedule, &mut report) {
        Ok(()) => Ok(report),
        Err(property) => Err((property, schedule)),
    }
}

fn visit<W: Waiter, C: Canceller>(
    scene: &Scene,
    world: &World<W, C>,
    depth: usize,
    schedule: &mut Vec<Event>,
    report: &mut Report,
) -> Result<(), Property> {
    if depth == 0 || world.is_over() {
        let mut end = world.clone();
        end.run_out(scene)?;
        report.schedules += 1;
        report.requests += end.requests;
        report.verdicts.extend(end.verdict);
        report.changes.extend(end.change);
        return Ok(());
    }
    let moment = schedule.len().to_string();
    scene.service.save_snapshot(&*moment);
    for event in Event::ALL {
        if !world.is_possible(scene, event) {
            continue;
        }
        report.events.insert(event);
        schedule.push(event);
        let mut next = world.clone();
        next.happen(scene, event)?;
        visit(scene, &next, depth - 1, schedule, report)?;
        schedule.pop();
        scene.service.restore_snapshot(&moment);
    }
    Ok(())
}
