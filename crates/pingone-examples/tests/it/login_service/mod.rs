//! `login_service`: what a person sees who logs in, and what nobody comes to see.

mod attacks;
mod browser;
mod log_in;
mod program;
mod trouble;

// The example itself. Its modules call each other `super`, here as there.
#[path = "../../../examples/login_service/notice.rs"]
mod notice;
#[path = "../../../examples/login_service/pages.rs"]
mod pages;
#[path = "../../../examples/login_service/service.rs"]
mod service;
#[path = "../../../examples/login_service/site.rs"]
mod site;
#[path = "../../../examples/login_service/state.rs"]
mod state;
#[path = "../../../examples/login_service/steps.rs"]
mod steps;
