//! How a reply is read, and why nothing of it is lost.

mod document;
pub(crate) mod identity;
pub(crate) mod member;
pub(crate) mod raw;
pub(crate) mod trace;
pub(crate) mod view;

pub use document::Document;
