//! VNN-LIB: what files say, what is refused and where, and that neither time nor memory run away.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod competition;
mod fits;
mod limits;
mod meaning;
#[path = "../support/memory.rs"]
mod memory;
mod refused;
mod samples;
