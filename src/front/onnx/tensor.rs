//! Constants: initialisers and `Constant` nodes, decoded when a layer asks for them.

use super::error::{OnnxError, OnnxProblem, Place};
use super::proto::{self, data_type};
use super::shape::MAX_RANK;

/// A constant, whose elements still lie in the file.
#[derive(Clone, Debug)]
pub(super) struct Constant<'a> {
    pub(super) name: &'a str,
    pub(super) dims: Vec<usize>,
    source: Source<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Source<'a> {
    Tensor(&'a proto::Tensor),
    Floats(&'a [f32]),
    Integers(&'a [i64]),
}

/// Element types that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementType {
    /// 32-bit float.
    Float,
    /// 64-bit float.
    Double,
}

impl ElementType {
    /// From a code of [`data_type`].
    pub(super) fn from_code(code: i32) -> Option<Self> {
        match code {
            data_type::FLOAT => Some(ElementType::Float),
            data_type::DOUBLE => Some(ElementType::Double),
            _ => None,
        }
    }
}

/// The name of a code of `TensorProto.DataType` for messages.
pub(super) fn type_name(code: i32) -> String {
    const NAMES: [&str; 23] = [
        "undefined",
        "float",
        "uint8",
        "int8",
        "uint16",
        "int16",
        "int32",
        "int64",
        "string",
        "bool",
        "float16",
        "double",
        "uint32",
        "uint64",
        "complex64",
        "complex128",
        "bfloat16",
        "float8e4m3fn",
        "float8e4m3fnuz",
        "float8e5m2",
        "float8e5m2fnuz",
        "uint4",
        "int4",
    ];
    let name = usize::try_from(code).ok().and_then(|i| NAMES.get(i));
    name.map_or_else(|| format!("number {code}"), |&name| name.to_owned())
}

impl<'a> Constant<'a> {
    /// A tensor of the file, checked for its place and dimensions but not yet for its elements.
    pub(super) fn tensor(name: &'a str, tensor: &'a proto::Tensor) -> Result<Self, OnnxError> {
        let fail = |problem| Err(OnnxError::new(Place::Tensor(name.to_owned()), problem));
        if tensor.data_location != 0 || !tensor.external_data.is_empty() {
            return fail(OnnxProblem::External);
        }
        if tensor.segment.is_some() {
            return fail(OnnxProblem::Segment);
        }
        if tensor.dims.len() > MAX_RANK {
            let dims = format!("({} of them)", tensor.dims.len());
            return fail(OnnxProblem::Dimensions { dims });
        }
        let mut dims = Vec::with_capacity(tensor.dims.len());
        let mut elements = Some(1usize);
        for &dim in &tensor.dims {
            let size = usize::try_from(dim).unwrap_or(0);
            elements = elements.and_then(|n| n.checked_mul(size)).filter(|&n| n > 0);
            dims.push(size);
        }
        if elements.is_none() {
            return fail(OnnxProblem::Dimensions { dims: format!("{:?}", tensor.dims) });
        }
        Ok(Constant { name, dims, source: Source::Tensor(tensor) })
    }

    /// The floats of a `Constant` node; `scalar` for rank 0.
    pub(super) fn floats(
        name: &'a str,
        values: &'a [f32],
        scalar: bool,
    ) -> Result<Self, OnnxError> {
        let dims = list_dims(name, values.len(), scalar)?;
        Ok(Constant { name, dims, source: Source::Floats(values) })
    }

    /// The integers of a `Constant` node; `scalar` for rank 0.
    pub(super) fn integers(
        name: &'a str,
        values: &'a [i64],
        scalar: bool,
    ) -> Result<Self, OnnxError> {
        let dims = list_dims(name, values.len(), scalar)?;
        Ok(Constant { name, dims, source: Source::Integers(values) })
    }

    /// Number of elements.
    pub(super) fn elements(&self) -> usize {
        self.dims.iter().product()
    }

    /// Finite elements, row-major, of the given type; a float becomes the same real number.
    pub(super) fn reals(&self, expected: ElementType) -> Result<Vec<f64>, OnnxError> {
        let code = match self.source {
            Source::Tensor(tensor) => tensor.data_type,
            Source::Floats(_) => data_type::FLOAT,
            Source::Integers(_) => data_type::INT64,
        };
        let Some(found) = ElementType::from_code(code) else {
            let found = type_name(code);
            return self.fail(OnnxProblem::ElementType { found, expected: "float or double" });
        };
        if found != expected {
            let (found, expected) = (type_name(code), format!("{expected:?}").to_lowercase());
            return self.fail(OnnxProblem::MixedTypes { found, expected });
        }
        let values: Vec<f64> = match (self.source, found) {
            (Source::Floats(list), _) => list.iter().copied().map(f64::from).collect(),
            (Source::Tensor(t), ElementType::Float) => {
                self.elements_of(t, &t.float_data, f32::from_le_bytes, f64::from)?
            }
            (Source::Tensor(t), ElementType::Double) => {
                self.elements_of(t, &t.double_data, f64::from_le_bytes, |v| v)?
            }
            (Source::Integers(_), _) => Vec::new(),
        };
        match values.iter().position(|v| !v.is_finite()) {
            Some(index) => {
                let value = values.get(index).map_or_else(String::new, f64::to_string);
                self.fail(OnnxProblem::NotFinite { index, value })
            }
            None => Ok(values),
        }
    }

    /// The elements of an `int64` tensor that is a shape.
    pub(super) fn int64s(&self) -> Result<Vec<i64>, OnnxError> {
        if self.elements() > MAX_RANK {
            let dims = format!("{:?}", self.dims);
            return self.fail(OnnxProblem::Dimensions { dims });
        }
        match self.source {
            Source::Integers(list) => Ok(list.to_vec()),
            Source::Tensor(t) if t.data_type == data_type::INT64 => {
                self.elements_of(t, &t.int64_data, i64::from_le_bytes, |v| v)
            }
            Source::Tensor(_) | Source::Floats(_) => {
                let code = match self.source {
                    Source::Tensor(t) => t.data_type,
                    Source::Floats(_) | Source::Integers(_) => data_type::FLOAT,
                };
                let found = type_name(code);
                self.fail(OnnxProblem::ElementType { found, expected: "int64" })
            }
        }
    }

    /// The one element of a boolean tensor.
    pub(super) fn boolean(&self) -> Result<bool, OnnxError> {
        let Source::Tensor(t) = self.source else {
            let found = "number".to_owned();
            return self.fail(OnnxProblem::ElementType { found, expected: "bool" });
        };
        if t.data_type != data_type::BOOL {
            let found = type_name(t.data_type);
            return self.fail(OnnxProblem::ElementType { found, expected: "bool" });
        }
        let values =
            self.elements_of(t, &t.int32_data, |[byte]| i32::from(u8::from_le(byte)), |v| v)?;
        match values[..] {
            [value] => Ok(value != 0),
            _ => self.fail(OnnxProblem::Payload { expected: "1".to_owned(), found: values.len() }),
        }
    }

    /// The elements from `raw_data` or from the typed field, whichever is there; their number
    /// must be that of the dimensions.
    fn elements_of<const N: usize, S: Copy, T>(
        &self,
        tensor: &proto::Tensor,
        typed: &[S],
        from_bytes: impl Fn([u8; N]) -> S,
        convert: impl Fn(S) -> T,
    ) -> Result<Vec<T>, OnnxError> {
        let raw = tensor.raw_data.as_deref().unwrap_or_default();
        let typed_fields = [
            tensor.float_data.len(),
            tensor.int32_data.len(),
            tensor.int64_data.len(),
            tensor.double_data.len(),
        ];
        let filled = typed_fields.iter().filter(|&&n| n > 0).count();
        if filled + usize::from(!raw.is_empty()) > 1 || (filled == 1 && typed.is_empty()) {
            return self.fail(OnnxProblem::PayloadField);
        }
        let elements = self.elements();
        if raw.is_empty() {
            if typed.len() != elements {
                let expected = elements.to_string();
                return self.fail(OnnxProblem::Payload { expected, found: typed.len() });
            }
            return Ok(typed.iter().copied().map(convert).collect());
        }
        if elements.checked_mul(N) != Some(raw.len()) {
            let expected = format!("{elements} * {N}");
            return self.fail(OnnxProblem::Payload { expected, found: raw.len() });
        }
        let (chunks, _) = raw.as_chunks::<N>();
        Ok(chunks.iter().map(|&bytes| convert(from_bytes(bytes))).collect())
    }

    fn fail<T>(&self, problem: OnnxProblem) -> Result<T, OnnxError> {
        Err(OnnxError::new(Place::Tensor(self.name.to_owned()), problem))
    }
}

fn list_dims(name: &str, length: usize, scalar: bool) -> Result<Vec<usize>, OnnxError> {
    if length == 0 {
        let problem = OnnxProblem::Dimensions { dims: "[0]".to_owned() };
        return Err(OnnxError::new(Place::Tensor(name.to_owned()), problem));
    }
    Ok(if scalar { Vec::new() } else { vec![length] })
}
