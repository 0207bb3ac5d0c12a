//! Model files read back: what we wrote, what others wrote, and what must be refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "model_files/advice.rs"]
mod advice;
#[path = "model_files/foreign.rs"]
mod foreign;
#[path = "model_files/golden.rs"]
mod golden;
#[path = "model_files/hostile.rs"]
mod hostile;
#[path = "model_files/refused.rs"]
mod refused;

mod models;
#[path = "support/model_files.rs"]
mod seeds;

use theriac::front::model::{ForeignModel, ModelFileError, ModelFormat, read};

fn lp(text: &str) -> Result<ForeignModel, ModelFileError> {
    read(text.as_bytes(), ModelFormat::Lp, None, "m.lp")
}

fn mps(text: &str) -> Result<ForeignModel, ModelFileError> {
    read(text.as_bytes(), ModelFormat::Mps, None, "m.mps")
}
