//! Why a question of verification cannot be encoded.

use thiserror::Error;

use crate::bounds::Interval;
use crate::network::graph::{Function, Graph};

/// See the variants.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum VerifyError {
    /// Somebody raised the flag.
    #[error("the encoding was stopped before its end")]
    Stopped,
    /// An element needs finite bounds.
    #[error(
        "node {node}: element {element} has no finite bounds, so no case of it can be switched \
         off; bound the inputs"
    )]
    Unbounded {
        /// Name of the node.
        node: String,
        /// Its element.
        element: usize,
    },
    /// A smooth function under a formulation without them.
    #[error(
        "node {node}: {function:?} is no piecewise linear function; choose an NL target (exact) or \
         an envelope of pieces (a relaxation)"
    )]
    Smooth {
        /// Name of the node.
        node: String,
        /// The function.
        function: Function,
    },
    /// No NL target knows the function.
    #[error("node {node}: no NL file can state {function:?}; choose an envelope of pieces")]
    NoExpression {
        /// Name of the node.
        node: String,
        /// The function.
        function: Function,
    },
    /// A logarithm, root or quotient outside of its domain.
    #[error(
        "node {node}: element {element} may leave the domain of its function (operand in [{lo}, \
         {hi}]); narrow the input set"
    )]
    Domain {
        /// Name of the node.
        node: String,
        /// Its element.
        element: usize,
        /// Least operand.
        lo: f64,
        /// Largest operand.
        hi: f64,
    },
    /// More nodes than names can count.
    #[error("the graph has {0} nodes; at most 65535 can be named")]
    TooManyNodes(usize),
    /// Bounds or property of another network.
    #[error("the {what} have {found} entries where the network has {expected}")]
    Size {
        /// What does not fit.
        what: &'static str,
        /// Its size.
        found: usize,
        /// The network's.
        expected: usize,
    },
}

/// Whether graph, bounds and property belong together.
pub(super) fn fits(
    graph: &Graph,
    bounds: &[Vec<Interval>],
    (inputs, outputs): (usize, usize),
) -> Result<(), VerifyError> {
    if graph.nodes.len() > usize::from(u16::MAX) {
        return Err(VerifyError::TooManyNodes(graph.nodes.len()));
    }
    let same = |what, found: usize, expected: usize| {
        if found == expected { Ok(()) } else { Err(VerifyError::Size { what, found, expected }) }
    };
    same("bounds", bounds.len(), graph.nodes.len())?;
    for (node, b) in graph.nodes.iter().zip(bounds) {
        same("bounds of a node", b.len(), node.len())?;
    }
    same("inputs of the property", inputs, graph.input_len())?;
    same("outputs of the property", outputs, graph.output_len())
}
