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

pub mod back;
pub mod bounds;
pub mod cert;
pub mod cli;
pub mod encode;
pub mod front;
pub mod ir;
pub mod lower;
pub mod network;
pub mod question;
pub mod search;
pub mod sol;
pub mod solve;
pub mod train;
pub mod valid;
