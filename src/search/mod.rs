//! Attacks found by replay, and exhaustive replay with pruning.

mod branch;
mod choices;
pub mod exhaustive;
mod linear;

pub use linear::Touch;
