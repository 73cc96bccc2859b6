//! Populations, of which each user is in one.

mod list;
pub(crate) mod rules;
mod store;

use self::list::list;
pub use self::store::Population;
pub(crate) use self::store::Populations;
use super::{
    Context, Stores,
    route::{Base, Place, Route, get, place},
};

static ALL: Place = place(Base::Api, "/populations");

pub(super) static ROUTES: &[Route] = &[get("population.list", &ALL, list)];
