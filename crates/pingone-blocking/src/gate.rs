use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Lets so many requests be in flight at once, and others wait in turn.
#[derive(Debug)]
pub(crate) struct Gate {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Debug)]
struct Queue {
    free: usize,
    /// Who waits, first come first.
    waiting: VecDeque<u64>,
    next_ticket: u64,
}

impl Queue {
    fn is_turn_of(&self, ticket: u64) -> bool {
        self.free > 0 && self.waiting.front() == Some(&ticket)
    }
}

impl Gate {
    pub(crate) fn new(places: Option<usize>) -> Self {
        let queue = Queue { free: places.unwrap_or(usize::MAX), waiting: VecDeque::new(), next_ticket: 0 };
        Self { queue: Mutex::new(queue), changed: Condvar::new() }
    }

    /// A place, which is free again when it is dropped; none if there is none within this time.
    pub(crate) fn enter(&self, within: Duration) -> Option<Place<'_>> {
        let mut queue = self.queue();
        let ticket = queue.next_ticket;
        queue.next_ticket += 1;
        queue.waiting.push_back(ticket);
        let turn = self.changed.wait_timeout_while(queue, within, |queue| !queue.is_turn_of(ticket));
        let (mut queue, _) = turn.unwrap_or_else(PoisonError::into_inner);
        let has_come = queue.is_turn_of(ticket);
        queue.free -= usize::from(has_come);
        queue.waiting.retain(|other| *other != ticket);
        // It may be the turn of the one behind.
        self.changed.notify_all();
        has_come.then(|| Place(self))
    }

    /// Nothing can panic while it is locked, so it is whole whoever panicked.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among the requests in flight.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Gate);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.queue().free += 1;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn waits(gate: &Gate, count: usize) {
        while gate.queue().waiting.len() != count {
            thread::yield_now();
        }
    }

    #[test]
    fn who_comes_first_enters_first() {
        let (gate, (entered, order)) = (Gate::new(Some(1)), mpsc::channel());
        thread::scope(|scope| {
            let place = gate.enter(LONG).unwrap();
            for number in 0..20 {
                let (gate, entered) = (&gate, entered.clone());
                scope.spawn(move || {
                    let _place = gate.enter(LONG).unwrap();
                    entered.send(number).unwrap();
                });
                waits(gate, number + 1);
            }
            drop(place);
        });
        drop(entered);
        assert_eq!(order.iter().collect::<Vec<_>>(), (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn who_gives_up_leaves_the_queue() {
        let gate = Gate::new(Some(1));
        thread::scope(|scope| {
            let place = gate.enter(LONG).unwrap();
            let patient = scope.spawn(|| gate.enter(LONG).is_some());
            waits(&gate, 1);
            assert!(gate.enter(Duration::from_millis(20)).is_none());
            waits(&gate, 1);
            drop(place);
            assert!(patient.join().unwrap());
        });
        let queue = gate.queue();
        assert_eq!((queue.free, queue.waiting.len()), (1, 0));
    }
}
