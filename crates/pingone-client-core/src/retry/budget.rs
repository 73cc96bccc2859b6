use std::sync::atomic::{AtomicU32, Ordering};

/// The budget for retries of all calls of a client, so that many callers cannot overload a service that is down.
///
/// A retry costs 5, or 10 after no answer at all; a successful call gives back what it spent, or 1.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;

    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Spends `cost`; whether there was enough left.
    pub(crate) fn spend(&self, cost: u32) -> bool {
        self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(cost)).is_ok()
    }

    pub(crate) fn refund(&self, amount: u32) {
        let filled = |left: u32| Some(left.saturating_add(amount).min(Self::FULL));
        // The closure always returns a value.
        let _ = self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, filled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_ends_and_fills_up_again_to_its_brim() {
        let budget = Budget::full();
        assert_eq!((0..1_000).filter(|_| budget.spend(5)).count(), 100);
        budget.refund(4);
        assert!(!budget.spend(5));
        budget.refund(u32::MAX);
        assert_eq!((0..1_000).filter(|_| budget.spend(10)).count(), 50);
    }
}
