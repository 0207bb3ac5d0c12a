//! `theriac` turns questions about neural networks and their training into files that
//! optimisation solvers read, and solvers' answers into certificates that anyone can check.
//!
//! The modules are the pipeline:
//!
//! ```text
//! front -> network + question -> encode (+ bounds) -> ir -> lower -> valid -> back
//!       -> solve -> sol -> cert
//! ```
//!
//! `train` replays a training run in plain arithmetic and `search` looks for attacks by replay.

pub mod ir;
pub mod network;
pub mod question;
pub mod sol;
