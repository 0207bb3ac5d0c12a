//! ONNX files as graphs: recorded outputs are reproduced, and what is not read is refused by name.
#![allow(clippy::panic, clippy::unwrap_used, missing_docs)]

#[path = "../support/damage.rs"]
mod damage;
#[path = "../support/memory.rs"]
mod memory;

mod hostile;
mod recorded;
mod refusals;
mod structure;
mod suite;
mod trainable;
