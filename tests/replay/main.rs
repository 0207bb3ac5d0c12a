//! Replay of training, what a threat allows, and the search for attacks by replay.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/program.rs"]
mod program;
#[path = "../support/mod.rs"]
mod support;

mod exhaustive;
mod failed_search;
mod golden;
mod heuristic;
mod membership;
mod unrolled;
