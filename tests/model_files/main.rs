//! Model files: written and read back, by ourselves and by others.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../corpus/mod.rs"]
mod corpus;
#[path = "../models/mod.rs"]
mod models;
#[path = "../support/model_files.rs"]
mod seeds;

mod advice;
mod foreign;
mod free_mps;
mod generated;
mod golden;
mod hostile;
mod reader_order;
mod refused;
mod round_trips;
mod short_numbers;
mod start_files;

use theriac::front::model::{ForeignModel, ModelFileError, ModelFormat, read};

fn lp(text: &str) -> Result<ForeignModel, ModelFileError> {
    read(text.as_bytes(), ModelFormat::Lp, None, "m.lp")
}

fn mps(text: &str) -> Result<ForeignModel, ModelFileError> {
    read(text.as_bytes(), ModelFormat::Mps, None, "m.mps")
}
