//! Optimisation-based tightening: linear programs over what the network is up to a neuron.
//!
//! The network up to a node is encoded as for a solver ([`encode_elements`]), with the best bounds
//! known, and its relaxation (for a ReLU the triangle, smooth functions within pieces, products within
//! their McCormick envelope) is minimised and maximised for each element of the node whose relaxation
//! is still undecided. With more than one linear program an end, binaries are branched on, so that
//! phases are restored one by one: a bounded mixed-integer search.
//!
//! No solver is believed. A bound is what the multipliers of the linear programs prove by weak duality
//! in outward rounded arithmetic (Neumaier and Shcherbina, *Mathematical Programming* 99, 2004), in a
//! branching the least over its leaves: [`crate::bounds::obbt`], whose relaxation, search and proofs
//! these are. The proofs are kept ([`Record`]), so that whoever has them has the same bounds without a
//! solver. What is gained at a node is passed on by backward relaxation before the next one.
//!
//! [`encode_elements`]: crate::encode::verify::encode_elements

mod pass;
mod record;

pub(super) use pass::{PassError, Source, Sweep, sweep};
pub use record::{Layer, Record};

use crate::solve::highs_lib::HighsLibrary;

/// How much a pass may do, counted so that it does not depend on the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Most linear programs of the pass. They are shared out among the nodes by the number of
    /// undecided elements; at each, those come first that are nearest to being decided.
    pub programs: usize,
    /// Most linear programs for one end of one element: 1 for no branching.
    pub nodes: usize,
    /// Most simplex iterations of one linear program.
    pub iterations: u32,
}

impl Effort {
    /// The linear relaxation alone.
    pub const LP: Effort = Effort { programs: 2_000, nodes: 1, iterations: 5_000 };
    /// Branching.
    pub const MIP: Effort = Effort { programs: 2_000, nodes: 21, iterations: 5_000 };
}

/// Who solves linear programs.
#[derive(Clone, Copy, Debug)]
pub enum Programs<'a> {
    /// Nobody: passes that need them find nothing and are incomplete.
    None,
    /// HiGHS.
    Solver(&'a HighsLibrary),
    /// Nobody: proofs that were recorded are checked and used, whatever the efforts say.
    Record(&'a Record),
}
