//! `login_service`: what a person sees who logs in, and what nobody comes to see.

mod account;
mod attacks;
mod browser;
mod bypass;
mod confirm;
mod devices;
mod first_device;
mod limits;
mod log_in;
mod names;
mod program;
#[cfg(feature = "redis")]
mod redis;
mod remembered;
mod replay;
mod trouble;

// The example itself.
#[path = "../../../examples/login_service/app/mod.rs"]
mod app;
