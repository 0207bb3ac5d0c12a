//! Attacks found by replay, and exhaustive replay with pruning.

mod branch;
mod choices;
pub mod exhaustive;
pub mod heuristic;
mod leaf;
mod linear;

pub use heuristic::{SearchOptions, find_attack};
