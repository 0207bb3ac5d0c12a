//! `Pad`: a border of a constant, or of repeated elements; a negative width cuts off.

use super::builder::{Builder, Outcome, Pick};
use super::call::Call;
use super::problem::GraphProblem;
use super::shapes::{axes, strides};
use super::value::{Elements, Kind, Tensor, Value};

/// What stands beyond the edge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Constant,
    Reflect,
    Edge,
    Wrap,
}

/// `Pad`.
pub(super) fn pad(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let rank = x.shape().len();
    let pads = call.list("pads", 1)?.ok_or(GraphProblem::Missing { position: 2 })?;
    let mode = match call.attributes.text("mode", "constant")? {
        "constant" => Mode::Constant,
        "reflect" => Mode::Reflect,
        "edge" => Mode::Edge,
        "wrap" => Mode::Wrap,
        other => {
            let instead = "use constant, reflect, edge or wrap";
            return Err(GraphProblem::unsupported(format!("mode {other:?}"), instead).into());
        }
    };
    let fill = match call.constant(2, "the padding value")? {
        Some(value) if value.elements.len() == 1 && value.kind == x.kind() => {
            Value::Constant(value)
        }
        Some(_) => {
            let rule = "must be one element of the operand's type";
            return Err(GraphProblem::argument("the padding value", "given", rule).into());
        }
        None if call.opset < 11 && x.kind().is_real() => {
            let value = call.float("value", 0.0)?;
            let elements = Elements::Real(vec![value]);
            Value::constant(Tensor::new(x.kind(), Vec::new(), elements))
        }
        None => zero(x.kind()),
    };
    let along = match call.integers(3, "the axes")? {
        Some(list) => axes(&list, rank)?,
        None => (0..rank).collect(),
    };
    let widths = pads.split_at_checked(along.len()).filter(|(b, e)| b.len() == e.len());
    let rule = "is not two numbers for each axis";
    let (begin, end) =
        widths.ok_or_else(|| GraphProblem::argument("the list of pads", &pads, rule))?;
    let mut border = vec![(0i64, 0i64); rank];
    for (k, &axis) in along.iter().enumerate() {
        border[axis] = (begin[k], end[k]);
    }
    let mut shape = Vec::new();
    let mut maps: Vec<Vec<Option<usize>>> = Vec::new();
    for (axis, &(before, behind)) in border.iter().enumerate() {
        let size = x.shape()[axis] as i64;
        let total = size.saturating_add(before).saturating_add(behind);
        if !(0..=i64::from(u32::MAX)).contains(&total) {
            let rule = "gives a dimension below 0 or far too large";
            return Err(GraphProblem::argument("the pair of pads", (before, behind), rule).into());
        }
        shape.push(total as usize);
    }
    let n = builder.charge_shape(&shape)?;
    builder.charge(n)?;
    for (axis, &(before, _)) in border.iter().enumerate() {
        let size = x.shape()[axis] as i64;
        builder.charge(shape[axis].saturating_mul(2))?;
        let map = (0..shape[axis] as i64).map(|k| inside(k.saturating_sub(before), size, mode));
        maps.push(map.collect());
    }
    let steps = strides(x.shape());
    let mut picks: Vec<Pick> = Vec::with_capacity(n);
    let mut index = vec![0usize; rank];
    for _ in 0..n {
        let parts = index.iter().enumerate().map(|(a, &i)| Some(maps[a][i]? * steps[a] as usize));
        picks.push(parts.sum::<Option<usize>>().map_or((1, 0), |e| (0, e as u32)));
        for axis in (0..rank).rev() {
            index[axis] += 1;
            if index[axis] < shape[axis] {
                break;
            }
            index[axis] = 0;
        }
    }
    Ok(vec![builder.gather(&[x.clone(), fill], &picks, &shape)?])
}

/// Which index of the operand stands at `k`, counted from its first.
fn inside(k: i64, size: i64, mode: Mode) -> Option<usize> {
    if (0..size).contains(&k) {
        return Some(k as usize);
    }
    if size == 0 {
        return None;
    }
    match mode {
        Mode::Constant => None,
        Mode::Edge => Some(k.clamp(0, size - 1) as usize),
        Mode::Wrap => Some(k.rem_euclid(size) as usize),
        Mode::Reflect => {
            let period = (2 * (size - 1)).max(1);
            let folded = k.rem_euclid(period);
            Some(folded.min(period - folded).min(size - 1) as usize)
        }
    }
}

/// A scalar zero of a type.
pub(super) fn zero(kind: Kind) -> Value {
    let elements = match kind {
        Kind::Float | Kind::Double => Elements::Real(vec![0.0]),
        Kind::Int32 | Kind::Int64 => Elements::Integer(vec![0]),
        Kind::Bool => Elements::Bool(vec![false]),
    };
    Value::constant(Tensor::new(kind, Vec::new(), elements))
}
