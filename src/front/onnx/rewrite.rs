//! A file with other numbers in some of its tensors, and every other byte as it was.

use std::collections::BTreeMap;

use super::proto::data_type;
use super::wire::{Limits, scan};
use super::{OnnxError, OnnxProblem, Place};

/// Numbers of fields: `ModelProto.graph`, `GraphProto.initializer`, and of `TensorProto`.
mod field {
    pub const GRAPH: u64 = 7;
    pub const INITIALIZER: u64 = 5;
    pub const DATA_TYPE: u64 = 2;
    pub const FLOATS: u64 = 4;
    pub const NAME: u64 = 8;
    pub const RAW: u64 = 9;
    pub const DOUBLES: u64 = 10;
    pub const EXTERNAL: u64 = 13;
    pub const LOCATION: u64 = 14;
}

/// The wire type of values with a length.
const LENGTH: u8 = 2;

/// The model `bytes`, in which each named initialiser has these elements: float and double tensors,
/// as many elements as they have. Elements of a float tensor are rounded to single precision. They
/// are in the file itself, also where they were in one beside it.
///
/// # Errors
/// What is wrong with the file; [`OnnxProblem::Undefined`] for a name that no initialiser has,
/// [`OnnxProblem::Payload`] for a tensor that is not of that kind or length.
pub fn rewrite(bytes: &[u8], tensors: &BTreeMap<&str, &[f64]>) -> Result<Vec<u8>, OnnxError> {
    scan(bytes, &Limits::default())
        .map_err(|(offset, problem)| OnnxError::new(Place::Byte(offset), problem.into()))?;
    let mut left = tensors.clone();
    let mut model = Vec::with_capacity(bytes.len());
    for part in Parts(bytes) {
        if part.number != field::GRAPH || part.wire != LENGTH {
            model.extend_from_slice(part.whole);
            continue;
        }
        let mut graph = Vec::with_capacity(part.value.len());
        for part in Parts(part.value) {
            let name = if part.number == field::INITIALIZER { name(part.value) } else { None };
            match name.and_then(|n| left.remove_entry(n)) {
                None => graph.extend_from_slice(part.whole),
                Some((name, elements)) => {
                    let tensor = tensor(part.value, elements)
                        .map_err(|p| OnnxError::new(Place::Tensor(name.to_owned()), p))?;
                    put(&mut graph, field::INITIALIZER, &tensor);
                }
            }
        }
        put(&mut model, field::GRAPH, &graph);
    }
    match left.pop_first() {
        None => Ok(model),
        Some((name, _)) => {
            Err(OnnxError::new(Place::Tensor(name.to_owned()), OnnxProblem::Undefined))
        }
    }
}

/// A `TensorProto` with other elements.
fn tensor(bytes: &[u8], elements: &[f64]) -> Result<Vec<u8>, OnnxProblem> {
    let kind = Parts(bytes).find(|p| p.number == field::DATA_TYPE).map_or(0, |p| p.integer);
    let mut count = 1u64;
    for part in Parts(bytes).filter(|p| p.number == 1) {
        for dimension in dimensions(&part) {
            count = count.saturating_mul(dimension);
        }
    }
    let raw: Vec<u8> = match i32::try_from(kind) {
        Ok(data_type::FLOAT) => elements.iter().flat_map(|&v| (v as f32).to_le_bytes()).collect(),
        Ok(data_type::DOUBLE) => elements.iter().flat_map(|v| v.to_le_bytes()).collect(),
        Ok(_) | Err(_) => {
            let expected = "float or double".to_owned();
            return Err(OnnxProblem::Payload { expected, found: elements.len() });
        }
    };
    if elements.len() as u64 != count {
        return Err(OnnxProblem::Payload { expected: count.to_string(), found: elements.len() });
    }
    let dropped = [field::FLOATS, field::RAW, field::DOUBLES, field::EXTERNAL, field::LOCATION];
    let mut tensor = Vec::with_capacity(raw.len() + 64);
    for part in Parts(bytes).filter(|p| !dropped.contains(&p.number)) {
        tensor.extend_from_slice(part.whole);
    }
    put(&mut tensor, field::RAW, &raw);
    Ok(tensor)
}

/// The dimensions in one `dims` field, packed or not.
fn dimensions(part: &Part<'_>) -> Vec<u64> {
    if part.wire != LENGTH {
        return vec![part.integer];
    }
    let (mut list, mut rest) = (Vec::new(), part.value);
    while let Some((value, behind)) = integer(rest) {
        list.push(value);
        rest = behind;
    }
    list
}

/// The name of a `TensorProto`: the last one, as decoders take it.
fn name(tensor: &[u8]) -> Option<&str> {
    let part = Parts(tensor).filter(|p| p.number == field::NAME && p.wire == LENGTH).last()?;
    std::str::from_utf8(part.value).ok()
}

/// A field of a message.
struct Part<'a> {
    number: u64,
    wire: u8,
    /// With its tag.
    whole: &'a [u8],
    /// Bytes of a value with a length, or of a fixed size.
    value: &'a [u8],
    /// The value of a varint.
    integer: u64,
}

/// The fields of a message that [`scan`] has accepted; ends at what is no field.
struct Parts<'a>(&'a [u8]);

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let start = self.0;
        let (tag, rest) = integer(start)?;
        let (number, wire) = (tag >> 3, (tag & 7) as u8);
        let (value, integer, behind) = match wire {
            0 => {
                let (value, behind) = integer(rest)?;
                (&rest[..0], value, behind)
            }
            1 => (rest.get(..8)?, 0, rest.get(8..)?),
            5 => (rest.get(..4)?, 0, rest.get(4..)?),
            LENGTH => {
                let (length, rest) = integer(rest)?;
                let length = usize::try_from(length).ok()?;
                (rest.get(..length)?, 0, rest.get(length..)?)
            }
            _ => return None,
        };
        self.0 = behind;
        let whole = &start[..start.len() - behind.len()];
        Some(Part { number, wire, whole, value, integer })
    }
}

/// A base-128 number and what is behind it.
fn integer(mut bytes: &[u8]) -> Option<(u64, &[u8])> {
    let value = prost::decode_length_delimiter(&mut bytes).ok()?;
    Some((value as u64, bytes))
}

/// A field with a length.
fn put(target: &mut Vec<u8>, number: u64, value: &[u8]) {
    for v in [(number << 3 | u64::from(LENGTH)) as usize, value.len()] {
        // There is always room in a list.
        let _ = prost::encode_length_delimiter(v, target);
    }
    target.extend_from_slice(value);
}
