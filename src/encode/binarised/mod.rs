//! Verification of a binarised network as an integer program (papers 4.2 to 4.4; arXiv 2510.01525).
//!
//! Exact: the points of the program are the lattice points of the ball with the pattern that the network
//! gives them. Everything is whole, so that an optimum below 1 shows that no other class is ahead.

mod ball;
mod goal;
mod layer;

pub use goal::Rivals;

use thiserror::Error;

use crate::ir::{Model, VarId};
use crate::network::binarised::Integer;
use crate::question::lattice::Lattice;

/// A quantity that is a column or known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A column.
    Column(VarId),
    /// A number.
    Known(i64),
}

/// The program of a question.
#[derive(Clone, Debug)]
pub struct LatticeProgram {
    /// The lead of another class is the negative of its objective.
    pub model: Model,
    /// One an element of the input, in steps of the lattice.
    pub points: Vec<Whole>,
    /// Neurons of the hidden layers.
    pub neurons: Vec<Vec<Whole>>,
}

/// Why there is no program.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LatticeError {
    /// The input of the network has another length.
    #[error("the network has {network} inputs and the point {point}")]
    Length {
        /// Of the network.
        network: usize,
        /// Of the point.
        point: usize,
    },
    /// The lattices differ.
    #[error(
        "the network is given for steps of 1/{network} and the points have steps of 1/{points}"
    )]
    Steps {
        /// Of the network.
        network: u32,
        /// Of the points.
        points: u32,
    },
    /// A neuron whose sign may be 0.
    #[error(
        "the sign of neuron {neuron} of hidden layer {layer} is taken of 0 within the ball, and the file \
         gives that a third value"
    )]
    ThirdValue {
        /// The layer, from 1.
        layer: usize,
        /// The neuron, from 0.
        neuron: usize,
    },
    /// A class that the network does not have.
    #[error("there is no class {class}; the network has {classes}")]
    Class {
        /// Asked for.
        class: usize,
        /// There are.
        classes: usize,
    },
    /// Costs of the ball that no double holds.
    #[error("the radius and the point have no common denominator below 2^53")]
    Radius,
    /// There is no point.
    #[error("the ball holds no point of the lattice")]
    Empty,
}

/// The program: over the points of a ball, by how much another class can be ahead of `class`.
///
/// # Errors
/// [`LatticeError`].
pub fn encode(
    network: &Integer,
    points: &Lattice,
    (class, rivals): (usize, Rivals),
) -> Result<LatticeProgram, LatticeError> {
    if network.inputs != points.low.len() {
        let (network, point) = (network.inputs, points.low.len());
        return Err(LatticeError::Length { network, point });
    }
    if network.q != points.q {
        return Err(LatticeError::Steps { network: network.q, points: points.q });
    }
    let mut model = Model::new();
    let input = ball::encode(&mut model, points)?;
    let neurons = layer::encode(&mut model, network, points, &input)?;
    let last = neurons.last().map_or(&[][..], Vec::as_slice);
    goal::encode(&mut model, network, last, (class, rivals))?;
    Ok(LatticeProgram { model, points: input, neurons })
}
