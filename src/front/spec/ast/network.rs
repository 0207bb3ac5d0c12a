//! `network`

use super::super::span::Spanned;
use super::data::Text;
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
    /// `onnx "file" ... [start zero]`
    Onnx {
        /// The file, relative to the specification.
        path: Spanned<String>,
        /// What the file leaves open.
        options: OnnxOptions,
        /// `start zero`: all parameters are set to 0.
        zero: Option<Spanned<()>>,
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

/// What is said about a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnnxOptions {
    /// `dimension n 8`
    pub dimensions: Vec<Spanned<Dimension>>,
    /// `shape x (1, 28, 28)`
    pub shapes: Vec<Spanned<InputShape>>,
    /// `fixed mask (1, 0, 1)`
    pub fixed: Vec<Spanned<Fixed>>,
}

/// `dimension n 8`: the value of a symbolic dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimension {
    /// Its name in the file.
    pub name: Text,
    /// Its value.
    pub value: Spanned<usize>,
}

/// `shape x (1, 28, 28)`: all dimensions of an input.
#[derive(Clone, Debug, PartialEq)]
pub struct InputShape {
    /// The input.
    pub input: Text,
    /// Its dimensions.
    pub shape: Vec<Spanned<usize>>,
}

/// `fixed mask (1, 0, 1)`: an input that is a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Fixed {
    /// The input.
    pub input: Text,
    /// Its elements in row-major order; one number stands for all.
    pub values: Spanned<Vec<Spanned<f64>>>,
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
