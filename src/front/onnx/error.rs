//! What can be wrong with an ONNX file, and where.

use std::fmt;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::chain::FoldKind;
use super::import::GraphProblem;
use super::wire::WireProblem;

/// A problem with its place: `net.onnx: node "conv1" (Conv): the operator is not supported; ...`.
#[derive(Clone, Debug, PartialEq, Error)]
pub struct OnnxError {
    /// The file.
    pub file: PathBuf,
    /// Where in the file.
    pub place: Place,
    /// What is wrong.
    pub problem: Box<OnnxProblem>,
}

impl OnnxError {
    pub(super) fn new(place: Place, problem: OnnxProblem) -> Self {
        OnnxError { file: PathBuf::new(), place, problem: Box::new(problem) }
    }

    pub(super) fn in_file(mut self, file: &Path) -> Self {
        self.file = file.to_path_buf();
        self
    }
}

impl fmt::Display for OnnxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        match &self.place {
            Place::File => {}
            Place::Byte(offset) => write!(f, ", byte {offset}")?,
            Place::Node { label, operator } => {
                write!(f, ": node {label:?} ({})", operator.escape_debug())?
            }
            Place::Tensor(name) => write!(f, ": tensor {name:?}")?,
            Place::Value(name) => write!(f, ": value {name:?}")?,
        }
        write!(f, ": {}", self.problem)
    }
}

/// A place in an ONNX file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A byte, counted from 0.
    Byte(u64),
    /// A node.
    Node {
        /// Its name, or the name of its first output if it has none.
        label: String,
        /// Its operator.
        operator: String,
    },
    /// A constant.
    Tensor(String),
    /// A value that flows between nodes.
    Value(String),
}

/// What is wrong with an ONNX file.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum OnnxProblem {
    /// The file cannot be opened or read.
    #[error("the file cannot be read ({reason}); check the path and its permissions")]
    Open {
        /// The system's words.
        reason: String,
    },
    /// The bytes are no well-formed message.
    #[error(transparent)]
    Wire(#[from] WireProblem),
    /// The graph, read as a general one, has a problem.
    #[error(transparent)]
    Graph(#[from] GraphProblem),
    /// The message does not decode.
    #[error("the file is no valid ONNX model ({reason}); export it again")]
    Decode {
        /// The decoder's words.
        reason: String,
    },
    /// No graph.
    #[error("the file holds no graph; it is empty or no ONNX model")]
    NoGraph,
    /// No version of the default operators.
    #[error("the file does not state the version of its operators (opset); export it again")]
    NoOpset,
    /// A version before 7.
    #[error("the file uses opset {version}; export it with opset 7 or later")]
    OldOpset {
        /// The version.
        version: i64,
    },
    /// Not exactly one input.
    #[error("the graph has {} inputs ({}); a network has one, so merge or fix the others", .names.len(), .names.join(", "))]
    Inputs {
        /// Their names.
        names: Vec<String>,
    },
    /// Not exactly one output.
    #[error("the graph has {} outputs ({}); a network has one, so remove the others", .names.len(), .names.join(", "))]
    Outputs {
        /// Their names.
        names: Vec<String>,
    },
    /// The input is no float or double tensor with a stated shape.
    #[error("the network input {reason}")]
    Input {
        /// What it is, and what to do.
        reason: String,
    },
    /// A name is given twice.
    #[error("two constants, inputs or nodes define this value; give each its own name")]
    DefinedTwice,
    /// A name that nothing defines.
    #[error("nothing in the graph computes this value; export the model again")]
    Undefined,
    /// A node depends on its own output.
    #[error("the node depends on its own output; a network is a chain without loops")]
    Cycle,
    /// An operator outside the list.
    #[error(
        "the operator is not supported; a network is a chain of Gemm, MatMul, Add, Conv, Relu, Flatten, Reshape, Identity, Constant and Dropout, so rewrite or remove the node"
    )]
    Operator,
    /// An operator of another domain or of the file's own.
    #[error(
        "the operator belongs to domain {domain:?} or is defined in the file; only ONNX's own operators are supported, so export without custom operators"
    )]
    CustomOperator {
        /// The domain.
        domain: String,
    },
    /// Too few or too many inputs or outputs.
    #[error(
        "{inputs} inputs and {outputs} outputs fit no form of the operator; export the model again"
    )]
    Arity {
        /// Number of inputs.
        inputs: usize,
        /// Number of outputs.
        outputs: usize,
    },
    /// An attribute that the operator does not have.
    #[error("the operator has no attribute {name:?} from opset 7 on; export the model again")]
    UnknownAttribute {
        /// The attribute.
        name: String,
    },
    /// An attribute that is given twice, has another type, or refers to a function.
    #[error("the attribute {name:?} {reason}; export the model again")]
    BadAttribute {
        /// The attribute.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A constant of a kind that is not read.
    #[error(
        "the constant is given as {kind}; only value, value_float, value_floats, value_int and value_ints are read"
    )]
    ConstantKind {
        /// Name of the attribute.
        kind: String,
    },
    /// Arithmetic on two values that depend on the input.
    #[error(
        "the node combines two values that depend on the input; only chains without branches are supported"
    )]
    Branch,
    /// Arithmetic on constants alone.
    #[error("the node computes with constants alone; fold constants before export")]
    ConstantArithmetic,
    /// A constant is needed.
    #[error("{what} is not a constant; only fixed values are supported there")]
    NotConstant {
        /// Which input.
        what: &'static str,
    },
    /// The shapes do not fit, or do not act on one input vector.
    #[error("{left} and {right} {rule}")]
    Shapes {
        /// Shape of the value.
        left: String,
        /// Shape of the constant.
        right: String,
        /// What is wrong, and what to do.
        rule: &'static str,
    },
    /// A convolution whose matrix would be too large.
    #[error(
        "the convolution of {inputs} numbers is a matrix of more than {limit} entries, which is too \
         large for a dense layer; reduce the image or the number of maps"
    )]
    LargeConv {
        /// Elements of its input.
        inputs: usize,
        /// Entries allowed.
        limit: usize,
    },
    /// A reshape that does not keep the batch or the elements.
    #[error("the shape {from} cannot become {to}: {rule}")]
    Reshape {
        /// Shape before.
        from: String,
        /// Target as given.
        to: String,
        /// What is wrong.
        rule: &'static str,
    },
    /// A sum that does not follow an affine layer.
    #[error(
        "the sum does not follow a MatMul or Gemm directly, so it is no bias; fold it into a neighbouring layer"
    )]
    LoneAdd,
    /// A number that a double does not hold after folding.
    #[error(
        "{left} {operation} {right} is not exact in double precision, and weights are never rounded; fold it before export"
    )]
    Rounds {
        /// First number.
        left: String,
        /// `*` or `+`.
        operation: char,
        /// Second number.
        right: String,
    },
    /// Many layers share large tensors.
    #[error(
        "layers share tensors of more than {limit} numbers in all; export the model with a tensor for each layer"
    )]
    Shared {
        /// The limit.
        limit: usize,
    },
    /// A parameter that is not one tensor of the file, in a network that is to be trained.
    #[error(
        "{kind}, and training it is not training the tensors of the file; change the model before export"
    )]
    NotTrainable {
        /// What it is.
        kind: FoldKind,
    },
    /// Dropout in training mode.
    #[error("training_mode is true; export the model for inference")]
    TrainingMode,
    /// The mask of a Dropout is used.
    #[error("the mask of a Dropout node is used; export the model for inference")]
    Mask,
    /// The output is a constant.
    #[error("the output does not depend on the input; there is nothing to compile")]
    ConstantOutput,
    /// No affine layer.
    #[error("the network has no MatMul or Gemm; there is nothing to compile")]
    NoAffine,
    /// Constant of another element type than the input.
    #[error(
        "the constant has element type {found}, the network input {expected}; export with one type"
    )]
    MixedTypes {
        /// Type of the constant.
        found: String,
        /// Type of the input.
        expected: String,
    },
    /// Element type that is not read.
    #[error("element type {found} is not supported here; {expected} is needed")]
    ElementType {
        /// The type.
        found: String,
        /// What is needed.
        expected: &'static str,
    },
    /// Elements in another file.
    #[error(
        "the elements are in another file (external data), which is not supported; save the model as one file, in Python: onnx.save(onnx.load(\"old.onnx\"), \"new.onnx\")"
    )]
    External,
    /// Part of a larger tensor.
    #[error(
        "the tensor is a segment of a larger one, which is not supported; export the model again"
    )]
    Segment,
    /// Sparse constant.
    #[error("the constant is sparse, which is not supported; store it dense")]
    Sparse,
    /// A dimension that is zero, negative or too large.
    #[error("the dimensions {dims} are empty, negative or too large; export the model again")]
    Dimensions {
        /// The dimensions.
        dims: String,
    },
    /// Number of elements does not match the dimensions.
    #[error(
        "the dimensions need {expected} bytes or elements but {found} are stored; the file is damaged"
    )]
    Payload {
        /// From the dimensions.
        expected: String,
        /// As stored.
        found: usize,
    },
    /// Elements are stored twice or in the field of another type.
    #[error(
        "the elements are stored twice or in the field of another type; export the model again"
    )]
    PayloadField,
    /// NaN or infinity.
    #[error("element {index} is {value}; weights must be finite")]
    NotFinite {
        /// Row-major position.
        index: usize,
        /// The value.
        value: String,
    },
}
