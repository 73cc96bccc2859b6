use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    authentication::{DeviceAuthentication, Failure, Step},
    rules,
};
use crate::{collection::Collection, resource::Conditions, retention::Retention, sequence::Sequence};

/// Every authentication, by its id; and by their numbers, what is to happen by itself.
#[derive(Clone)]
pub(crate) struct DeviceAuthentications {
    all: Collection<DeviceAuthentication>,
    ids: Sequence,
    /// When something happens to a pending push.
    due: BTreeSet<(Timestamp, u64)>,
    /// When an authentication is over, or will be.
    ends: BTreeSet<(Timestamp, u64)>,
    retention: Retention,
}

impl DeviceAuthentications {
    pub(crate) fn new(retention: Retention) -> Self {
        let (all, ids) = (Collection::new(), Sequence::new(*b"auth-ids"));
        Self { all, ids, due: BTreeSet::new(), ends: BTreeSet::new(), retention }
    }

    pub(super) fn next_id(&mut self) -> String {
        self.ids.id()
    }

    pub(super) fn get(&self, id: &str) -> Option<&DeviceAuthentication> {
        self.all.get(id)
    }

    /// Keeps a new authentication, or one that has changed.
    pub(super) fn put(&mut self, authentication: DeviceAuthentication) {
        let id = authentication.id.clone();
        let times = |one: &DeviceAuthentication| (one.due_at(), one.ends_at());
        let before = self.get(&id).map(times);
        let (due_at, ends_at) = times(&authentication);
        let number = self.all.put(&id, authentication);
        if let Some(before) = before {
            self.forget_times(before, number);
        }
        self.due.extend(due_at.map(|at| (at, number)));
        self.ends.insert((ends_at, number));
    }

    /// One to which something has happened by itself until `now`; the earliest of them.
    pub(super) fn next_due(&self, now: Timestamp) -> Option<&DeviceAuthentication> {
        let (at, number) = self.due.first()?;
        if *at <= now { self.all.at(*number) } else { None }
    }

    /// Forgets what has been over for too long, and if there are too many, the oldest; first what is over.
    pub(super) fn forget(&mut self, conditions: Conditions<'_>) {
        while let Some((ends_at, number)) = self.ends.first().copied() {
            let is_over = ends_at <= conditions.now;
            let is_too_much = self.all.len() > self.retention.number;
            if !is_too_much && !self.retention.is_past(ends_at, conditions.now) {
                return;
            }
            let oldest = || self.all.oldest().map_or(number, |(oldest, _)| oldest);
            let number = if is_over { number } else { oldest() };
            let is_open = |one: &DeviceAuthentication| !one.is_over(conditions);
            if !is_too_much && self.all.at(number).is_some_and(is_open) {
                // It would be over if authentications expired. Nothing but their number ends it.
                self.ends.remove(&(ends_at, number));
            } else {
                self.remove(number);
            }
        }
    }

    /// The user is gone, and so are their authentications.
    ///
    /// Rule: DELETE_ENDS_AUTHENTICATIONS.
    pub(crate) fn forget_user(&mut self, user_id: &str, conditions: Conditions<'_>) {
        let is_theirs = |one: &DeviceAuthentication| one.user.as_ref().is_some_and(|user| user.id() == user_id);
        let theirs: Vec<u64> =
            self.all.numbered().filter(|(_, one)| is_theirs(one)).map(|(number, _)| number).collect();
        for number in theirs {
            if conditions.holds(&rules::DELETE_ENDS_AUTHENTICATIONS) {
                self.remove(number);
            } else if let Some(mut open) = self.all.at(number).filter(|one| !one.is_over(conditions)).cloned() {
                open.move_to(Step::Failed(Failure::AccountNotUsable("The user was deleted.")), conditions.now);
                self.put(open);
            }
        }
    }

    fn remove(&mut self, number: u64) {
        if let Some(authentication) = self.all.remove_at(number) {
            self.forget_times((authentication.due_at(), authentication.ends_at()), number);
        }
    }

    fn forget_times(&mut self, (due_at, ends_at): (Option<Timestamp>, Timestamp), number: u64) {
        if let Some(at) = due_at {
            self.due.remove(&(at, number));
        }
        self.ends.remove(&(ends_at, number));
    }

    /// Those with a pending push, the oldest first.
    pub(super) fn waiting(&self) -> Vec<&DeviceAuthentication> {
        let mut numbers: Vec<u64> = self.due.iter().map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        numbers.into_iter().filter_map(|number| self.all.at(number)).collect()
    }

    /// All of them, the oldest first.
    pub(super) fn in_order(&self) -> impl DoubleEndedIterator<Item = &DeviceAuthentication> {
        self.all.iter()
    }

    /// How many authentications were looked at so far.
    #[cfg(test)]
    pub(crate) fn looks(&self) -> usize {
        self.all.looks.get()
    }
}
