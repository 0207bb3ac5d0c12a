//! The trainable constants of a graph: which tensors of the file stand behind which of its numbers.
//!
//! A parameter is an element of a tensor that is stored in the file and serves, as it is, as weight
//! or bias of a [`Op::Dense`] or [`Op::Conv`], or as scale or bias of a normalisation (a
//! [`Op::Scale`]). Everything else is part of the architecture: running means and variances, factors
//! of inputs, slopes. A tensor that serves in several places is one parameter tensor.
//!
//! All parameters together are one vector, tensor behind tensor in the order of their first use.

use super::{Graph, NodeId, Op};
use crate::bounds::Interval;

/// A tensor of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Name of the initialiser.
    pub name: String,
    /// Dimensions in the file.
    pub shape: Vec<usize>,
    /// Its elements as they are stored, in the order of the file.
    pub values: Vec<f64>,
    /// Whether the file stores it in single precision.
    pub single: bool,
}

/// The elements of a tensor in the order in which a node has them; nothing where that is the order
/// of the file.
pub type Order = Option<Vec<u32>>;

/// A node's constants that come from tensors.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// The matrix of a [`Op::Dense`] or the kernel of a [`Op::Conv`].
    Weight {
        /// Index into [`Parameters::tensors`].
        tensor: usize,
        /// Elements.
        order: Order,
    },
    /// The bias of a [`Op::Dense`] or a [`Op::Conv`].
    Bias {
        /// Index into [`Parameters::tensors`].
        tensor: usize,
        /// Elements.
        order: Order,
    },
    /// Scale and bias of a normalisation: `factor = scale / deviation`, `shift = bias - mean factor`.
    Normal {
        /// Tensor of the scales.
        scale: usize,
        /// Tensor of the biases.
        bias: usize,
        /// Enclosures of `sqrt(variance + epsilon)`, one a channel.
        deviation: Vec<Interval>,
        /// Means, one a channel.
        mean: Vec<f64>,
    },
}

/// A node with constants that come from tensors.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The node.
    pub node: NodeId,
    /// Which of its constants.
    pub place: Place,
}

/// The trainable constants of a graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters {
    /// Tensors in the order of their first use.
    pub tensors: Vec<Tensor>,
    /// Where they are used, in the order of the nodes.
    pub links: Vec<Link>,
}

impl Parameters {
    /// Number of parameters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tensors.iter().map(|t| t.values.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Position of the first element of each tensor in the vector of all parameters, and behind the
    /// last the length of the vector.
    #[must_use]
    pub fn starts(&self) -> Vec<usize> {
        let mut starts = vec![0];
        for tensor in &self.tensors {
            starts.push(starts[starts.len() - 1] + tensor.values.len());
        }
        starts
    }

    /// All parameters as the file has them.
    #[must_use]
    pub fn vector(&self) -> Vec<f64> {
        self.tensors.iter().flat_map(|t| t.values.iter().copied()).collect()
    }

    /// Writes a vector of parameters into the constants of the graph that they belong to.
    ///
    /// `vector` has [`Parameters::len`] numbers; what is missing stays as it is.
    pub fn write(&self, vector: &[f64], graph: &mut Graph) {
        let starts = self.starts();
        let of = |tensor: usize| vector.get(starts[tensor]..starts[tensor + 1]).unwrap_or(&[]);
        for link in &self.links {
            match (&mut graph.nodes[link.node.index()].op, &link.place) {
                (Op::Dense { by, .. }, Place::Weight { tensor, order }) => {
                    fill(&mut by.weight, of(*tensor), order);
                }
                (Op::Dense { by, .. }, Place::Bias { tensor, order }) => {
                    fill(&mut by.bias, of(*tensor), order);
                }
                (Op::Conv { by, .. }, Place::Weight { tensor, order }) => {
                    fill(&mut by.weight, of(*tensor), order);
                }
                (Op::Conv { by, .. }, Place::Bias { tensor, order }) => {
                    fill(&mut by.bias, of(*tensor), order);
                }
                (Op::Scale { by, .. }, Place::Normal { scale, bias, deviation, mean }) => {
                    let channels = of(*scale).iter().zip(of(*bias)).zip(deviation).zip(mean);
                    let targets = by.factor.iter_mut().zip(&mut by.shift);
                    for ((f, s), (((scale, bias), root), mean)) in targets.zip(channels) {
                        (*f, *s) = normal(*scale, *bias, *root, *mean);
                    }
                }
                (_, Place::Weight { .. } | Place::Bias { .. } | Place::Normal { .. }) => {}
            }
        }
    }
}

fn fill(target: &mut [f64], tensor: &[f64], order: &Order) {
    match order {
        None => {
            for (t, v) in target.iter_mut().zip(tensor) {
                *t = *v;
            }
        }
        Some(order) => {
            for (t, &e) in target.iter_mut().zip(order) {
                *t = tensor.get(e as usize).copied().unwrap_or(*t);
            }
        }
    }
}

/// Factor and shift of a channel that is normalised at inference.
#[must_use]
pub fn normal(scale: f64, bias: f64, deviation: Interval, mean: f64) -> (Interval, Interval) {
    let s = Interval::point(scale);
    let factor = s.divide(deviation.lo).hull(s.divide(deviation.hi));
    (factor, Interval::point(bias) - factor * Interval::point(mean))
}
