//! The emulator from outside: its rules through [`pingone_emulator::Service`], its socket, its program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cancel;
mod check_otp;
mod control;
mod initialize;
mod program;
mod push;
mod select_device;
mod socket;
mod strictness;
mod support;
mod token;
