//! ONNX files as [`Network`]s; [`import`] reads any graph as a [`Graph`](crate::network::graph::Graph).
//!
//! A file is mapped into memory, scanned ([`wire`]), decoded without copying its weights
//! ([`proto`]), put into order, and compiled to a chain of affine and ReLU layers.
//!
//! What is read: chains of Gemm, MatMul, Add, Conv (one or two spatial dimensions), Relu, Flatten,
//! Reshape, Identity, Constant and Dropout (inference), float or double, any opset from 7 on, nodes in any order. The network maps
//! *one* input: a symbolic first dimension is a batch of one, and the elements of the input
//! tensor in row-major order are the features. Nodes on which the output does not depend are left
//! out. Weights are the numbers of the file; what cannot be expressed without rounding is
//! refused, and so is everything else, by node and reason.

mod affine;
mod attributes;
mod chain;
mod conv;
mod error;
mod exact;
mod graph;
pub mod import;
pub mod proto;
mod rewrite;
mod schema;
mod shape;
mod tensor;
pub mod wire;

use std::path::Path;

use bytes::Bytes;
use prost::Message;

pub use chain::{Fold, FoldKind};
pub use error::{OnnxError, OnnxProblem, Place};
pub use import::{LoadedGraph, Options, load_graph, load_graph_beside, load_graph_bytes};
pub use rewrite::rewrite;
pub use tensor::ElementType;

use crate::front::hash::sha256_bytes;
use crate::front::map::{DATA, file_bytes};
use crate::network::Network;

/// A network with what its file says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedNetwork {
    /// The network.
    pub network: Network,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Version of the default operators.
    pub opset: i64,
    /// Version of the format.
    pub ir_version: i64,
    /// Name and version of the tool that wrote the file; empty if it says nothing.
    pub producer: String,
    /// Type of the input and of all weights.
    pub element_type: ElementType,
    /// Name of the graph's input.
    pub input: String,
    /// Its dimensions, a symbolic batch as 1.
    pub input_shape: Vec<usize>,
    /// Name of the graph's output.
    pub output: String,
    /// Where a parameter of the network is not simply one tensor of the file: exact products and
    /// sums, and tensors that several layers share. The function is the same; training such
    /// parameters is not the same as training the tensors of the file.
    pub folds: Vec<Fold>,
}

impl LoadedNetwork {
    /// The network, if training its parameters is training the tensors of the file.
    ///
    /// # Errors
    /// The first of [`LoadedNetwork::folds`], as an error in the file at `path`.
    pub fn for_training(self, path: &Path) -> Result<Self, OnnxError> {
        match self.folds.first() {
            None => Ok(self),
            Some(fold) => {
                let place =
                    Place::Node { label: fold.node.clone(), operator: fold.operator.clone() };
                let problem = OnnxProblem::NotTrainable { kind: fold.kind.clone() };
                Err(OnnxError::new(place, problem).in_file(path))
            }
        }
    }
}

/// Reads the network in the file at `path`.
///
/// The file must not change while it is read.
///
/// # Errors
/// The first thing found wrong, or not supported, with its place in the file.
pub fn load(path: &Path) -> Result<LoadedNetwork, OnnxError> {
    let bytes = file_bytes(path, DATA).map_err(|e| {
        let problem = OnnxProblem::Open { reason: e.to_string() };
        OnnxError::new(Place::File, problem).in_file(path)
    })?;
    load_bytes(path, bytes)
}

/// [`load`] for a file already in memory; `path` only names it in errors.
///
/// # Errors
/// As [`load`].
pub fn load_bytes(path: &Path, bytes: Bytes) -> Result<LoadedNetwork, OnnxError> {
    let compile = || {
        let model = decode(&bytes)?;
        let mut loaded = chain::compile(&model)?;
        loaded.sha256 = sha256_bytes(&bytes);
        Ok(loaded)
    };
    compile().map_err(|e: OnnxError| e.in_file(path))
}

/// Scans and decodes a file without looking at its graph. Payloads are slices of `bytes`.
///
/// # Errors
/// The first problem of the wire format.
pub fn decode(bytes: &Bytes) -> Result<proto::Model, OnnxError> {
    wire::scan(bytes, &wire::Limits::default())
        .map_err(|(offset, problem)| OnnxError::new(Place::Byte(offset), problem.into()))?;
    proto::Model::decode(bytes.clone())
        .map_err(|e| OnnxError::new(Place::File, OnnxProblem::Decode { reason: e.to_string() }))
}
