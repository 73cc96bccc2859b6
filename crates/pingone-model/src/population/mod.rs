//! The resource *population*: users of one kind. Each user belongs to one.

mod list;
mod reply;

use crate::{Operation, OperationInfo};

pub use list::{ListPopulations, PopulationFilter};
pub use reply::{PasswordPolicyReference, Population, ThemeReference};

pub(crate) const OPERATIONS: &[&OperationInfo] = &[ListPopulations::INFO];
