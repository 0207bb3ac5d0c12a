//! Attacks found by replay, and exhaustive replay with pruning.

pub mod binarised;
mod branch;
mod choices;
pub mod correct;
mod exchange;
pub mod exhaustive;
mod families;
pub mod heuristic;
mod leaf;
mod linear;
mod nudge;
mod related;
pub mod verify;

pub use families::all_below;
pub use heuristic::{SearchOptions, find_attack};
pub use nudge::nudge;
