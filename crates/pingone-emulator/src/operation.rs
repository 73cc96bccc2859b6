//! The names of operations.

use std::{error::Error, fmt, str::FromStr};

use crate::resource::{TABLES, route::Route};

/// The name of an operation, `resource.operation`, such as `device_authentication.cancel`.
///
/// ```
/// use pingone_emulator::Operation;
///
/// let cancel: Operation = "device_authentication.cancel".parse()?;
/// assert_eq!((cancel.resource(), cancel.name()), ("device_authentication", "device_authentication.cancel"));
/// assert!("device_authentication.resend".parse::<Operation>().is_err());
/// # Ok::<_, pingone_emulator::NoSuchOperation>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Operation(&'static str);

/// Every operation that the emulator has.
pub fn operations() -> impl Iterator<Item = Operation> {
    TABLES.iter().copied().flatten().filter(|route| route.act.is_some()).map(Operation::of)
}

/// Operations of PingOne that the emulator does not have: they are answered with 501.
///
/// They have names for the journal and for faults.
pub fn unserved_operations() -> impl Iterator<Item = Operation> {
    TABLES.iter().copied().flatten().filter(|route| route.act.is_none()).map(Operation::of)
}

impl Operation {
    pub(crate) fn of(route: &Route) -> Self {
        Self(route.name)
    }

    /// The whole name, such as `device_authentication.cancel`.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// The name of the resource, such as `device_authentication`.
    pub fn resource(self) -> &'static str {
        self.0.split_once('.').map_or(self.0, |(resource, _)| resource)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl PartialEq<&str> for Operation {
    fn eq(&self, name: &&str) -> bool {
        self.0 == *name
    }
}

impl FromStr for Operation {
    type Err = NoSuchOperation;

    fn from_str(name: &str) -> Result<Self, NoSuchOperation> {
        operations()
            .chain(unserved_operations())
            .find(|operation| operation.0 == name)
            .ok_or_else(|| NoSuchOperation { name: name.to_owned() })
    }
}

/// No operation has this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchOperation {
    name: String,
}

impl fmt::Display for NoSuchOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = operations().map(Operation::name).collect();
        write!(f, "there is no operation called {:?}; use one of {}", self.name, names.join(", "))
    }
}

impl Error for NoSuchOperation {}
