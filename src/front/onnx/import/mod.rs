//! ONNX files as [`Graph`]s: any directed acyclic graph of the operators in [`supported`].
//!
//! What a file means here:
//!
//! - Its constants are real numbers, exactly those stored. Arithmetic between constants is done in
//!   the reader only where a double holds the result; otherwise it stays in the graph as an
//!   operation on a constant, or the file is refused. Nothing is rounded silently.
//! - A symbolic first dimension is a batch of one. Other symbolic dimensions need a value
//!   ([`Options`]), unless there is one and a `Reshape` of the input to a constant shape fixes it.
//! - A cast between float types is the identity, because values are real numbers.
//! - What only moves elements is one [`Op::Move`](crate::network::graph::Op::Move); movements behind
//!   each other are composed, and those that move nothing vanish.
//! - Nodes on which no output depends are left out.
//! - A `Softmax`, `LogSoftmax` or `ArgMax` that ends an output is left out too, because the order of
//!   the elements decides a class; a [`Note`] says so, and whoever reads values must refuse then, or
//!   ask for [`Options::keep_last`].

mod affine;
mod arithmetic;
mod builder;
mod call;
mod compare;
mod constants;
mod conv;
mod declared;
mod decode;
mod dispatch;
mod elementwise;
mod external;
mod fold;
mod infer;
mod movement;
mod normal;
mod operators;
mod order;
mod pad;
mod pool;
mod problem;
mod reduce;
mod resize;
mod select;
mod shapes;
mod softmax;
mod tidy;
mod trainable;
mod value;
mod walk;
mod window;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use bytes::Bytes;

pub use declared::{Declared, Size, declared_inputs};
pub use decode::tensor_from_bytes;
pub use external::Beside;
pub use operators::supported;
pub use problem::GraphProblem;
pub use value::{Elements, Kind, Stored, Tensor};

use super::{OnnxError, OnnxProblem, Place, decode};
use crate::front::hash::sha256_bytes;
use crate::front::map::{DATA, file_bytes};
use crate::front::packing::{Packing, unpack_model};
use crate::network::graph::Graph;
use crate::network::graph::parameters::Parameters;

/// What the caller decides about a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Values of symbolic dimensions, by name. A symbolic first dimension without one is 1.
    pub dimensions: BTreeMap<String, usize>,
    /// Shapes of inputs, by name. They must agree with the numbers in the file.
    pub shapes: BTreeMap<String, Vec<usize>>,
    /// Inputs that are constants, by name. They are no inputs of the graph then.
    pub fixed: BTreeMap<String, Tensor>,
    /// Keeps a last `Softmax` or `LogSoftmax`, as exponentials and quotients.
    pub keep_last: bool,
    /// Numbers that constants, results and tables may have together. By default 2^25, and 16 for
    /// each byte of the file.
    pub limit: Option<usize>,
    /// Records which numbers of the graph are tensors of the file ([`LoadedGraph::parameters`]), and
    /// leaves those in the graph that do nothing as they are, such as biases of 0.
    pub trainable: bool,
}

/// A graph with what its file says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedGraph {
    /// The network.
    pub graph: Graph,
    /// SHA-256 of the file as it is stored, in hexadecimal.
    pub sha256: String,
    /// Files beside it that hold constants.
    pub external: Vec<ExternalFile>,
    /// Version of the default operators.
    pub opset: i64,
    /// Version of the format.
    pub ir_version: i64,
    /// Name and version of the tool that wrote the file; empty if it says nothing.
    pub producer: String,
    /// Element types of the inputs.
    pub input_kinds: Vec<Kind>,
    /// Element types of the outputs as the file computes them.
    pub output_kinds: Vec<Kind>,
    /// What was left out.
    pub notes: Vec<Note>,
    /// What may be trained, where [`Options::trainable`] asks for it.
    pub parameters: Parameters,
}

/// A file of constants beside the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalFile {
    /// Path relative to the model, as the model has it.
    pub location: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// The function at the end of an output that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stripped {
    /// `Softmax`: the larger the element, the larger the result, within each group.
    Softmax,
    /// `LogSoftmax`, likewise.
    LogSoftmax,
    /// `ArgMax`: the output of the file is the position of the largest element of each group.
    ArgMax {
        /// Whether the last of equal elements counts, not the first.
        select_last: bool,
    },
}

/// The output with this position holds scores, not what the file computes from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Position among [`Graph::outputs`].
    pub output: usize,
    /// Name of the node that was left out.
    pub node: String,
    /// Its function.
    pub function: Stripped,
    /// Dimensions of the scores.
    pub shape: Vec<usize>,
    /// First axis of a group, and the axis behind its last: elements are compared within a group.
    pub axes: (usize, usize),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.function {
            Stripped::Softmax => "Softmax",
            Stripped::LogSoftmax => "LogSoftmax",
            Stripped::ArgMax { .. } => "ArgMax",
        };
        write!(
            f,
            "output {} is what goes into the last node {:?} ({name}), which keeps the order of the \
             scores but not their values",
            self.output, self.node
        )
    }
}

/// Reads the graph in the file at `path`, which may be compressed with gzip or Zstandard.
///
/// The file and those beside it must not change while they are read.
///
/// # Errors
/// The first thing found wrong, or not supported, with its place in the file.
pub fn load_graph(path: &Path, options: &Options) -> Result<LoadedGraph, OnnxError> {
    let bytes = file_bytes(path, DATA).map_err(|e| {
        let problem = OnnxProblem::Open { reason: e.to_string() };
        OnnxError::new(Place::File, problem).in_file(path)
    })?;
    load_graph_bytes(path, bytes, options)
}

/// [`load_graph`] for a file already in memory; `path` names it in errors and says where external
/// data are.
///
/// # Errors
/// As [`load_graph`].
pub fn load_graph_bytes(
    path: &Path,
    bytes: Bytes,
    options: &Options,
) -> Result<LoadedGraph, OnnxError> {
    read(path, bytes, options, None)
}

/// [`load_graph_bytes`] with files of constants that come from `beside`, which is asked for the
/// path of each: the folder of `path` with the location that the model gives.
///
/// # Errors
/// As [`load_graph`].
pub fn load_graph_beside(
    path: &Path,
    bytes: Bytes,
    options: &Options,
    beside: Beside<'_>,
) -> Result<LoadedGraph, OnnxError> {
    read(path, bytes, options, Some(beside))
}

fn read(
    path: &Path,
    bytes: Bytes,
    options: &Options,
    beside: Option<Beside<'_>>,
) -> Result<LoadedGraph, OnnxError> {
    let read = || {
        let plain = plain(&bytes)?;
        let model = decode(&plain)?;
        let mut loaded = walk::compile(&model, path, plain.len(), options, beside)?;
        loaded.sha256 = sha256_bytes(&bytes);
        Ok(loaded)
    };
    read().map_err(|e: OnnxError| e.in_file(path))
}

/// The file, unpacked.
fn plain(bytes: &Bytes) -> Result<Bytes, OnnxError> {
    match Packing::of_bytes(bytes) {
        None => Ok(bytes.clone()),
        Some(packing) => unpack_model(bytes, packing).map(Bytes::from).map_err(|e| {
            let problem = GraphProblem::Packing { reason: e.to_string() };
            OnnxError::new(Place::File, problem.into())
        }),
    }
}
