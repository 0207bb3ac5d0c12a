//! Encodings of verification.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/graphs/mod.rs"]
mod graphs;
#[path = "../support/milp.rs"]
mod milp;
#[path = "../support/properties.rs"]
mod properties;

mod cuts;
mod runs;
