//! What keeps a graph from being read.

use thiserror::Error;

/// What is wrong with a graph, or not supported. The place (node, tensor, value) stands before it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GraphProblem {
    /// An operator outside the table.
    #[error(
        "the operator is not supported in opset {opset}; rewrite the node with supported operators"
    )]
    Operator {
        /// Version in use.
        opset: i64,
    },
    /// An old form of an operator.
    #[error(
        "the form that the operator has in opset {opset} is not supported; export with opset {since} or later"
    )]
    OldForm {
        /// Version in use.
        opset: i64,
        /// First version of the supported form.
        since: i64,
    },
    /// A feature of an operator.
    #[error("{what} is not supported; {instead}")]
    Unsupported {
        /// The feature.
        what: String,
        /// What to do.
        instead: &'static str,
    },
    /// Two shapes that do not fit.
    #[error("the shapes {left} and {right} {rule}; export the model again")]
    Shapes {
        /// First shape.
        left: String,
        /// Second shape.
        right: String,
        /// What is wrong.
        rule: &'static str,
    },
    /// One shape that does not fit.
    #[error("the shape {shape} {rule}; export the model again")]
    Shape {
        /// The shape.
        shape: String,
        /// What is wrong.
        rule: &'static str,
    },
    /// An attribute or a constant argument out of its range.
    #[error("{what} is {value}, which {rule}; export the model again")]
    Argument {
        /// The argument.
        what: &'static str,
        /// Its value.
        value: String,
        /// What is wrong.
        rule: &'static str,
    },
    /// An argument that must be constant.
    #[error(
        "{what} must be a constant, but it depends on the network's input or cannot be computed without rounding; fix it before export"
    )]
    NotConstant {
        /// The argument.
        what: &'static str,
    },
    /// An argument that is missing.
    #[error("the argument number {position} is missing; export the model again")]
    Missing {
        /// Counted from 1.
        position: usize,
    },
    /// Element types that do not fit.
    #[error("{what} has element type {found}, but {expected} is needed; export the model again")]
    Kind {
        /// The argument.
        what: &'static str,
        /// Its type.
        found: String,
        /// What is needed.
        expected: &'static str,
    },
    /// A tensor of quantised or otherwise unreadable numbers.
    #[error(
        "the element type {found} is not supported; float, double, int32, int64 and bool are, so export the network in single precision and without quantisation"
    )]
    ElementType {
        /// The type.
        found: String,
    },
    /// Infinite or no number.
    #[error("element {index} is {value}; weights must be finite")]
    NotFinite {
        /// Row-major position.
        index: usize,
        /// The value.
        value: String,
    },
    /// A constant result that no double holds.
    #[error(
        "the result of computing with constants alone has no exact double, and constants are never rounded; fold it before export"
    )]
    Rounds,
    /// An index beyond a dimension.
    #[error("the index {index} does not exist along a dimension of {size}; export the model again")]
    Index {
        /// The index.
        index: i64,
        /// The dimension.
        size: usize,
    },
    /// A result or table that is too large.
    #[error(
        "the node brings the graph to more than {limit} numbers, far more than a file of this size needs; reduce the batch or the image, or raise the limit"
    )]
    TooLarge {
        /// Numbers allowed.
        limit: usize,
    },
    /// An empty tensor that is no constant.
    #[error("its result has shape {shape} and so no element; export the model again")]
    Empty {
        /// The shape.
        shape: String,
    },
    /// Training behaviour.
    #[error("the node works in training mode; export the model for inference")]
    Training,
    /// A division by zero.
    #[error("element {index} of the divisor is zero; export the model again")]
    ZeroDivisor {
        /// Row-major position.
        index: usize,
    },
    /// `ArgMax` before the end.
    #[error(
        "ArgMax is read only as the last node of an output; end the network at the scores instead"
    )]
    Labels,
    /// A dimension without a value.
    #[error(
        "dimension {position} ({name}) of the input has no value; give it one, or export with a fixed size"
    )]
    Dimension {
        /// Counted from 0.
        position: usize,
        /// Its name.
        name: String,
    },
    /// A dimension of zero or less, or far too large.
    #[error(
        "the input has the dimensions {dims}, of which each must be at least 1 and all together not too many; export the model again"
    )]
    InputShape {
        /// The dimensions.
        dims: String,
    },
    /// A type that is no tensor.
    #[error("the input is no tensor of a stated shape; export the model with input shapes")]
    InputType,
    /// A value given for an input does not fit it.
    #[error("the value given for the input has {found}, but the file says {expected}")]
    Fixed {
        /// What is given.
        found: String,
        /// What the file says.
        expected: String,
    },
    /// An option names an input that does not exist.
    #[error("no input has this name; the graph has {names}")]
    NoInput {
        /// Names of the inputs.
        names: String,
    },
    /// No output.
    #[error("the graph has no output; export the model again")]
    NoOutput,
    /// External data.
    #[error("the external data in {location:?} {reason}")]
    External {
        /// As the file has it.
        location: String,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// A file that is compressed and does not unpack.
    #[error("the compressed file does not unpack ({reason}); compress it again")]
    Packing {
        /// The decoder's words.
        reason: String,
    },
}

impl GraphProblem {
    /// Two shapes and what is wrong with them.
    pub(super) fn shapes(left: &[usize], right: &[usize], rule: &'static str) -> Self {
        GraphProblem::Shapes { left: format!("{left:?}"), right: format!("{right:?}"), rule }
    }

    /// A shape and what is wrong with it.
    pub(super) fn shape(shape: &[usize], rule: &'static str) -> Self {
        GraphProblem::Shape { shape: format!("{shape:?}"), rule }
    }

    /// An argument and what is wrong with it.
    pub(super) fn argument(
        what: &'static str,
        value: impl std::fmt::Debug,
        rule: &'static str,
    ) -> Self {
        GraphProblem::Argument { what, value: format!("{value:?}"), rule }
    }

    /// A feature that is not read, and what to do.
    pub(super) fn unsupported(what: impl Into<String>, instead: &'static str) -> Self {
        GraphProblem::Unsupported { what: what.into(), instead }
    }
}
