//! The table that is printed: a line for each row and each goal.

use crate::measure::{Clock, Measured};

/// What is asked of a row, as a ratio to another row unless it is a count.
pub(crate) struct Goal {
    pub(crate) row: &'static str,
    pub(crate) what: What,
    pub(crate) at_most: f64,
}

pub(crate) enum What {
    /// A time, to that of the family's first row.
    ToFloor,
    /// CPU time, to that of another row.
    CpuTo(&'static str),
    /// Time that passes, to that of another row.
    WallTo(&'static str),
    Allocations,
}

#[derive(Default)]
pub(crate) struct Table {
    missed: Vec<String>,
}

impl Table {
    pub(crate) fn head(&self) {
        println!("| row | figure | x floor | goal | |");
        println!("|---|--:|--:|--:|---|");
    }

    pub(crate) fn family(&self, title: &str) {
        println!("| **{title}** | | | | |");
    }

    /// A line for each row, and below it one for each goal that it has beyond its ratio to the floor.
    pub(crate) fn rows(&mut self, measured: &Measured, clock: Clock, goals: &[Goal]) {
        let Some(floor) = measured.rows().first() else {
            return;
        };
        for row in measured.rows() {
            let mine = || goals.iter().filter(|goal| goal.row == row.name);
            let to_floor = mine().find(|goal| matches!(goal.what, What::ToFloor)).map(|goal| goal.at_most);
            let standing = if row.name == floor.name { "floor" } else { "peer" };
            let is_ours = mine().next().is_some();
            let ratio = row.ratio(clock, floor);
            let verdict =
                to_floor.map_or(if is_ours { "" } else { standing }, |goal| self.verdict(row.name, ratio, goal));
            self.line(row.name, &time(row.time(clock)), Some(ratio), to_floor, verdict);
            for goal in mine() {
                let (name, figure, value) = match goal.what {
                    What::ToFloor => continue,
                    What::CpuTo(base) => {
                        let base_row = measured.find(base);
                        let Some(base_row) = base_row else { continue };
                        (format!("… CPU to that of {base}"), String::new(), row.ratio(Clock::Cpu, base_row))
                    }
                    What::WallTo(base) => {
                        let Some(base_row) = measured.find(base) else { continue };
                        (format!("… time to that of {base}"), String::new(), row.ratio(Clock::Wall, base_row))
                    }
                    What::Allocations => {
                        let count = row.allocations.unwrap_or_default() as f64;
                        ("… allocations".to_owned(), format!("{count}"), count)
                    }
                };
                let ratio = figure.is_empty().then_some(value);
                let verdict = self.verdict(row.name, value, goal.at_most);
                self.line(&name, &figure, ratio, Some(goal.at_most), verdict);
            }
        }
    }

    /// A line by itself, with a figure that may be asked to be small.
    pub(crate) fn figure(&mut self, name: &str, value: f64, unit: &str, ratio: Option<f64>, at_most: Option<f64>) {
        let verdict = at_most.map_or("peer", |goal| self.verdict(name, value, goal));
        self.line(name, &format!("{value:.0} {unit}"), ratio, at_most, verdict);
    }

    /// A row that cannot be measured here.
    pub(crate) fn absent(&self, name: &str) {
        self.line(name, "", None, None, "absent");
    }

    /// What was missed, once more.
    pub(crate) fn end(&self) {
        if self.missed.is_empty() {
            println!("\nAll goals are met.");
        } else {
            println!("\nNot met: {}.", self.missed.join(", "));
        }
    }

    fn verdict(&mut self, name: &str, value: f64, at_most: f64) -> &'static str {
        if value <= at_most {
            return "met";
        }
        if self.missed.last().is_none_or(|last| last != name) {
            self.missed.push(name.to_owned());
        }
        "**not met**"
    }

    fn line(&self, name: &str, figure: &str, ratio: Option<f64>, goal: Option<f64>, verdict: &str) {
        let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        let goal = goal.map_or_else(String::new, |goal| format!("≤ {goal}"));
        println!("| {name} | {figure} | {ratio} | {goal} | {verdict} |");
    }
}

fn time(nanoseconds: f64) -> String {
    if nanoseconds < 10_000.0 { format!("{nanoseconds:.0} ns") } else { format!("{:.1} µs", nanoseconds / 1_000.0) }
}
