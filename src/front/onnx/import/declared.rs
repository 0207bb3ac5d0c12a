//! What a file says about its inputs, before anything is compiled.

use std::path::Path;

use bytes::Bytes;

use super::call::kind;
use super::plain;
use super::value::Kind;
use crate::front::onnx::graph::Names;
use crate::front::onnx::proto::DimensionValue;
use crate::front::onnx::{OnnxError, OnnxProblem, Place, decode};

/// An input of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Its name.
    pub name: String,
    /// Its element type, if it is a tensor of a type that is read.
    pub kind: Option<Kind>,
    /// Its dimensions; none if their number is not known.
    pub shape: Option<Vec<Size>>,
}

/// A dimension as a file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Size {
    /// A number.
    Number(usize),
    /// A name.
    Symbol(String),
    /// Nothing.
    Unknown,
}

/// The inputs of a file that are no constants, in order; `path` names it in errors.
///
/// # Errors
/// A file that is no model.
pub fn declared_inputs(path: &Path, bytes: &Bytes) -> Result<Vec<Declared>, OnnxError> {
    inputs(bytes).map_err(|e| e.in_file(path))
}

fn inputs(bytes: &Bytes) -> Result<Vec<Declared>, OnnxError> {
    let model = decode(&plain(bytes)?)?;
    let missing = || OnnxError::new(Place::File, OnnxProblem::NoGraph);
    let names = Names::new(model.graph.as_ref().ok_or_else(missing)?)?;
    let declared = names.inputs.iter().map(|info| {
        let tensor = info.r#type.as_ref().and_then(|t| t.tensor_type.as_ref());
        let shape = tensor.and_then(|t| t.shape.as_ref()).map(|shape| {
            let size = |value: &Option<DimensionValue>| match value {
                Some(DimensionValue::Name(name)) => Size::Symbol(name.clone()),
                Some(DimensionValue::Number(n)) if *n > 0 => {
                    usize::try_from(*n).map_or(Size::Unknown, Size::Number)
                }
                Some(DimensionValue::Number(_)) | None => Size::Unknown,
            };
            shape.dim.iter().map(|d| size(&d.value)).collect()
        });
        let kind = tensor.and_then(|t| kind(t.elem_type).ok());
        Declared { name: info.name.clone(), kind, shape }
    });
    Ok(declared.collect())
}
