use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Lets so many requests be in flight at once, and others wait in turn.
#[derive(Debug)]
pub(crate) struct Semaphore {
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

impl Semaphore {
    pub(crate) fn new(permits: Option<usize>) -> Self {
        let queue = Queue { free: permits.unwrap_or(usize::MAX), waiting: VecDeque::new(), next_ticket: 0 };
        Self { queue: Mutex::new(queue), changed: Condvar::new() }
    }

    /// A permit, which is released when it is dropped; none if there is none within this time.
    pub(crate) fn acquire(&self, within: Duration) -> Option<Permit<'_>> {
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
        has_come.then(|| Permit(self))
    }

    /// Nothing can panic while it is locked, so it is whole whoever panicked.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leave to be among the requests in flight.
#[derive(Debug)]
pub(crate) struct Permit<'a>(&'a Semaphore);

impl Drop for Permit<'_> {
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

    fn waits(semaphore: &Semaphore, count: usize) {
        while semaphore.queue().waiting.len() != count {
            thread::yield_now();
        }
    }

    #[test]
    fn who_comes_first_goes_first() {
        let (semaphore, (entered, order)) = (Semaphore::new(Some(1)), mpsc::channel());
        thread::scope(|scope| {
            let permit = semaphore.acquire(LONG).unwrap();
            for number in 0..20 {
                let (semaphore, entered) = (&semaphore, entered.clone());
                scope.spawn(move || {
                    let _permit = semaphore.acquire(LONG).unwrap();
                    entered.send(number).unwrap();
                });
                waits(semaphore, number + 1);
            }
            drop(permit);
        });
        drop(entered);
        assert_eq!(order.iter().collect::<Vec<_>>(), (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn who_gives_up_leaves_the_queue() {
        let semaphore = Semaphore::new(Some(1));
        thread::scope(|scope| {
            let permit = semaphore.acquire(LONG).unwrap();
            let patient = scope.spawn(|| semaphore.acquire(LONG).is_some());
            waits(&semaphore, 1);
            assert!(semaphore.acquire(Duration::from_millis(20)).is_none());
            waits(&semaphore, 1);
            drop(permit);
            assert!(patient.join().unwrap());
        });
        let queue = semaphore.queue();
        assert_eq!((queue.free, queue.waiting.len()), (1, 0));
    }
}
