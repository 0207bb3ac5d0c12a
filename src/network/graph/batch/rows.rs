//! Derivatives in the parameters: summed over a batch, or one row a point.
//!
//! The derivative of one point in the matrix of a layer is a product of a column and a row (slopes of
//! the results, and arguments). [`Rows`] keep it as such, because products of rows with each other need
//! no more: `<u v', a b'> = <u, a> <v, b>`.

use super::backward::Gradient;
use super::product::{Float, Matrix, multiply};
use super::{Batches, Values, column};
use crate::network::graph::eval::conv::runs;
use crate::network::graph::eval::middle;
use crate::network::graph::parameters::{Link, Order, Parameters, Place};
use crate::network::graph::{NodeId, Op};

/// Derivatives in all parameters, one row a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Number of rows.
    pub count: usize,
    /// One a tensor of the parameters.
    pub blocks: Vec<Block>,
}

/// Derivatives in the elements of one tensor.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Row `r` is the matrix `left_r right_r'`, whose elements are those of the tensor in `order`.
    Outer {
        /// Length of `left` for one row.
        outputs: usize,
        /// Length of `right` for one row.
        inputs: usize,
        /// Slopes of the results, row behind row.
        left: Vec<f64>,
        /// Arguments, row behind row.
        right: Vec<f64>,
        /// Element of the tensor behind each element of the matrix.
        order: Order,
    },
    /// Every element, row behind row, in the order of the tensor.
    Full {
        /// Length of one row.
        len: usize,
        /// All rows.
        list: Vec<f64>,
    },
}

impl Batches<'_> {
    /// Whether parameters go into each node, for [`Batches::gradient`].
    #[must_use]
    pub fn trained(&self, parameters: &Parameters) -> Vec<bool> {
        self.leads(|id| parameters.links.iter().any(|l| l.node == id))
    }

    /// Adds the derivatives in all parameters, of all points together, to `sum`, which has
    /// [`Parameters::len`] numbers.
    pub fn add_sum<T: Float>(
        &self,
        values: &Values<T>,
        gradient: &Gradient<T>,
        parameters: &Parameters,
        sum: &mut [f64],
    ) {
        let starts = parameters.starts();
        for link in &parameters.links {
            let slope = &gradient.nodes[link.node.index()];
            if !slope.is_empty() {
                let x = operand(self, link.node).map_or(&[][..], |x| values.node(x));
                self.add_link(link, x, slope, values.count, |tensor, element, v| {
                    sum[starts[tensor] + element] += v;
                });
            }
        }
    }

    /// The derivatives of every point by itself.
    #[must_use]
    pub fn rows<T: Float>(
        &self,
        values: &Values<T>,
        gradient: &Gradient<T>,
        parameters: &Parameters,
    ) -> Rows {
        let count = values.count;
        let blocks = (0..parameters.tensors.len()).map(|tensor| {
            let mut links = parameters.links.iter().filter(|l| uses(&l.place, tensor));
            let only = links.next().filter(|_| links.next().is_none());
            only.and_then(|link| self.outer(link, values, gradient)).unwrap_or_else(|| {
                let len = parameters.tensors[tensor].values.len();
                Block::Full { len, list: vec![0.0; len * count] }
            })
        });
        let mut rows = Rows { count, blocks: blocks.collect() };
        for link in &parameters.links {
            let slope = &gradient.nodes[link.node.index()];
            let outer = |b: &Block| matches!(b, Block::Outer { .. });
            let matrix =
                matches!(&link.place, Place::Weight { tensor, .. } if outer(&rows.blocks[*tensor]));
            if slope.is_empty() || matrix {
                continue;
            }
            let x = operand(self, link.node).map_or(&[][..], |x| values.node(x));
            for point in 0..count {
                let x: Vec<T> = column(x, point, count).collect();
                let slope: Vec<T> = column(slope, point, count).collect();
                self.add_link(link, &x, &slope, 1, |tensor, element, v| {
                    if let Block::Full { len, list } = &mut rows.blocks[tensor] {
                        list[point * *len + element] += v;
                    }
                });
            }
        }
        rows
    }

    /// The derivative in the matrix of a layer that is used once a point.
    fn outer<T: Float>(
        &self,
        link: &Link,
        values: &Values<T>,
        gradient: &Gradient<T>,
    ) -> Option<Block> {
        let (Op::Dense { x, by }, Place::Weight { order, .. }) =
            (&self.graph.node(link.node).op, &link.place)
        else {
            return None;
        };
        let slope = &gradient.nodes[link.node.index()];
        if self.graph.node(link.node).len() != by.outputs || slope.is_empty() {
            return None;
        }
        let turned = |list: &[T]| -> Vec<f64> {
            let point = |p| column(list, p, values.count).map(Float::value);
            (0..values.count).flat_map(point).collect()
        };
        Some(Block::Outer {
            outputs: by.outputs,
            inputs: by.inputs,
            left: turned(slope),
            right: turned(values.node(*x)),
            order: order.clone(),
        })
    }

    /// Calls `f(tensor, element, derivative)` for the parameters of a link, of all points together.
    fn add_link<T: Float>(
        &self,
        link: &Link,
        x: &[T],
        slope: &[T],
        count: usize,
        mut f: impl FnMut(usize, usize, f64),
    ) {
        let sum = |list: &[T]| list.iter().map(|v| v.value()).sum::<f64>();
        let at = |order: &Order, k: usize| match order {
            None => k,
            Some(order) => order[k] as usize,
        };
        match (&self.graph.node(link.node).op, &link.place) {
            (Op::Dense { .. } | Op::Conv { .. }, Place::Weight { tensor, order }) => {
                for (k, v) in self.weight(link.node, x, slope, count).iter().enumerate() {
                    f(*tensor, at(order, k), v.value());
                }
            }
            (Op::Dense { by, .. }, Place::Bias { tensor, order }) => {
                for (k, row) in slope.chunks_exact(count).enumerate() {
                    f(*tensor, at(order, k % by.outputs), sum(row));
                }
            }
            (Op::Conv { by, .. }, Place::Bias { tensor, order }) => {
                let shape = &self.graph.node(link.node).shape;
                let inner = shape[2..].iter().product::<usize>() * count;
                for (k, row) in slope.chunks_exact(inner).enumerate() {
                    f(*tensor, at(order, k % by.bias.len().max(1)), sum(row));
                }
            }
            (Op::Scale { by, .. }, Place::Normal { scale, bias, deviation, mean }) => {
                let rows = slope.chunks_exact(count).zip(x.chunks_exact(count));
                for (k, (slope, x)) in rows.enumerate() {
                    let channel = by.index(k);
                    let shift = sum(slope);
                    let factor: f64 = slope.iter().zip(x).map(|(s, x)| (*s * *x).value()).sum();
                    let root = middle(deviation[channel]);
                    f(*scale, channel, (factor - mean[channel] * shift) / root);
                    f(*bias, channel, shift);
                }
            }
            (_, Place::Weight { .. } | Place::Bias { .. } | Place::Normal { .. }) => {}
        }
    }

    /// The derivative in a node's matrix or kernel.
    fn weight<T: Float>(&self, node: NodeId, x: &[T], slope: &[T], count: usize) -> Vec<T> {
        match &self.graph.node(node).op {
            Op::Dense { by, .. } => {
                let mut sum = vec![T::zero(); by.outputs * by.inputs];
                let rows = slope.chunks_exact(by.outputs * count);
                for (s, x) in rows.zip(x.chunks_exact(by.inputs * count)) {
                    let x = Matrix::new(by.inputs, count, x).turned();
                    multiply(Matrix::new(by.outputs, count, s), x, &mut sum, false);
                }
                sum
            }
            Op::Conv { x: operand, by } => {
                let mut sum = vec![T::zero(); by.weight.len()];
                if let Some(c) = &self.columns[node.index()] {
                    let width = c.positions * count;
                    let mut under = Vec::new();
                    for group in 0..c.groups {
                        c.gather(&x[group * c.input * count..], count, &mut under);
                        let first = group % c.kernels * c.outputs * c.taps;
                        let slope = &slope[group * c.outputs * width..];
                        let under = Matrix::new(c.taps, width, &under).turned();
                        multiply(
                            Matrix::new(c.outputs, width, slope),
                            under,
                            &mut sum[first..],
                            false,
                        );
                    }
                } else {
                    let shapes = (&self.graph.node(*operand).shape, &self.graph.node(node).shape);
                    runs(by, shapes.0, shapes.1, |run| {
                        for k in 0..run.count {
                            let from = (run.input + k * run.input_step) * count;
                            let to = (run.output + k * run.output_step) * count;
                            let pairs = slope[to..to + count].iter().zip(&x[from..from + count]);
                            for (s, x) in pairs {
                                sum[run.weight] = sum[run.weight] + *s * *x;
                            }
                        }
                    });
                }
                sum
            }
            _ => Vec::new(),
        }
    }
}

/// The operand of a node that has parameters.
fn operand(batches: &Batches<'_>, node: NodeId) -> Option<NodeId> {
    batches.graph.node(node).op.operands().first().copied()
}

fn uses(place: &Place, tensor: usize) -> bool {
    match place {
        Place::Weight { tensor: t, .. } | Place::Bias { tensor: t, .. } => *t == tensor,
        Place::Normal { scale, bias, .. } => *scale == tensor || *bias == tensor,
    }
}
