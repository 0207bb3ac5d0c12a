//! Evaluation of a graph at a point, in several arithmetics.
//!
//! The operations are written once (`ops`) over the trait [`Number`], whose implementations are
//!
//! - `f64` and `f32`: what [`Rounding`] asks for. Sums run in the order of their terms, the bias
//!   last, every result of an operation rounded once; no fused multiply-add. The same bytes follow
//!   on every machine, except for smooth functions, which are those of the platform.
//! - [`Lanes`]: several points side by side, each with the bytes that it has alone.
//! - [`Interval`]: an enclosure of the real value ([`Graph::eval_enclosed`]).
//! - `RBig`: the real value itself, where the graph has one ([`Graph::eval_exact`]).
//!
//! Factors that are no doubles ([`Scale`](super::Scale)) stand for the double next to the middle of
//! their enclosure in floating point, and for the whole enclosure in intervals.

pub mod conv;
mod enclosure;
mod exact;
mod lanes;
mod number;
mod ops;
pub mod smooth;

pub use exact::NotExact;
pub use lanes::Lanes;
pub use number::{Number, middle};

use dashu::rational::RBig;

use super::{Graph, NodeId, Rounding};
use crate::bounds::Interval;

/// Why a graph has no value at an argument.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvalError {
    /// The argument does not fit.
    #[error("the network takes {expected} numbers, {found} are given")]
    Length {
        /// Elements of all inputs together.
        expected: usize,
        /// Elements given.
        found: usize,
    },
    /// There is no exact value.
    #[error("node {node} has no exact value: {reason}")]
    NotExact {
        /// The node's origin.
        node: String,
        /// What stands in the way.
        reason: NotExact,
    },
}

/// The results of all nodes at one argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Values<T> {
    nodes: Vec<Vec<T>>,
}

impl<T> Values<T> {
    /// Elements of a node's result, in row-major order.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &[T] {
        &self.nodes[id.index()]
    }
}

impl<T: Clone> Values<T> {
    /// All outputs, one behind the other.
    #[must_use]
    pub fn outputs(&self, graph: &Graph) -> Vec<T> {
        graph.outputs.iter().flat_map(|o| self.node(o.node).iter().cloned()).collect()
    }
}

impl Graph {
    /// All outputs, one behind the other, for all inputs, one behind the other, in floating point.
    /// In single precision the argument is rounded first.
    ///
    /// # Errors
    /// [`EvalError::Length`] where the argument does not fit.
    pub fn eval(&self, argument: &[f64], rounding: Rounding) -> Result<Vec<f64>, EvalError> {
        match rounding {
            Rounding::Double => Ok(self.values(argument)?.outputs(self)),
            Rounding::Single => {
                let argument: Vec<f32> = argument.iter().map(|&x| x as f32).collect();
                let outputs = self.values(&argument)?.outputs(self);
                Ok(outputs.into_iter().map(f64::from).collect())
            }
        }
    }

    /// Enclosures of the real outputs for every real argument in the given box.
    ///
    /// # Errors
    /// [`EvalError::Length`] where the argument does not fit.
    pub fn eval_enclosed(&self, argument: &[Interval]) -> Result<Vec<Interval>, EvalError> {
        Ok(self.values(argument)?.outputs(self))
    }

    /// The real outputs, for graphs without smooth functions and enclosed factors.
    ///
    /// # Errors
    /// [`EvalError::NotExact`] where a node has no rational value, [`EvalError::Length`].
    pub fn eval_exact(&self, argument: &[RBig]) -> Result<Vec<RBig>, EvalError> {
        Ok(self.values(argument)?.outputs(self))
    }

    /// The results of all nodes.
    ///
    /// # Errors
    /// [`EvalError::Length`] where the argument does not fit; [`EvalError::NotExact`] in rational
    /// arithmetic alone.
    pub fn values<T: Number>(&self, argument: &[T]) -> Result<Values<T>, EvalError> {
        if argument.len() != self.input_len() {
            return Err(EvalError::Length { expected: self.input_len(), found: argument.len() });
        }
        let mut values = Values { nodes: Vec::with_capacity(self.nodes.len()) };
        for node in &self.nodes {
            let result = ops::apply(self, node, &values, argument)
                .map_err(|reason| EvalError::NotExact { node: node.origin.clone(), reason })?;
            values.nodes.push(result);
        }
        Ok(values)
    }
}
