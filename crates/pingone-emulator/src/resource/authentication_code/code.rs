use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{Conditions, rules};
use crate::{clock::after, resource::user::Device};

/// A code, and who has claimed it.
#[derive(Clone)]
pub(crate) struct AuthenticationCode {
    pub(super) id: String,
    /// What the app reads: eight digits and capital letters.
    pub(super) code: String,
    pub(super) application_id: String,
    pub(super) client_context: Option<Value>,
    pub(super) life_time: LifeTime,
    pub(super) needs_approval: bool,
    pub(super) claim: Claim,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

/// As the request says it.
#[derive(Clone, Copy)]
pub(super) struct LifeTime {
    pub(super) duration: u64,
    pub(super) unit: Unit,
}

#[derive(Clone, Copy)]
pub(super) enum Unit {
    Seconds,
    Minutes,
}

/// Who claimed a code, and how they answered.
#[derive(Clone)]
pub(super) enum Claim {
    Nobody,
    /// The user has to approve.
    Taken(Claimant),
    Answered(Claimant, CodeAnswer),
}

#[derive(Clone)]
pub(super) struct Claimant {
    pub(super) user_id: String,
    pub(super) device: Device,
}

/// What the user of an app answers, once it has claimed an authentication code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodeAnswer {
    /// Yes, they are logging in.
    Approve,
    /// They are not.
    Deny,
}

impl Unit {
    pub(super) const ALL: [Self; 2] = [Self::Seconds, Self::Minutes];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Seconds => "SECONDS",
            Self::Minutes => "MINUTES",
        }
    }

    /// The shortest and the longest life of a code: 10 seconds and 30 minutes.
    pub(super) fn range(self) -> (u64, u64) {
        match self {
            Self::Seconds => (10, 30 * 60),
            Self::Minutes => (1, 30),
        }
    }
}

impl LifeTime {
    pub(super) const DEFAULT: Self = Self { duration: 1, unit: Unit::Minutes };

    fn signed(self) -> SignedDuration {
        // It is in the range of its unit.
        let duration = i64::try_from(self.duration).unwrap_or(i64::MAX);
        match self.unit {
            Unit::Seconds => SignedDuration::from_secs(duration),
            Unit::Minutes => SignedDuration::from_secs(duration.saturating_mul(60)),
        }
    }
}

impl AuthenticationCode {
    pub(super) fn expires_at(&self) -> Timestamp {
        after(self.created_at, self.life_time.signed())
    }

    /// Whether its time was over before the user was done with it.
    pub(super) fn is_expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at() && !matches!(self.claim, Claim::Answered(..))
    }

    pub(super) fn claimant(&self) -> Option<&Claimant> {
        match &self.claim {
            Claim::Nobody => None,
            Claim::Taken(claimant) | Claim::Answered(claimant, _) => Some(claimant),
        }
    }

    /// Rule: APPROVAL_COMPLETES.
    pub(super) fn status(&self, conditions: Conditions<'_>) -> &'static str {
        let completes = conditions.holds(&rules::APPROVAL_COMPLETES);
        match &self.claim {
            _ if self.is_expired(conditions.now) => "EXPIRED",
            Claim::Nobody => "UNCLAIMED",
            Claim::Taken(_) => "CLAIMED",
            Claim::Answered(_, CodeAnswer::Approve) if completes => "COMPLETED",
            Claim::Answered(_, CodeAnswer::Approve) => "CLAIMED",
            Claim::Answered(_, CodeAnswer::Deny) if completes => "DENIED",
            Claim::Answered(_, CodeAnswer::Deny) => "FAILED",
        }
    }
}
