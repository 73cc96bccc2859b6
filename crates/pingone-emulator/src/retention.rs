//! What is over is forgotten, so that an emulator can run indefinitely.

use std::{collections::VecDeque, time::Duration};

use jiff::Timestamp;

use crate::clock::{after, signed};

/// For how long, and how many of each kind, what is over is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Retention {
    pub(crate) age: Duration,
    pub(crate) number: usize,
}

impl Default for Retention {
    fn default() -> Self {
        Self { age: Duration::from_secs(24 * 60 * 60), number: 100_000 }
    }
}

impl Retention {
    pub(crate) fn is_past(&self, over_since: Timestamp, now: Timestamp) -> bool {
        after(over_since, signed(self.age)) <= now
    }
}

/// What has happened, in order, as far as it is remembered.
#[derive(Clone, Debug)]
pub(crate) struct Record<T> {
    entries: VecDeque<(Timestamp, T)>,
    retention: Retention,
}

impl<T> Record<T> {
    pub(crate) fn new(retention: Retention) -> Self {
        Self { entries: VecDeque::new(), retention }
    }

    pub(crate) fn push(&mut self, entry: T, now: Timestamp) {
        let Self { entries, retention } = self;
        let is_due = |entries: &VecDeque<(Timestamp, T)>| {
            entries.front().is_some_and(|(at, _)| entries.len() >= retention.number || retention.is_past(*at, now))
        };
        while is_due(entries) {
            entries.pop_front();
        }
        entries.push_back((now, entry));
    }

    /// The oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.entries.iter().map(|(_, entry)| entry)
    }

    /// The newest `last` of them, or all; the oldest first.
    pub(crate) fn newest(&self, last: Option<usize>) -> impl Iterator<Item = &T> {
        self.iter().skip(self.entries.len().saturating_sub(last.unwrap_or(usize::MAX)))
    }

    pub(crate) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        self.entries.retain(|(_, entry)| keep(entry));
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn a_record_forgets_by_age_and_by_number() {
        let mut record = Record::new(Retention { age: Duration::from_secs(10), number: 3 });
        let at = |seconds| after(Timestamp::UNIX_EPOCH, SignedDuration::from_secs(seconds));
        for number in 0..4 {
            record.push(number, at(number));
        }
        assert_eq!(Vec::from_iter(record.iter()), [&1, &2, &3]);
        assert_eq!(Vec::from_iter(record.newest(Some(2))), [&2, &3]);
        record.push(4, at(12));
        assert_eq!(Vec::from_iter(record.iter()), [&3, &4], "those of 1 and 2 are ten seconds old");
        record.clear();
        assert_eq!(record.iter().len(), 0);
    }
}
