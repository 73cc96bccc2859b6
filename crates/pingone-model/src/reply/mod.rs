//! How a reply is read, and why nothing of it is lost.

mod document;
pub(crate) mod identity;
pub(crate) mod member;
pub(crate) mod raw;
mod stored;
pub(crate) mod trace;
mod untyped;
pub(crate) mod view;

pub use document::Document;
pub use untyped::Untyped;
