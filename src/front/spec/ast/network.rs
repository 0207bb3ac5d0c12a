//! `network`

use super::super::span::Spanned;
use crate::question::goal::ParameterRef;

/// `network NAME = ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// Its name.
    pub name: Spanned<String>,
    /// Where it comes from.
    pub source: NetworkSource,
}

/// Where a network comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum NetworkSource {
    /// `onnx "file" [start zero]`
    Onnx {
        /// The file, relative to the specification.
        path: Spanned<String>,
        /// `start zero`: all parameters are set to 0.
        zero: bool,
    },
    /// `dense 2 -> 4 -> 1 ...`: affine layers of these widths with ReLU between them.
    Dense {
        /// Inputs, then outputs of each layer.
        widths: Vec<Spanned<usize>>,
        /// `without bias`
        without_bias: bool,
        /// Start parameters.
        start: Start,
    },
}

/// Start parameters of a dense network.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// `start zero`
    Zero,
    /// `start { w[1][0,0] = 0.5, ... }`; parameters that are not named are 0.
    At(Vec<Assignment>),
}

/// `w[1][0,0] = 0.5`
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The parameter.
    pub parameter: Spanned<ParameterRef>,
    /// Its start value.
    pub value: f64,
}
