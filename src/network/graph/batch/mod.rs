//! Many points at once: values, and derivatives in the argument and in the parameters.
//!
//! Made for speed, where [`eval`](super::eval) is made for reproducible rounding. Layers are matrix
//! products of the `matrixmultiply` kernels, so that sums run in an order of their own, and results
//! may differ in the last digits between processors. They do not depend on the number of threads:
//! whoever splits points into batches decides on the split.
//!
//! A table of a batch has one row an element and one column a point: element `e` of point `p` of
//! `count` is at `e * count + p`. Where a function has a kink, the derivative is that of PyTorch: 0
//! for a ReLU at 0, the first largest member of a maximum.

mod backward;
mod columns;
mod forward;
mod product;
mod rows;

pub use backward::{Gradient, Wanted};
pub use product::Float;
pub use rows::{Block, Rows};

use columns::Columns;

use super::{Graph, NodeId, Op};

/// A graph with the tables that batches need, the same for all of them.
#[derive(Clone, Debug)]
pub struct Batches<'g> {
    graph: &'g Graph,
    /// Of every convolution that is a matrix product.
    columns: Vec<Option<Columns>>,
}

/// The results of all nodes at the points of a batch.
#[derive(Clone, Debug)]
pub struct Values<T> {
    /// Number of points.
    pub count: usize,
    nodes: Vec<Vec<T>>,
}

impl<T> Values<T> {
    /// The table of a node's result.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &[T] {
        &self.nodes[id.index()]
    }
}

/// The elements of one point of a table of `count` points.
pub fn column<T: Copy>(table: &[T], point: usize, count: usize) -> impl Iterator<Item = T> {
    table.iter().skip(point).step_by(count.max(1)).copied()
}

impl<'g> Batches<'g> {
    /// Prepares a graph.
    #[must_use]
    pub fn new(graph: &'g Graph) -> Self {
        let columns = graph
            .nodes
            .iter()
            .map(|node| match &node.op {
                Op::Conv { x, by } if !by.transposed => {
                    Columns::new(by, &graph.node(*x).shape, &node.shape)
                }
                _ => None,
            })
            .collect();
        Batches { graph, columns }
    }

    /// The graph.
    #[must_use]
    pub fn graph(&self) -> &'g Graph {
        self.graph
    }

    /// The table of all outputs, one behind the other.
    #[must_use]
    pub fn outputs<T: Float>(&self, values: &Values<T>) -> Vec<T> {
        let ports = self.graph.outputs.iter();
        ports.flat_map(|o| values.node(o.node).iter().copied()).collect()
    }
}
