//! What a refusal means to a page on which somebody enrols a device.

use crate::{ErrorCode, Problem, ResponseError};

/// For operations on a device that is not active yet: such a device is forgotten after a while.
pub(super) fn of_pairing(error: &ResponseError, general: Problem) -> Problem {
    match general {
        // Which of the two it was, a device that was forgotten or one that nobody knows, is not told (*inferred*).
        Problem::NotFound => Problem::Gone,
        Problem::BadRequest if error.has_code(&ErrorCode::ConstraintViolation) => Problem::OutOfStep,
        general => general,
    }
}
