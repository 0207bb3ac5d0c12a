//! Operators whose result is known from shapes and constants alone.

use super::builder::{Builder, Outcome};
use super::call::Call;
use super::problem::GraphProblem;
use super::shapes::dimensions;
use super::value::{Elements, Kind, Tensor, Value, double};
use crate::front::onnx::exact;

/// `Shape`, perhaps of a range of axes.
pub(super) fn shape(call: &Call<'_>) -> Outcome<Vec<Value>> {
    let shape = call.arg(0)?.shape();
    let rank = shape.len() as i64;
    let clamp = |axis: i64| {
        let from_start = if axis < 0 { axis.saturating_add(rank) } else { axis };
        from_start.clamp(0, rank) as usize
    };
    let start = clamp(call.attributes.int("start", 0)?);
    let end = clamp(call.attributes.int("end", rank)?).max(start);
    let list: Vec<i64> = shape[start..end].iter().map(|&d| d as i64).collect();
    Ok(vec![Value::constant(Tensor::integers(vec![list.len()], list))])
}

/// `Size`.
pub(super) fn size(call: &Call<'_>) -> Outcome<Vec<Value>> {
    let count = call.arg(0)?.len() as i64;
    Ok(vec![Value::constant(Tensor::integers(Vec::new(), vec![count]))])
}

/// `ConstantOfShape`: one element, repeated.
pub(super) fn filled(
    builder: &mut Builder,
    call: &Call<'_>,
    value: Option<Tensor>,
) -> Outcome<Vec<Value>> {
    let target = call.integers(0, "the shape")?.ok_or(GraphProblem::Missing { position: 1 })?;
    let shape = dimensions(&target)?;
    let n = builder.charge_shape(&shape)?;
    let zero = Tensor::new(Kind::Float, vec![1], Elements::Real(vec![0.0]));
    let value = value.unwrap_or(zero);
    let refuse = || GraphProblem::argument("the value's shape", &value.shape, "is not one element");
    let elements = match &value.elements {
        Elements::Real(list) => list.first().map(|&v| Elements::Real(vec![v; n])),
        Elements::Integer(list) => list.first().map(|&v| Elements::Integer(vec![v; n])),
        Elements::Bool(list) => list.first().map(|&v| Elements::Bool(vec![v; n])),
    };
    if value.elements.len() != 1 {
        return Err(refuse().into());
    }
    let elements = elements.ok_or_else(refuse)?;
    Ok(vec![Value::constant(Tensor::new(value.kind, shape, elements))])
}

/// `Range`.
pub(super) fn range(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let mut ends = Vec::new();
    let mut kind = Kind::Int64;
    for position in 0..3 {
        let what = "an end or the step";
        let missing = GraphProblem::Missing { position: position + 1 };
        let tensor = call.constant(position, what)?.ok_or(missing)?;
        kind = tensor.kind;
        ends.push(call.scalar(position, what)?.unwrap_or(0.0));
    }
    let [start, limit, step] = ends[..] else { return Err(GraphProblem::Rounds.into()) };
    let count = ((limit - start) / step).ceil();
    if step == 0.0 || !count.is_finite() {
        return Err(GraphProblem::argument("the step", step, "never reaches the end").into());
    }
    let count = count.max(0.0);
    builder.charge(if count < 1e12 { count as usize } else { usize::MAX })?;
    let element = |k: usize| exact::sum(start, exact::product(step, k as f64)?);
    let list: Option<Vec<f64>> = (0..count as usize).map(element).collect();
    let list = list.ok_or(GraphProblem::Rounds)?;
    let shape = vec![list.len()];
    let elements = if kind.is_integer() {
        let exact = list.iter().all(|&v| double(v as i64) == Some(v));
        if !exact {
            return Err(GraphProblem::Rounds.into());
        }
        Elements::Integer(list.into_iter().map(|v| v as i64).collect())
    } else {
        Elements::Real(list)
    };
    Ok(vec![Value::constant(Tensor::new(kind, shape, elements))])
}
