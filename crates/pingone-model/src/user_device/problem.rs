//! What a refusal means when a device is enrolled.

use crate::{ErrorCode, Problem, ResponseError};

/// For operations on a device that is not active yet: such a device is forgotten after a while.
pub(super) fn of_pairing(error: &ResponseError, general: Problem) -> Problem {
    match general {
        // A device that was forgotten and an unknown one cannot be told apart (*inferred*).
        Problem::NotFound => Problem::Gone,
        Problem::BadRequest if error.has_code(&ErrorCode::ConstraintViolation) => Problem::OutOfStep,
        general => general,
    }
}
