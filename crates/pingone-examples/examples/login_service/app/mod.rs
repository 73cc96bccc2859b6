//! The log-in page. `site.rs` has the routes, `steps/` handles what a user does, `service.rs` decides what comes next,
//! and `pages/` renders it. A company replaces `people.rs`, and adapts `settings.rs` and `store/`.

pub(crate) mod address;
pub(crate) mod choice;
pub(crate) mod cookie;
pub(crate) mod guard;
pub(crate) mod icon;
pub(crate) mod limits;
pub(crate) mod notice;
pub(crate) mod origin;
pub(crate) mod pages;
pub(crate) mod people;
pub(crate) mod qr;
pub(crate) mod remembered;
pub(crate) mod service;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod site;
pub(crate) mod steps;
pub(crate) mod store;
pub(crate) mod visit;
pub(crate) mod visitor;
pub(crate) mod waits;
