//! The table: a line for each row, and one below it for each goal beyond its ratio to the floor. It is printed line by line
//! as it is measured.

use crate::measure::{Clock, Figures, Measured};

/// How it begins.
pub(crate) const HEAD: &str = "| row | figure | ratio | goal | |\n|---|--:|--:|--:|---|";

/// What is asked of a row.
pub(crate) struct Goal {
    pub(crate) row: &'static str,
    pub(crate) what: What,
    pub(crate) at_most: f64,
}

pub(crate) enum What {
    /// The row's time, as a ratio to that of the family's first row.
    ToFloor,
    /// CPU time, as a ratio to that of another row.
    CpuTo(&'static str),
    /// Time that passes, as a ratio to that of another row.
    TimeTo(&'static str),
    /// How many there are.
    Allocations,
}

#[derive(Default)]
pub(crate) struct Table {
    lines: Vec<String>,
    missed: Vec<String>,
}

impl Table {
    pub(crate) fn head(&mut self) {
        HEAD.lines().for_each(|line| self.print(line.to_owned()));
    }

    pub(crate) fn family(&mut self, title: &str) {
        self.print(format!("| **{title}** | | | | |"));
    }

    /// All of it.
    pub(crate) fn text(&self) -> String {
        self.lines.join("\n")
    }

    fn print(&mut self, line: String) {
        println!("{line}");
        self.lines.push(line);
    }

    fn line(&mut self, name: &str, figure: &str, ratio: Option<f64>, goal: Option<f64>, verdict: &str) {
        let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
        let goal = goal.map_or_else(String::new, |goal| format!("≤ {goal}"));
        self.print(format!("| {name} | {figure} | {ratio} | {goal} | {verdict} |"));
    }

    /// All rows of a family, each beside the first.
    pub(crate) fn rows(&mut self, measured: &Measured, clock: Clock, goals: &[Goal]) {
        let Some(floor) = measured.rows().first() else {
            return;
        };
        for row in measured.rows() {
            let goals: Vec<_> = goals.iter().filter(|goal| goal.row == row.name).collect();
            let ratio = row.ratio(clock, floor);
            let to_floor = goals.iter().find(|goal| matches!(goal.what, What::ToFloor)).map(|goal| goal.at_most);
            let verdict = match to_floor {
                Some(at_most) => self.verdict(row.name, ratio, at_most),
                None if row.name == floor.name => "floor",
                None if goals.is_empty() => "peer",
                None => "",
            };
            self.line(row.name, &time(row.time(clock)), Some(ratio), to_floor, verdict);
            goals.iter().for_each(|goal| self.further_goal(row, goal, measured));
        }
    }

    fn further_goal(&mut self, row: &Figures, goal: &Goal, measured: &Measured) {
        let (clock, word, base) = match goal.what {
            What::ToFloor => return,
            What::CpuTo(base) => (Clock::Cpu, "CPU", base),
            What::TimeTo(base) => (Clock::Wall, "time", base),
            What::Allocations => {
                let count = row.allocations.unwrap_or_default() as f64;
                let verdict = self.verdict(row.name, count, goal.at_most);
                return self.line("… allocations", &count.to_string(), None, Some(goal.at_most), verdict);
            }
        };
        // It may be absent.
        if let Some(other) = measured.find(base) {
            let ratio = row.ratio(clock, other);
            let verdict = self.verdict(row.name, ratio, goal.at_most);
            self.line(&format!("… {word} to that of {base}"), "", Some(ratio), Some(goal.at_most), verdict);
        }
    }

    /// A figure by itself, which may be asked to be small.
    pub(crate) fn figure(&mut self, name: &str, value: f64, unit: &str, ratio: Option<f64>, at_most: Option<f64>) {
        let verdict = at_most.map_or("peer", |at_most| self.verdict(name, value, at_most));
        self.line(name, &format!("{value:.0} {unit}"), ratio, at_most, verdict);
    }

    /// A row that cannot be measured here.
    pub(crate) fn absent(&mut self, name: &str) {
        self.line(name, "", None, None, "absent");
    }

    /// What was missed, once more.
    pub(crate) fn end(&self) {
        if self.missed.is_empty() {
            println!("\nAll goals are met.");
        } else {
            println!("\nNot met: {}.", self.missed.join("; "));
        }
    }

    fn verdict(&mut self, name: &str, value: f64, at_most: f64) -> &'static str {
        if value <= at_most {
            return "met";
        }
        if !self.missed.iter().any(|missed| missed == name) {
            self.missed.push(name.to_owned());
        }
        "**not met**"
    }
}

fn time(nanoseconds: f64) -> String {
    if nanoseconds < 10_000.0 { format!("{nanoseconds:.0} ns") } else { format!("{:.1} µs", nanoseconds / 1_000.0) }
}
