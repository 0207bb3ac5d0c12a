//! Why a network is not a binarised one.

use thiserror::Error;

/// What keeps a graph from being a binarised network, with the node of the file where it shows.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotBinarised {
    /// Several inputs, or several outputs.
    #[error(
        "it has {inputs} inputs and {outputs} outputs, and a binarised network has one of each"
    )]
    Ports {
        /// Inputs.
        inputs: usize,
        /// Outputs.
        outputs: usize,
    },
    /// An operation that is neither affine nor a sign.
    #[error(
        "node {node} ({op}) is neither affine nor a sign of one value below and one above zero"
    )]
    Operation {
        /// The node.
        node: String,
        /// What it computes.
        op: &'static str,
    },
    /// A branch around a sign.
    #[error("node {node} adds what lies before a sign to what lies behind it")]
    Branch {
        /// The node.
        node: String,
    },
    /// Weights of several sizes.
    #[error(
        "neuron {neuron} of node {node} has weights of different sizes; those of a binarised network are \
         -1, 0 and 1 up to one factor a neuron"
    )]
    Weights {
        /// The node that takes the sign.
        node: String,
        /// The neuron, from 0.
        neuron: usize,
    },
    /// A factor whose sign is not known, or numbers that are not finite.
    #[error(
        "neuron {neuron} of node {node} is scaled by a factor that may be 0, or that is not finite"
    )]
    Factor {
        /// The node that takes the sign.
        node: String,
        /// The neuron, from 0.
        neuron: usize,
    },
    /// Scores that are scaled by what no rational number is.
    #[error("output {output} is scaled by an irrational factor, so scores are no integers")]
    Scores {
        /// The output, from 0.
        output: usize,
    },
    /// There is no sign.
    #[error("it has no sign between its layers")]
    NoSign,
}
