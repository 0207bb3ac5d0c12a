//! Instance directories: what is written, carried elsewhere, answered, certified and checked again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/program.rs"]
mod program;
#[path = "../support/mod.rs"]
mod support;

mod carried_answers;
mod carried_formats;
mod certificate;
mod coarse_answers;
mod name_maps;
mod nl_answers;
mod older;
mod priorities;
mod starts;
mod tightened;
