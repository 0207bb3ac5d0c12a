//! ONNX graphs as chains: every form that is read computes what a general interpreter computes, and
//! every form that is not is refused with its node and reason.
#![allow(clippy::panic, clippy::unwrap_used)]

#[path = "../support/damage.rs"]
mod damage;
#[path = "../support/memory.rs"]
mod memory;

mod build;
mod conv;
mod foreign;
mod forms;
mod hostile;
mod refusals;
