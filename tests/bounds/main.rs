//! Bounds of training, and what tightening makes of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod apart;
mod flips;
mod reach;
mod recorded_steps;
mod templates;
mod tightening;
