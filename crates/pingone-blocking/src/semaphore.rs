use std::{
    collections::VecDeque,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Limits how many enter at once; others wait in turn.
#[derive(Debug)]
pub(crate) struct Semaphore(Mutex<Queue>);

#[derive(Debug)]
struct Queue {
    free: usize,
    /// The waiting threads, first come, first served; each is woken on its own.
    waiting: VecDeque<(u64, Arc<Condvar>)>,
    next_ticket: u64,
}

impl Queue {
    fn is_turn_of(&self, ticket: u64) -> bool {
        self.free > 0 && self.waiting.front().is_some_and(|(first, _)| *first == ticket)
    }

    fn wake_first(&self) {
        if let Some((_, condition)) = self.waiting.front().filter(|_| self.free > 0) {
            condition.notify_one();
        }
    }
}

impl Semaphore {
    pub(crate) fn new(permits: Option<usize>) -> Self {
        Self(Mutex::new(Queue { free: permits.unwrap_or(usize::MAX), waiting: VecDeque::new(), next_ticket: 0 }))
    }

    /// A permit, which is released when it is dropped; `None` if there is none within this time.
    pub(crate) fn acquire(&self, within: Duration) -> Option<Permit<'_>> {
        let mut queue = self.queue();
        if queue.free > 0 && queue.waiting.is_empty() {
            queue.free -= 1;
            return Some(Permit(self));
        }
        let (ticket, turn) = (queue.next_ticket, Arc::new(Condvar::new()));
        queue.next_ticket += 1;
        queue.waiting.push_back((ticket, Arc::clone(&turn)));
        let waited = turn.wait_timeout_while(queue, within, |queue| !queue.is_turn_of(ticket));
        let (mut queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let has_come = queue.is_turn_of(ticket);
        queue.free -= usize::from(has_come);
        queue.waiting.retain(|(other, _)| *other != ticket);
        // It may now be the next one's turn.
        queue.wake_first();
        has_come.then(|| Permit(self))
    }

    /// Nothing can panic while it is locked, so its state is always consistent.
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A permit to enter.
#[derive(Debug)]
pub(crate) struct Permit<'a>(&'a Semaphore);

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut queue = self.0.queue();
        queue.free += 1;
        queue.wake_first();
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
    fn the_first_waiter_goes_first() {
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
    fn a_waiter_that_gives_up_leaves_the_queue() {
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
