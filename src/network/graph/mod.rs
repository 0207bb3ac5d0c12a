//! A network as a directed acyclic graph of few operations on tensors.
//!
//! # Meaning
//!
//! A [`Graph`] denotes a real-valued function of all its inputs, taken together, whose constants are
//! the doubles below: an `f32` of an ONNX file is the same real number as the double that holds it.
//! Evaluation in floating point only approximates it ([`Rounding`] says in which order and width).
//!
//! 1. A [`Node`] has one result, a tensor of known shape whose elements are counted in row-major
//!    order. Operands are results of earlier nodes: handles point backwards only.
//! 2. What moves elements without changing them (reshape, transpose, slice, pad, concatenate, gather,
//!    nearest resize, ...) is one operation, [`Op::Move`]. What only renames the shape is no node.
//! 3. Linear operations: [`Op::Dense`], [`Op::Conv`], [`Op::Sums`], [`Op::Scale`], [`Op::Add`]. None
//!    of them hides a rounded constant: a quotient keeps its divisor, and a factor that is no double
//!    (`1 / sqrt(variance + epsilon)`) is an enclosure.
//! 4. Element-wise functions are [`Unary`]; maxima over groups (pooling, reduction, n-ary) are
//!    [`Op::Max`]; products of two variable tensors are [`Op::Product`].
//! 5. A constant result is [`Op::Constant`], and constants are folded where that is exact.
//!
//! Each node carries the name of the ONNX node it comes from; several may come from one.

pub mod batch;
pub mod decided;
pub mod eval;
pub mod gradient;
pub mod op;
pub mod parameters;

pub use op::{Conv, Dense, Function, Groups, Op, Scale, Source, Sums, Unary};

/// Handle of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// Position in [`Graph::nodes`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One operation with its result.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What is computed.
    pub op: Op,
    /// Shape of the result; the number of elements is the product, 1 for a scalar.
    pub shape: Vec<usize>,
    /// Name of the ONNX node, for errors, origins and reports: its own, or that of its output.
    pub origin: String,
}

impl Node {
    /// Number of elements of the result.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// Whether the result has no element.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A named input or output of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// Name in the file.
    pub name: String,
    /// The node that holds it.
    pub node: NodeId,
    /// Dimensions as the file has them, a symbolic batch as 1.
    pub shape: Vec<usize>,
}

impl Port {
    /// Number of elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shape.iter().product()
    }

    /// Whether it has no element.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Floating point arithmetic of an evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Doubles throughout.
    Double,
    /// Every result of an operation rounded to single precision, sums in the order of their terms:
    /// what the ONNX runtime computes up to the order of its sums.
    Single,
}

/// A network. See the module documentation for what it means.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// Nodes, operands first.
    pub nodes: Vec<Node>,
    /// Inputs in the order of the file. Together, one behind the other, they are the argument.
    pub inputs: Vec<Port>,
    /// Outputs in the order of the file. Together they are the value.
    pub outputs: Vec<Port>,
}

impl Graph {
    /// Adds a node.
    pub fn push(&mut self, op: Op, shape: Vec<usize>, origin: impl Into<String>) -> NodeId {
        self.nodes.push(Node { op, shape, origin: origin.into() });
        NodeId(self.nodes.len() as u32 - 1)
    }

    /// The node behind a handle.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// Number of elements of all inputs together.
    #[must_use]
    pub fn input_len(&self) -> usize {
        self.inputs.iter().map(Port::len).sum()
    }

    /// Number of elements of all outputs together.
    #[must_use]
    pub fn output_len(&self) -> usize {
        self.outputs.iter().map(Port::len).sum()
    }

    /// Handles in order, operands first.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }
}
