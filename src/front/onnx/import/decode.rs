//! Tensors of the file as constants.

use bytes::Bytes;

use super::builder::{Builder, Outcome};
use super::call::kind;
use super::external::External;
use super::problem::GraphProblem;
use super::shapes::{dimensions, elements};
use super::value::{Elements, Kind, Tensor};
use crate::front::onnx::{OnnxProblem, proto};

/// The tensor with its elements.
pub(super) fn tensor(
    source: &proto::Tensor,
    external: &mut External<'_>,
    builder: &mut Builder,
) -> Outcome<Tensor> {
    if source.segment.is_some() {
        return Err(OnnxProblem::Segment);
    }
    let kind = kind(source.data_type)?;
    let shape = dimensions(&source.dims)?;
    let count = elements(&shape).unwrap_or(usize::MAX);
    let mut payload = Payload { source, count, raw: source.raw_data.clone().unwrap_or_default() };
    let size = match kind {
        Kind::Float | Kind::Int32 => 4,
        Kind::Double | Kind::Int64 => 8,
        Kind::Bool => 1,
    };
    if source.data_location != 0 || !source.external_data.is_empty() {
        let bytes = count
            .checked_mul(size)
            .ok_or(OnnxProblem::Dimensions { dims: format!("{:?}", source.dims) })?;
        if payload.typed() != 0 || !payload.raw.is_empty() {
            return Err(OnnxProblem::PayloadField);
        }
        payload.raw = external.bytes(source, bytes)?;
        builder.allow(external.size());
    } else {
        payload.check_fields(kind)?;
        payload.check_length(size, kind)?;
    }
    builder.charge(count)?;
    let elements = match kind {
        Kind::Float => {
            Elements::Real(payload.list(&source.float_data, f32::from_le_bytes, f64::from))
        }
        Kind::Double => {
            Elements::Real(payload.list(&source.double_data, f64::from_le_bytes, |v| v))
        }
        Kind::Int32 => {
            Elements::Integer(payload.list(&source.int32_data, i32::from_le_bytes, i64::from))
        }
        Kind::Int64 => {
            Elements::Integer(payload.list(&source.int64_data, i64::from_le_bytes, |v| v))
        }
        Kind::Bool => {
            let byte = |[b]: [u8; 1]| i32::from(b);
            Elements::Bool(payload.list(&source.int32_data, byte, |v| v != 0))
        }
    };
    if elements.len() != count {
        return Err(OnnxProblem::Payload { expected: count.to_string(), found: elements.len() });
    }
    Ok(Tensor::new(kind, shape, elements))
}

struct Payload<'a> {
    source: &'a proto::Tensor,
    count: usize,
    raw: Bytes,
}

impl Payload<'_> {
    /// Number of elements in typed fields.
    fn typed(&self) -> usize {
        let s = self.source;
        s.float_data.len() + s.int32_data.len() + s.int64_data.len() + s.double_data.len()
    }

    fn of(&self, kind: Kind) -> usize {
        match kind {
            Kind::Float => self.source.float_data.len(),
            Kind::Double => self.source.double_data.len(),
            Kind::Int32 | Kind::Bool => self.source.int32_data.len(),
            Kind::Int64 => self.source.int64_data.len(),
        }
    }

    /// The elements are in one place, and in the field of their type.
    fn check_fields(&self, kind: Kind) -> Outcome<()> {
        let own = self.of(kind);
        if self.typed() != own || (own > 0 && !self.raw.is_empty()) {
            return Err(OnnxProblem::PayloadField);
        }
        Ok(())
    }

    fn check_length(&self, size: usize, kind: Kind) -> Outcome<()> {
        if self.raw.is_empty() {
            let found = self.of(kind);
            if found == self.count {
                return Ok(());
            }
            return Err(OnnxProblem::Payload { expected: self.count.to_string(), found });
        }
        if self.count.checked_mul(size) == Some(self.raw.len()) {
            return Ok(());
        }
        let expected = format!("{} * {size}", self.count);
        Err(OnnxProblem::Payload { expected, found: self.raw.len() })
    }

    fn list<const N: usize, S: Copy, T>(
        &self,
        typed: &[S],
        from_bytes: impl Fn([u8; N]) -> S,
        convert: impl Fn(S) -> T,
    ) -> Vec<T> {
        if self.raw.is_empty() {
            return typed.iter().copied().map(convert).collect();
        }
        let (chunks, _) = self.raw.as_chunks::<N>();
        chunks.iter().map(|&bytes| convert(from_bytes(bytes))).collect()
    }
}

/// A tensor from the bytes of a `TensorProto` (the test data of the ONNX project).
///
/// # Errors
/// What is wrong with it.
pub fn tensor_from_bytes(bytes: &Bytes) -> Result<Tensor, OnnxProblem> {
    use prost::Message;
    let source = proto::Tensor::decode(bytes.clone())
        .map_err(|e| OnnxProblem::Decode { reason: e.to_string() })?;
    let mut builder = Builder::new(usize::MAX);
    tensor(&source, &mut External::new(std::path::Path::new(""), None), &mut builder).map_err(
        |problem| match problem {
            OnnxProblem::Graph(GraphProblem::External { .. }) => OnnxProblem::External,
            other => other,
        },
    )
}
