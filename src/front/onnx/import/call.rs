//! One node with its arguments: how the operators ask for what they need.

use std::rc::Rc;

use super::builder::Outcome;
use super::operators::Operator;
use super::problem::GraphProblem;
use super::value::{Elements, Flow, Kind, Tensor, Value};
use crate::front::onnx::attributes::Attributes;
use crate::front::onnx::proto;
use crate::front::onnx::tensor::type_name;

/// A node whose arguments are known.
pub(super) struct Call<'a> {
    pub(super) operator: Operator,
    pub(super) opset: i64,
    pub(super) attributes: Attributes<'a>,
    /// `None` for an optional input that is absent.
    pub(super) args: Vec<Option<Value>>,
    /// Number of outputs, with those that nothing reads.
    pub(super) outputs: usize,
    /// Which outputs something reads.
    pub(super) wanted: Vec<bool>,
    /// Output of the graph that this is the last operation of, if only the order of its elements
    /// needs to be right.
    pub(super) last: Option<usize>,
}

impl Call<'_> {
    /// An argument that must be there.
    pub(super) fn arg(&self, position: usize) -> Outcome<&Value> {
        self.optional(position).ok_or(GraphProblem::Missing { position: position + 1 }.into())
    }

    pub(super) fn optional(&self, position: usize) -> Option<&Value> {
        self.args.get(position).and_then(Option::as_ref)
    }

    /// Refuses what is neither number nor, where allowed, truth.
    pub(super) fn number(&self, position: usize, what: &'static str) -> Outcome<&Value> {
        let value = self.arg(position)?;
        match value {
            Value::Labels(_) => Err(GraphProblem::Labels.into()),
            other if other.kind() == Kind::Bool => {
                Err(kind_problem(what, Kind::Bool, "a numeric type"))
            }
            other => Ok(other),
        }
    }

    /// A constant argument, if it is there.
    pub(super) fn constant(
        &self,
        position: usize,
        what: &'static str,
    ) -> Outcome<Option<Rc<Tensor>>> {
        match self.optional(position) {
            None => Ok(None),
            Some(Value::Constant(t)) => Ok(Some(t.clone())),
            Some(Value::Flow(_) | Value::Condition(_) | Value::Labels(_)) => {
                Err(GraphProblem::NotConstant { what }.into())
            }
        }
    }

    /// A constant list of integers, if it is there.
    pub(super) fn integers(
        &self,
        position: usize,
        what: &'static str,
    ) -> Outcome<Option<Vec<i64>>> {
        let Some(tensor) = self.constant(position, what)? else { return Ok(None) };
        match &tensor.elements {
            Elements::Integer(list) => Ok(Some(list.clone())),
            Elements::Real(_) | Elements::Bool(_) => Err(kind_problem(what, tensor.kind, "int64")),
        }
    }

    /// Integers from an attribute in older forms and from an input in newer ones.
    pub(super) fn list(&self, name: &'static str, position: usize) -> Outcome<Option<Vec<i64>>> {
        if let Some(list) = self.attributes.ints(name)? {
            return Ok(Some(list.to_vec()));
        }
        self.integers(position, name)
    }

    /// A constant scalar as a double, if it is there.
    pub(super) fn scalar(&self, position: usize, what: &'static str) -> Outcome<Option<f64>> {
        let Some(tensor) = self.constant(position, what)? else { return Ok(None) };
        let list = tensor.doubles().ok_or(GraphProblem::Rounds)?;
        match list[..] {
            [value] => Ok(Some(value)),
            _ => Err(GraphProblem::argument(what, &tensor.shape, "is no scalar shape").into()),
        }
    }

    /// A float attribute, as the real number that it is.
    pub(super) fn float(&self, name: &str, default: f32) -> Outcome<f64> {
        self.attributes.float(name, default).map(f64::from)
    }

    /// An integer attribute that is 0 or 1.
    pub(super) fn flag(&self, name: &'static str, default: bool) -> Outcome<bool> {
        match self.attributes.int(name, i64::from(default))? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(GraphProblem::argument(name, other, "is neither 0 nor 1").into()),
        }
    }
}

/// An element type that does not fit.
pub(super) fn kind_problem(
    what: &'static str,
    found: Kind,
    expected: &'static str,
) -> crate::front::onnx::OnnxProblem {
    GraphProblem::Kind { what, found: found.name().to_owned(), expected }.into()
}

/// From a code of `TensorProto.DataType`.
pub(super) fn kind(code: i32) -> Result<Kind, GraphProblem> {
    use proto::data_type::{BOOL, DOUBLE, FLOAT, INT32, INT64};
    match code {
        FLOAT => Ok(Kind::Float),
        DOUBLE => Ok(Kind::Double),
        INT32 => Ok(Kind::Int32),
        INT64 => Ok(Kind::Int64),
        BOOL => Ok(Kind::Bool),
        other => Err(GraphProblem::ElementType { found: type_name(other) }),
    }
}

/// Flows of one shape and type from two values.
pub(super) fn same_kind(a: &Value, b: &Value) -> Outcome<Kind> {
    if a.kind() == b.kind() {
        Ok(a.kind())
    } else {
        Err(kind_problem("the second operand", b.kind(), "the type of the first"))
    }
}

/// Wraps the one result of a node.
pub(super) fn one(flow: Flow) -> Vec<Value> {
    vec![Value::Flow(flow)]
}
