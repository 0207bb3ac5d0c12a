//! The operations of a [`Graph`](super::Graph).

use super::NodeId;
use crate::bounds::Interval;

/// What a node computes.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// The elements of input number `port`.
    Input {
        /// Index into [`Graph::inputs`](super::Graph::inputs).
        port: usize,
    },
    /// Fixed numbers, one an element.
    Constant(Vec<f64>),
    /// Elements of other results, moved, repeated or left out, and fixed numbers between them.
    Move {
        /// Operands.
        from: Vec<NodeId>,
        /// Where each element of the result comes from.
        map: Vec<Source>,
    },
    /// Rows times a fixed matrix.
    Dense {
        /// Operand.
        x: NodeId,
        /// The matrix.
        by: Dense,
    },
    /// Convolution or its transpose.
    Conv {
        /// Operand, of shape `[batch, channels, ...spatial]`.
        x: NodeId,
        /// Kernel and geometry.
        by: Conv,
    },
    /// Sparse weighted sums with a common divisor a row (average pooling, sums and means).
    Sums {
        /// Operand.
        x: NodeId,
        /// The sums.
        by: Sums,
    },
    /// Every element times a factor of its own, plus a shift of its own.
    Scale {
        /// Operand.
        x: NodeId,
        /// Factors and shifts.
        by: Scale,
    },
    /// Signed sum of results of one shape, element by element, first term first.
    Add {
        /// Operands; `true` subtracts.
        terms: Vec<(NodeId, bool)>,
    },
    /// Product of two results of one shape, element by element. Bilinear.
    Product {
        /// First factor.
        a: NodeId,
        /// Second factor.
        b: NodeId,
    },
    /// One function, applied to every element.
    Unary {
        /// Operand.
        x: NodeId,
        /// The function.
        f: Unary,
    },
    /// The largest element of every group.
    Max {
        /// Operand.
        x: NodeId,
        /// Members of the groups, one group an element of the result, none empty.
        groups: Groups,
    },
    /// `c` positive (`>= 0` where `at_zero`): the element of `a`, else that of `b`. All of one shape.
    Choose {
        /// The condition's quantity.
        condition: NodeId,
        /// Whether zero counts as positive.
        at_zero: bool,
        /// Taken where the condition holds.
        a: NodeId,
        /// Taken where it does not.
        b: NodeId,
    },
    /// `a / b`, element by element, both variable. For NL targets, or refused.
    Quotient {
        /// Numerator.
        a: NodeId,
        /// Denominator.
        b: NodeId,
    },
}

/// Where one element of a [`Op::Move`] comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// Element of an operand.
    Element {
        /// Which operand.
        operand: u32,
        /// Its element.
        element: u32,
    },
    /// A fixed number (padding).
    Fixed(f64),
}

/// `y[r, o] = sum_i weight[o, i] x[r, i] + bias[o]`: the operand's elements are read as rows of `inputs`.
#[derive(Clone, Debug, PartialEq)]
pub struct Dense {
    /// Row-major, `[outputs, inputs]`.
    pub weight: Vec<f64>,
    /// One an output, or empty.
    pub bias: Vec<f64>,
    /// Length of a row of the operand.
    pub inputs: usize,
    /// Length of a row of the result.
    pub outputs: usize,
}

/// A convolution over one, two or three spatial dimensions (ONNX `Conv`; `ConvTranspose`, its adjoint plus bias).
#[derive(Clone, Debug, PartialEq)]
pub struct Conv {
    /// As in the file: `[out, in / groups, ...kernel]`; transposed `[in, out / groups, ...kernel]`.
    pub weight: Vec<f64>,
    /// Shape of `weight`.
    pub weight_shape: Vec<usize>,
    /// One an output channel, or empty.
    pub bias: Vec<f64>,
    /// Groups of channels.
    pub groups: usize,
    /// One a spatial dimension.
    pub strides: Vec<usize>,
    /// One a spatial dimension.
    pub dilations: Vec<usize>,
    /// Zeros before, one a spatial dimension (transposed: elements cut off).
    pub pads_begin: Vec<usize>,
    /// Zeros behind, one a spatial dimension (transposed: elements cut off).
    pub pads_end: Vec<usize>,
    /// Whether it is `ConvTranspose`.
    pub transposed: bool,
}

/// `y_r = (sum_k coefficient_k x_{column_k} + bias_r) / divisor_r`, in compressed rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    /// First entry of each row, and behind the last row the number of entries.
    pub starts: Vec<u32>,
    /// Element of the operand.
    pub columns: Vec<u32>,
    /// Its coefficient.
    pub coefficients: Vec<f64>,
    /// One a row, or empty.
    pub bias: Vec<f64>,
    /// One a row, never 0; or empty, which is 1 everywhere.
    pub divisors: Vec<f64>,
}

impl Sums {
    /// From the elements of each row with their coefficients, without bias or divisors.
    pub fn of<R: IntoIterator<Item = (usize, f64)>>(rows: impl IntoIterator<Item = R>) -> Self {
        let (mut starts, mut columns, mut coefficients) = (vec![0], Vec::new(), Vec::new());
        for row in rows {
            for (column, coefficient) in row {
                columns.push(column as u32);
                coefficients.push(coefficient);
            }
            starts.push(columns.len() as u32);
        }
        Sums { starts, columns, coefficients, bias: Vec::new(), divisors: Vec::new() }
    }
}

/// `y_k = factor_k x_k / divisor_k + shift_k`, where entry `k` is `index(k) = (k / inner) % count` of the tables.
///
/// Scalars have `count = 1`, channels of `[batch, channels, ...spatial]` have `inner` the number of
/// spatial positions, and elements have `inner = 1` and `count` the number of elements.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Enclosures of the factors; a point where the factor is a double. Length `count`.
    pub factor: Vec<Interval>,
    /// Divisors, never 0. Length `count`, or empty for 1.
    pub divisor: Vec<f64>,
    /// Enclosures of the shifts. Length `count`, or empty for 0.
    pub shift: Vec<Interval>,
    /// Length of the tables.
    pub count: usize,
    /// Elements that share an entry in a run.
    pub inner: usize,
}

/// An element-wise function.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unary {
    /// `max(x, 0)`.
    Relu,
    /// `x` where `x >= 0`, else `slope x`.
    Leaky {
        /// Slope of the negative side, any double.
        slope: f64,
    },
    /// `min(max(x, lo), hi)`; the ends may be infinite, `lo <= hi`.
    Clip {
        /// Least value.
        lo: f64,
        /// Largest value.
        hi: f64,
    },
    /// `|x|`.
    Abs,
    /// `below` for `x < 0`, `at` for `x = 0`, `above` for `x > 0` (Sign, thresholds, comparisons).
    Step {
        /// Value below zero.
        below: f64,
        /// Value at zero.
        at: f64,
        /// Value above zero.
        above: f64,
    },
    /// `x` where `x > threshold`, else 0 (ThresholdedRelu).
    Threshold {
        /// The threshold, at least 0.
        threshold: f64,
    },
    /// A smooth function: exact for NL targets, enclosed by pieces for the others.
    Smooth(Function),
}

/// Smooth functions of one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `1 / (1 + exp(-x))`.
    Sigmoid,
    /// Hyperbolic tangent.
    Tanh,
    /// `log(1 + exp(x))`.
    Softplus,
    /// The error function.
    Erf,
    /// The exponential.
    Exp,
    /// The natural logarithm.
    Log,
    /// The square root.
    Sqrt,
}

/// Lists of elements, in compressed rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups {
    /// First member of each group, and behind the last group the number of members.
    pub starts: Vec<u32>,
    /// Elements of the operand.
    pub members: Vec<u32>,
}

impl Groups {
    /// Members of group `k`.
    #[must_use]
    pub fn get(&self, k: usize) -> &[u32] {
        &self.members[self.starts[k] as usize..self.starts[k + 1] as usize]
    }

    /// Number of groups.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no group.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Scale {
    /// Entry of the tables for element `k`.
    #[must_use]
    pub fn index(&self, k: usize) -> usize {
        (k / self.inner) % self.count
    }
}

impl Op {
    /// Its name, in one word.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Op::Input { .. } => "input",
            Op::Constant(_) => "constant",
            Op::Move { .. } => "move",
            Op::Dense { .. } => "dense",
            Op::Conv { .. } => "conv",
            Op::Sums { .. } => "sums",
            Op::Scale { .. } => "scale",
            Op::Add { .. } => "add",
            Op::Product { .. } => "product",
            Op::Unary { .. } => "unary",
            Op::Max { .. } => "max",
            Op::Choose { .. } => "choose",
            Op::Quotient { .. } => "quotient",
        }
    }

    /// The operands, in order.
    #[must_use]
    pub fn operands(&self) -> Vec<NodeId> {
        match self {
            Op::Input { .. } | Op::Constant(_) => Vec::new(),
            Op::Move { from, .. } => from.clone(),
            Op::Dense { x, .. }
            | Op::Conv { x, .. }
            | Op::Sums { x, .. }
            | Op::Scale { x, .. }
            | Op::Unary { x, .. }
            | Op::Max { x, .. } => vec![*x],
            Op::Add { terms } => terms.iter().map(|t| t.0).collect(),
            Op::Product { a, b } | Op::Quotient { a, b } => vec![*a, *b],
            Op::Choose { condition, a, b, .. } => vec![*condition, *a, *b],
        }
    }
}
