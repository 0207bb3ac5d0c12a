//! The program on the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/program.rs"]
mod program;

mod bad_paths;
mod before_compiling;
mod closed_streams;
mod commands;
mod first_steps;
mod machine_output;
mod many_machines;
mod reach;
mod same_model;
mod told_plainly;
mod verification;
