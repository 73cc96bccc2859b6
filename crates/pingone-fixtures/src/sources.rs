//! Where documented replies are from.

pub(crate) const PAGE: &str = "the page of the request, whole";
pub(crate) const DATA_MODEL: &str = "put together from the data model of the resource";
pub(crate) const GETTING_STARTED: &str = "the page of a step of *Create a test environment*, whole";
pub(crate) const POSTMAN: &str = "a published copy of the vendor's Postman collection";
pub(crate) const POSTMAN_2021: &str = "a published copy of the vendor's Postman collection, of 2021";
pub(crate) const POSTMAN_2022: &str = "a published copy of the vendor's Postman collection, of 2022";
