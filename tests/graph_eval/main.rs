//! Evaluation of graphs: against definitions written out another way, and one arithmetic against
//! the other.

#![allow(clippy::expect_used, clippy::panic)]

#[path = "../support/graphs/mod.rs"]
mod graphs;

mod arithmetics;
mod batches;
mod definitions;
mod gradients;
mod smooth;
