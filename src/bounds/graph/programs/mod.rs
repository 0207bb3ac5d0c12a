//! Optimisation-based tightening: linear programs over what the network is up to a neuron.

mod record;

pub use record::{Layer, Record};

use crate::solve::highs_lib::HighsLibrary;

/// How much a pass may do, counted so that it does not depend on the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Most linear programs of the pass.
    pub programs: usize,
    /// Most linear programs for one end of one element: 1 for no branching.
    pub nodes: usize,
    /// Most simplex iterations of one linear program.
    pub iterations: usize,
}

impl Effort {
    /// The linear relaxation alone.
    pub const LP: Effort = Effort { programs: 4000, nodes: 1, iterations: 20_000 };
    /// Branching.
    pub const MIP: Effort = Effort { programs: 4000, nodes: 31, iterations: 20_000 };
}

/// Who solves linear programs.
#[derive(Clone, Copy, Debug)]
pub enum Programs<'a> {
    /// Nobody: passes that need them find nothing.
    None,
    /// HiGHS.
    Solver(&'a HighsLibrary),
    /// Nobody: proofs that were recorded are checked and used, whatever the efforts say.
    Record(&'a Record),
}
