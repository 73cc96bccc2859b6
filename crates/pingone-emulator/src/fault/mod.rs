//! What goes wrong on purpose.

mod drift;
mod error_body;
mod kind;
mod strike;

use serde_json::{Value, json};

use self::error_body::ErrorBody;
pub use self::kind::{FaultKind, RetryAfter};
pub(crate) use self::strike::{after_effect, instead_of_effect};
use crate::{
    object::{DataError, Object},
    operation::{NoSuchOperation, Operation},
    sequence::Sequence,
};

/// A fault: which requests it hits, and what it does to them.
///
/// Without a condition it hits every request to the service.
#[derive(Clone, Debug)]
#[must_use]
pub struct Fault {
    kind: FaultKind,
    error: ErrorBody,
    operation: Option<Operation>,
    call: Option<u64>,
    chance: Option<Chance>,
    left: Option<u64>,
    seen: u64,
}

/// The fault that hits a request.
pub(crate) struct Struck {
    pub(crate) kind: FaultKind,
    error: ErrorBody,
}

#[derive(Clone, Debug)]
struct Chance {
    probability: f64,
    seed: u64,
    dice: Sequence,
}

impl Fault {
    /// A fault that hits every request.
    pub fn new(kind: FaultKind) -> Self {
        Self { kind, error: ErrorBody::default(), operation: None, call: None, chance: None, left: None, seen: 0 }
    }

    /// Sets the `code` of the error with which the fault answers, if it answers with one: that of
    /// [`TooManyRequests`](FaultKind::TooManyRequests), [`Unavailable`](FaultKind::Unavailable) and
    /// [`Status`](FaultKind::Status). Else it is the one that is documented for the status.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.error.code = Some(code.into());
        self
    }

    /// Adds to the `details` of the same error, such as
    /// `{"code": "INVALID_OTP", "innerError": {"attemptsRemaining": 1}}`. Else they are those that are documented.
    pub fn detail(mut self, detail: Value) -> Self {
        self.error.details.get_or_insert_default().push(detail);
        self
    }

    /// Hits only this operation, such as `device_authentication.cancel`.
    ///
    /// # Errors
    ///
    /// When no operation has this name.
    pub fn operation(self, name: &str) -> Result<Self, NoSuchOperation> {
        Ok(Self { operation: Some(name.parse()?), ..self })
    }

    /// Hits only the request with this number, from 1, of those that match the other conditions.
    pub fn call(self, number: u64) -> Self {
        Self { call: Some(number), ..self }
    }

    /// Hits with this probability; the same requests for the same seed.
    pub fn probability(self, probability: f64, seed: u64) -> Self {
        Self { chance: Some(Chance { probability, seed, dice: Sequence::new(seed.to_be_bytes()) }), ..self }
    }

    /// Hits this many times.
    pub fn times(self, times: u64) -> Self {
        Self { left: Some(times), ..self }
    }

    /// Whether this request, which it counts, is one that it hits.
    fn fits(&mut self, operation: Option<Operation>) -> bool {
        if self.operation.is_some() && self.operation != operation {
            return false;
        }
        self.seen += 1;
        // A random number is drawn for each request, so the other conditions do not change which are hit.
        let is_unlucky = self.chance.as_mut().is_none_or(|chance| chance.dice.fraction() < chance.probability);
        is_unlucky && self.call.is_none_or(|call| call == self.seen) && self.left != Some(0)
    }

    /// Reads a fault as the control paths write it, such as `{"kind": "empty", "operation": "token.request"}`.
    pub(crate) fn from_json(value: &Value) -> Result<Self, DataError> {
        let object = Object::new(String::new(), value)?;
        object.has_only(&[
            "kind",
            "operation",
            "call",
            "probability",
            "seed",
            "times",
            "milliseconds",
            "status",
            "retryAfter",
            "bytes",
            "host",
            "code",
            "details",
        ])?;
        let mut fault = Self::new(FaultKind::from_object(&object)?);
        fault.error = ErrorBody::from_object(&object)?;
        if fault.error.is_set() && !fault.kind.is_platform_error() {
            let name = if fault.error.code.is_some() { "code" } else { "details" };
            return Err(object.error(name, "is for too_many_requests, unavailable and status only"));
        }
        if let Some(name) = object.optional_text("operation")? {
            fault = fault.operation(name).map_err(|error| object.error("operation", error.to_string()))?;
        }
        if let Some(probability) = value.get("probability") {
            let is_probability = |number: &f64| (0.0..=1.0).contains(number);
            let wrong = || object.error("probability", "must be from 0 to 1");
            let probability = probability.as_f64().filter(is_probability).ok_or_else(wrong)?;
            fault = fault.probability(probability, object.number("seed")?.unwrap_or_default().into());
        }
        fault.call = object.number("call")?.map(u64::from);
        fault.left = object.number("times")?.map(u64::from);
        Ok(fault)
    }

    pub(crate) fn to_json(&self) -> Value {
        let mut json = self.kind.to_json();
        let mut set = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                json[name] = value;
            }
        };
        set("code", self.error.code.as_deref().map(Value::from));
        set("details", self.error.details.clone().map(Value::from));
        set("operation", self.operation.map(|operation| json!(operation.name())));
        set("call", self.call.map(Value::from));
        set("times", self.left.map(Value::from));
        set("probability", self.chance.as_ref().map(|chance| json!(chance.probability)));
        set("seed", self.chance.as_ref().map(|chance| json!(chance.seed)));
        json
    }
}

/// The active faults.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn to_json(&self) -> Value {
        self.0.iter().map(Fault::to_json).collect()
    }

    /// The first fault that hits this request. All of them count it.
    pub(crate) fn strike(&mut self, operation: Option<Operation>) -> Option<Struck> {
        let mut struck = None;
        for fault in &mut self.0 {
            if fault.fits(operation) && struck.is_none() {
                fault.left = fault.left.map(|left| left.saturating_sub(1));
                struck = Some(Struck { kind: fault.kind.clone(), error: fault.error.clone() });
            }
        }
        struck
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(fault: Fault, requests: usize) -> Vec<usize> {
        let mut faults = Faults::default();
        faults.add(fault);
        (1..=requests).filter(|_| faults.strike("device_authentication.read".parse().ok()).is_some()).collect()
    }

    #[test]
    fn strikes_by_operation_number_and_times() {
        let fault = || Fault::new(FaultKind::Empty);
        assert_eq!(struck(fault(), 3), [1, 2, 3]);
        assert_eq!(struck(fault().call(2), 3), [2]);
        assert_eq!(struck(fault().times(2), 3), [1, 2]);
        assert_eq!(struck(fault().operation("device_authentication.read").unwrap(), 2), [1, 2]);
        assert!(struck(fault().operation("device_authentication.cancel").unwrap(), 3).is_empty());
    }

    #[test]
    fn the_first_that_fits_strikes_and_only_that_is_used_up() {
        let mut faults = Faults::default();
        faults.add(Fault::new(FaultKind::Empty).call(1));
        faults.add(Fault::new(FaultKind::Truncated).times(1));
        let struck = [(); 3].map(|()| faults.strike(None).map(|struck| struck.kind));
        assert_eq!(struck, [Some(FaultKind::Empty), Some(FaultKind::Truncated), None]);
    }

    #[test]
    fn chance_is_the_same_for_the_same_seed() {
        let by_chance = |seed| struck(Fault::new(FaultKind::Empty).probability(0.25, seed), 1000);
        assert_eq!(by_chance(1), by_chance(1));
        assert_ne!(by_chance(1), by_chance(2));
        assert!((200..300).contains(&by_chance(1).len()), "{}", by_chance(1).len());
        assert!(struck(Fault::new(FaultKind::Empty).probability(0.0, 1), 100).is_empty());
    }

    #[test]
    fn reads_back_what_it_writes() {
        for fault in [
            Fault::new(FaultKind::Status(503)).operation("device_authentication.cancel").unwrap().call(2),
            Fault::new(FaultKind::TooManyRequests(RetryAfter::Date(-60))).probability(0.5, 7).times(3),
            Fault::new(FaultKind::Status(400)).code("INVALID_DATA").detail(json!({ "code": "INVALID_OTP" })),
        ] {
            let json = fault.to_json();
            assert_eq!(Fault::from_json(&json).unwrap().to_json(), json);
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_fault() {
        for (fault, problem) in [
            (json!({}), "kind: is missing; add it"),
            (json!({ "kind": "earthquake" }), "kind: is unknown"),
            (json!({ "kind": "empty", "operation": "resend" }), "operation: there is no operation called \"resend\""),
            (json!({ "kind": "empty", "probability": 2 }), "probability: must be from 0 to 1"),
            (
                json!({ "kind": "empty", "details": [] }),
                "details: is for too_many_requests, unavailable and status only",
            ),
            (json!({ "kind": "status", "details": [1] }), "details[0]: "),
            (json!({ "kind": "status", "status": 99 }), "status: must be from 400 to 599"),
            (json!({ "kind": "too_many_requests", "retryAfter": { "days": 1 } }), "retryAfter.days: is unknown"),
        ] {
            let error = Fault::from_json(&fault).unwrap_err().to_string();
            assert!(error.starts_with(problem), "{error}");
        }
    }
}
