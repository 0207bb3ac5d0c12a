//! Nearest weights that survive given attacks.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, missing_docs)]

#[path = "../support/graphs/mod.rs"]
mod graphs;

mod attacks;
mod cuts;
mod gradients;
mod nearest;
