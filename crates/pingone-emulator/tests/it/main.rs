//! The emulator from outside: its rules through [`pingone_emulator::Service`], its socket, its program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accounts;
mod attackers;
mod authentication_code;
mod bulk;
mod bypass_mfa;
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
mod lockout;
mod locks;
mod malformed;
mod mfa_enabled;
mod one_time;
mod page;
mod pairing_key;
mod passkey;
mod policy;
mod population;
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
mod unserved;
mod user;
mod user_delete;
mod user_device;
mod user_list;
mod user_lock;
mod wire;
