//! Values between nodes: constants of the file, results of the graph, and conditions.

use std::rc::Rc;
use std::sync::Arc;

use crate::network::graph::NodeId;

/// Element types that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 32-bit float.
    Float,
    /// 64-bit float.
    Double,
    /// 32-bit signed integer.
    Int32,
    /// 64-bit signed integer.
    Int64,
    /// Truth value.
    Bool,
}

impl Kind {
    /// The name that ONNX gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Float => "float",
            Kind::Double => "double",
            Kind::Int32 => "int32",
            Kind::Int64 => "int64",
            Kind::Bool => "bool",
        }
    }

    /// Whether it is `float` or `double`.
    #[must_use]
    pub fn is_real(self) -> bool {
        matches!(self, Kind::Float | Kind::Double)
    }

    /// Whether it is `int32` or `int64`.
    #[must_use]
    pub fn is_integer(self) -> bool {
        matches!(self, Kind::Int32 | Kind::Int64)
    }
}

/// Elements of a constant, row-major.
#[derive(Clone, Debug, PartialEq)]
pub enum Elements {
    /// Of a float or double tensor; a float is the double of the same value. May be infinite.
    Real(Vec<f64>),
    /// Of an integer tensor.
    Integer(Vec<i64>),
    /// Of a truth tensor.
    Bool(Vec<bool>),
}

impl Elements {
    /// Their number.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Elements::Real(list) => list.len(),
            Elements::Integer(list) => list.len(),
            Elements::Bool(list) => list.len(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A constant: an initialiser, the result of folding, or an input that the caller fixes.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// Element type.
    pub kind: Kind,
    /// Dimensions; none for a scalar. A dimension may be 0.
    pub shape: Vec<usize>,
    /// As many elements as the shape says.
    pub elements: Elements,
    /// Where they are stored, if they are elements of an initialiser as it is.
    pub stored: Option<Stored>,
}

/// Elements of an initialiser, perhaps in another order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Name of the initialiser.
    pub name: Arc<str>,
    /// The element of the initialiser that each element is; nothing where that is its own position.
    pub at: Option<Arc<[u32]>>,
}

impl Stored {
    /// The same initialiser, of which element `k` is now what `picks(k)` was here.
    pub(super) fn picked(&self, picks: impl Iterator<Item = u32>) -> Self {
        let at = match &self.at {
            None => picks.collect(),
            Some(at) => picks.map(|e| at[e as usize]).collect(),
        };
        Stored { name: self.name.clone(), at: Some(at) }
    }
}

impl Tensor {
    /// A constant that is stored nowhere.
    #[must_use]
    pub fn new(kind: Kind, shape: Vec<usize>, elements: Elements) -> Self {
        Tensor { kind, shape, elements, stored: None }
    }

    pub(super) fn integers(shape: Vec<usize>, list: Vec<i64>) -> Self {
        Tensor::new(Kind::Int64, shape, Elements::Integer(list))
    }

    /// Real elements, if it is a float or double tensor.
    pub(super) fn reals(&self) -> Option<&[f64]> {
        match &self.elements {
            Elements::Real(list) => Some(list),
            Elements::Integer(_) | Elements::Bool(_) => None,
        }
    }

    /// The elements as doubles, if doubles hold them.
    pub(super) fn doubles(&self) -> Option<Vec<f64>> {
        match &self.elements {
            Elements::Real(list) => Some(list.clone()),
            Elements::Integer(list) => list.iter().map(|&v| double(v)).collect(),
            Elements::Bool(list) => Some(list.iter().map(|&v| f64::from(u8::from(v))).collect()),
        }
    }

    /// The one number of all elements, if they are equal and doubles hold them.
    pub(super) fn uniform(&self) -> Option<f64> {
        let list = self.doubles()?;
        let first = *list.first()?;
        list.iter().all(|v| v.to_bits() == first.to_bits() || *v == first).then_some(first)
    }
}

/// The integer as a double, if that is exact.
pub(super) fn double(v: i64) -> Option<f64> {
    let d = v as f64;
    (d.abs() < 9.0e15 || (d as i128) == i128::from(v)).then_some(d)
}

/// A tensor that depends on the inputs, or a constant that is computed in the graph because
/// folding it would round.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) node: NodeId,
    /// Shape as ONNX sees it: the same elements as the node's, perhaps named differently.
    pub(super) shape: Vec<usize>,
    pub(super) kind: Kind,
}

impl Flow {
    pub(super) fn len(&self) -> usize {
        self.shape.iter().product()
    }
}

/// A truth tensor: `quantity > 0` (`>= 0` where `at_zero`), or its opposite.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) quantity: NodeId,
    pub(super) shape: Vec<usize>,
    pub(super) at_zero: bool,
    pub(super) negated: bool,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Constant(Rc<Tensor>),
    Flow(Flow),
    Condition(Condition),
    /// Scores whose largest element a stripped `ArgMax` names. Only outputs may be that.
    Labels(Flow),
}

impl Value {
    pub(super) fn constant(tensor: Tensor) -> Self {
        Value::Constant(Rc::new(tensor))
    }

    pub(super) fn shape(&self) -> &[usize] {
        match self {
            Value::Constant(t) => &t.shape,
            Value::Flow(f) | Value::Labels(f) => &f.shape,
            Value::Condition(c) => &c.shape,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Value::Constant(t) => t.kind,
            Value::Flow(f) => f.kind,
            Value::Condition(_) => Kind::Bool,
            Value::Labels(_) => Kind::Int64,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.shape().iter().product()
    }
}
