//! How the answer to a question of verification is looked for. No choice changes what is true; each
//! may change what is found.

use super::formulation::{Ask, Cases, SmoothForm, Split};

/// How the answer is looked for: bounds, then a search for an attack, then branching on bounds, then
/// a program for a solver. Whatever decides first ends it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Approach {
    /// How the values of the network are bounded.
    pub bounds: Passes,
    /// Evaluations of the network that the search for an attack may make; as many as take seconds if
    /// absent, and none at all if 0.
    pub evaluations: Option<u64>,
    /// Boxes or phases that branching on bounds may look at; its own default if absent, and no
    /// branching if 0.
    pub nodes: Option<usize>,
    /// Which programs are written for a solver.
    pub models: Models,
    /// How stable and unstable neurons are said in them.
    pub split: Split,
    /// How other functions with cases are said.
    pub cases: Cases,
    /// How smooth functions are said; if absent, as they are for targets that take all of them so,
    /// and by [`PIECES`] pieces otherwise.
    pub smooth: Option<SmoothForm>,
    /// What the objective says.
    pub ask: Ask,
    /// Rounds of ideal cuts (Anderson et al. 2020, arXiv 1811.01988) before a program is written; for programs
    /// in whole numbers of rows of the units' hulls.
    pub cuts: usize,
    /// Programs in whole numbers, for binarised networks on a lattice.
    pub binarised: Option<Binarised>,
}

/// How the program of a binarised network is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Binarised {
    /// Nodes of the cover from which layerwise rows follow; none if 0.
    pub layerwise: usize,
}

/// Pieces of an envelope of a smooth function, where none are asked for.
pub const PIECES: usize = 16;

/// The passes that bound every neuron, each met with those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passes {
    /// Backward linear relaxation after the interval pass.
    pub linear: bool,
    /// Steps in which the slopes of that relaxation are optimised.
    pub steps: usize,
    /// Linear programs that may be solved for neurons that are still undecided.
    pub programs: usize,
    /// Nodes of branching that each neuron which is undecided after that may take.
    pub nodes: usize,
}

impl Passes {
    /// Interval arithmetic alone.
    pub const INTERVALS: Self = Passes { linear: false, steps: 0, programs: 0, nodes: 0 };
}

impl Default for Passes {
    fn default() -> Self {
        Passes { linear: true, steps: 0, programs: 0, nodes: 0 }
    }
}

/// Which programs a property becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Models {
    /// One for each way in which it may fail (each wrong class), because the relaxation of a choice
    /// between them is weak.
    #[default]
    Each,
    /// One for each set of inputs, with a choice of how it fails.
    Together,
}
