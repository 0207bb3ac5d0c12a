//! Encodings of poisoned training: their optima by enumeration, and every run as a point.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod below_cutoff;
mod enumeration;
mod golden;
mod golden_c;
mod runs;
mod ties;
mod window;
