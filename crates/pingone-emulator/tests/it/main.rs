//! The emulator from outside: its rules through [`pingone_emulator::Service`], its socket, its program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attackers;
mod bulk;
mod cancel;
mod check_otp;
mod client_assertion;
mod clock;
#[cfg(feature = "check")]
mod conformance;
mod control;
mod cors;
mod custom_domain;
mod desktop;
mod device_choice;
mod documented;
mod edges;
mod faults;
mod house_rules;
mod household;
mod initialize;
mod journal;
mod leniency;
mod locks;
mod malformed;
mod one_time;
mod page;
mod passkey;
mod policy;
mod program;
mod push;
mod remembered;
mod retention;
mod rules;
mod select_device;
mod socket;
mod strictness;
mod support;
mod token;
mod totp;
mod user_device;
mod wire;
