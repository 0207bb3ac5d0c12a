//! Rows for nearest weights that survive given attacks (Zhao, Kronqvist, 2024).
//!
//! The program asks for parameters `w` nearest to the trained ones such that every attacking point is
//! classified rightly with a margin and the loss does not rise. It is not convex; a round replaces its
//! constraints by their linearisations at the trained parameters and at the solutions of all rounds
//! before, equation (13) of the paper. These rows are no relaxation: nothing follows from them but the
//! next candidate.

mod cuts;
mod linearise;

pub use cuts::{Cuts, Origin};
pub use linearise::{Demand, Place, Rivals, Strengthening, push_attacks, push_loss};
