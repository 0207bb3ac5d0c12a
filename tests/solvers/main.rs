//! Solvers that are installed, linked or built in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../milp/mod.rs"]
mod milp;

mod drivers;
mod embedded;
mod from_files;
mod highs_library;
mod lines;
