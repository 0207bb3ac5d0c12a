//! Binarised networks: ternary weights, signs between layers, integer thresholds (papers 4.2).
//!
//! # Meaning
//!
//! The input lies on a lattice: `k_j / q` with whole numbers `k_j`. Every hidden neuron is 1 or 0; neuron
//! `i` of a layer is 1 exactly if
//!
//! ```text
//! sum over plus of x_j  -  sum over minus of x_j  >=  threshold
//! ```
//!
//! where `x` are the lattice points `k` for the first layer and the neurons of the layer before for
//! the others. What the file writes as values -1 and 1, as affine maps, biases and batch normalisation is
//! folded into that by exact rational arithmetic. The scores are integers up to one positive factor that all
//! share.
//!
//! **Zero.** A pre-activation of exactly 0 is a tie. `Where(a >= 0, 1, -1)` and `a > 0` say which side it takes;
//! `Sign(0)` is 0, a third value: the neuron is then halfway between on and off, here as in the file, and
//! [`Evaluation::ties`] names it.

mod affine;
mod error;
mod import;
mod integer;

pub use error::NotBinarised;
pub use import::import;
pub use integer::{Evaluation, Integer, Neuron, OffLattice, Score, Tie};

use dashu::rational::RBig;

/// A binarised network before its lattice is chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Binarised {
    /// Length of the input.
    pub inputs: usize,
    /// Hidden layers, in order; at least one.
    pub hidden: Vec<Vec<Unit>>,
    /// One a class.
    pub scores: Vec<Row>,
}

/// A hidden neuron: `sum plus - sum minus >= theta`.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Places in the layer before with weight 1, ascending.
    pub plus: Vec<u32>,
    /// Places with weight -1, ascending.
    pub minus: Vec<u32>,
    /// The real threshold lies between these; they are equal unless batch normalisation has a square root.
    pub theta: (RBig, RBig),
    /// What the neuron is where the sum is `theta`.
    pub at: AtZero,
    /// Name of the node that takes the sign.
    pub origin: String,
}

/// The value of a neuron whose pre-activation is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtZero {
    /// As above zero.
    Above,
    /// As below zero.
    Below,
    /// A third value, as `Sign(0)` is.
    Neither,
}

/// A score: `sum weight_j x_j + bias` over the last hidden layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// By ascending place.
    pub terms: Vec<(u32, RBig)>,
    /// The constant.
    pub bias: RBig,
}
