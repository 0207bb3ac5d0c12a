//! Sums, differences, products, quotients, and the larger or smaller of several values.

use std::rc::Rc;

use super::builder::{Builder, Outcome, finite};
use super::call::{Call, one, same_kind};
use super::fold::{self, Binary};
use super::problem::GraphProblem;
use super::shapes::{broadcast, broadcast_strides, view};
use super::trainable::Use;
use super::value::{Flow, Kind, Tensor, Value};
use crate::bounds::Interval;
use crate::network::graph::{Groups, Op, Scale, Unary};

/// `Add`, `Sub`, `Sum`, `Mean`: a signed sum over a common divisor.
pub(super) fn sum(
    builder: &mut Builder,
    call: &Call<'_>,
    minus: bool,
    mean: bool,
) -> Outcome<Vec<Value>> {
    let mut total = call.number(0, "the first operand")?.clone();
    if let Some(flow) = alike(builder, call)? {
        return Ok(one(if mean {
            builder.scale(&flow, 1.0, call.args.len() as f64, 0.0)?
        } else {
            flow
        }));
    }
    for position in 1..call.args.len() {
        let next = call.number(position, "an operand")?;
        same_kind(&total, next)?;
        total = plus(builder, &total, next, minus)?;
    }
    if mean && call.args.len() > 1 {
        let count = call.args.len() as f64;
        let x = builder.materialize(&total)?;
        return Ok(one(builder.scale(&x, 1.0, count, 0.0)?));
    }
    Ok(vec![total])
}

/// The sum of three or more flows of one shape and type as one node.
fn alike(builder: &mut Builder, call: &Call<'_>) -> Outcome<Option<Flow>> {
    let mut flows: Vec<&Flow> = Vec::new();
    for value in &call.args {
        match value {
            Some(Value::Flow(x)) if x.kind != Kind::Bool => flows.push(x),
            Some(_) | None => return Ok(None),
        }
    }
    let same = |x: &&Flow| x.shape == flows[0].shape && x.kind == flows[0].kind;
    if flows.len() < 3 || !flows.iter().all(same) {
        return Ok(None);
    }
    let terms = flows.iter().map(|x| (x.node, false)).collect();
    builder.charge(flows.len())?;
    builder.flow(Op::Add { terms }, &flows[0].shape, flows[0].kind).map(Some)
}

/// `a + b` or `a - b`.
pub(super) fn plus(builder: &mut Builder, a: &Value, b: &Value, minus: bool) -> Outcome<Value> {
    let shape = broadcast(a.shape(), b.shape())?;
    if let (Value::Constant(x), Value::Constant(y)) = (a, b) {
        let f = if minus { Binary::Sub } else { Binary::Add };
        if let Some(folded) = fold::binary(builder, f, x, y)? {
            return Ok(Value::constant(folded));
        }
    }
    match (a, b) {
        (Value::Flow(x), Value::Constant(c)) => {
            let sign = if minus { -1.0 } else { 1.0 };
            shifted(builder, x, 1.0, c, sign, &shape).map(Value::Flow)
        }
        (Value::Constant(c), Value::Flow(x)) => {
            let factor = if minus { -1.0 } else { 1.0 };
            shifted(builder, x, factor, c, 1.0, &shape).map(Value::Flow)
        }
        _ => {
            let x = builder.materialize(a)?;
            let y = builder.materialize(b)?;
            let (x, y) = (builder.expand_flow(&x, &shape)?, builder.expand_flow(&y, &shape)?);
            let terms = vec![(x.node, false), (y.node, minus)];
            builder.flow(Op::Add { terms }, &shape, x.kind).map(Value::Flow)
        }
    }
}

/// `factor x + sign c`.
fn shifted(
    builder: &mut Builder,
    x: &Flow,
    factor: f64,
    c: &Tensor,
    sign: f64,
    shape: &[usize],
) -> Outcome<Flow> {
    let x = builder.expand_flow(x, shape)?;
    let table = table(builder, c, shape)?;
    let plain = factor == 1.0 && sign == 1.0 && table.list.len() == c.elements.len();
    let stored = c.stored.clone().filter(|_| plain);
    if factor == 1.0 && table.list.iter().all(|&v| v == 0.0) && stored.is_none() {
        return Ok(x);
    }
    let by = Scale {
        factor: vec![Interval::point(factor); table.list.len()],
        divisor: Vec::new(),
        shift: table.list.iter().map(|&v| Interval::point(sign * v)).collect(),
        count: table.list.len(),
        inner: table.inner,
    };
    let y = builder.flow(Op::Scale { x: x.node, by }, shape, x.kind)?;
    builder.uses(y.node, stored.map(Use::Shift));
    Ok(y)
}

/// `Mul`.
pub(super) fn mul(builder: &mut Builder, a: &Value, b: &Value) -> Outcome<Value> {
    let shape = broadcast(a.shape(), b.shape())?;
    match (a, b) {
        (Value::Constant(x), Value::Constant(y)) => {
            if let Some(folded) = fold::binary(builder, Binary::Mul, x, y)? {
                return Ok(Value::constant(folded));
            }
            let x = builder.materialize(a)?;
            times(builder, &x, y, &shape)
        }
        (Value::Flow(x), Value::Constant(c)) | (Value::Constant(c), Value::Flow(x)) => {
            times(builder, x, c, &shape)
        }
        _ => {
            let (x, y) = (builder.materialize(a)?, builder.materialize(b)?);
            let (x, y) = (builder.expand_flow(&x, &shape)?, builder.expand_flow(&y, &shape)?);
            builder.flow(Op::Product { a: x.node, b: y.node }, &shape, x.kind).map(Value::Flow)
        }
    }
}

fn times(builder: &mut Builder, x: &Flow, c: &Tensor, shape: &[usize]) -> Outcome<Value> {
    let x = builder.expand_flow(x, shape)?;
    let table = table(builder, c, shape)?;
    if table.list.iter().all(|&v| v == 1.0) {
        return Ok(Value::Flow(x));
    }
    let by = Scale {
        factor: table.list.iter().map(|&v| Interval::point(v)).collect(),
        divisor: Vec::new(),
        shift: Vec::new(),
        count: table.list.len(),
        inner: table.inner,
    };
    builder.flow(Op::Scale { x: x.node, by }, shape, x.kind).map(Value::Flow)
}

/// `Div`. A constant divisor is kept; a variable one is a quotient for the targets that have it.
pub(super) fn div(builder: &mut Builder, a: &Value, b: &Value) -> Outcome<Value> {
    let shape = broadcast(a.shape(), b.shape())?;
    if let (Value::Constant(x), Value::Constant(y)) = (a, b)
        && let Some(folded) = fold::binary(builder, Binary::Div, x, y)?
    {
        return Ok(Value::constant(folded));
    }
    if a.kind().is_integer() {
        let what = "division of integers that depend on the input, which cuts off the fraction,";
        let instead = "cast to float before dividing";
        return Err(GraphProblem::unsupported(what, instead).into());
    }
    if let Value::Constant(c) = b {
        let x = builder.materialize(a)?;
        let x = builder.expand_flow(&x, &shape)?;
        let table = table(builder, c, &shape)?;
        if let Some(index) = table.list.iter().position(|&v| v == 0.0) {
            return Err(GraphProblem::ZeroDivisor { index }.into());
        }
        if table.list.iter().all(|&v| v == 1.0) {
            return Ok(Value::Flow(x));
        }
        let by = Scale {
            factor: vec![Interval::point(1.0); table.list.len()],
            count: table.list.len(),
            inner: table.inner,
            divisor: table.list,
            shift: Vec::new(),
        };
        return builder.flow(Op::Scale { x: x.node, by }, &shape, x.kind).map(Value::Flow);
    }
    let (x, y) = (builder.materialize(a)?, builder.materialize(b)?);
    quotient(builder, &x, &y, &shape).map(Value::Flow)
}

/// `x / y`, both repeated to this shape.
pub(super) fn quotient(
    builder: &mut Builder,
    x: &Flow,
    y: &Flow,
    shape: &[usize],
) -> Outcome<Flow> {
    let (x, y) = (builder.expand_flow(x, shape)?, builder.expand_flow(y, shape)?);
    builder.flow(Op::Quotient { a: x.node, b: y.node }, shape, x.kind)
}

/// `Max` and `Min` of any number of operands.
pub(super) fn extreme(
    builder: &mut Builder,
    call: &Call<'_>,
    largest: bool,
) -> Outcome<Vec<Value>> {
    let mut constant: Option<Rc<Tensor>> = None;
    let mut flows: Vec<Flow> = Vec::new();
    let first = call.number(0, "the first operand")?;
    let f = if largest { Binary::Max } else { Binary::Min };
    for position in 0..call.args.len() {
        let value = call.number(position, "an operand")?;
        same_kind(first, value)?;
        match (value, &constant) {
            (Value::Constant(c), None) => constant = Some(c.clone()),
            (Value::Constant(c), Some(earlier)) => {
                let both = fold::binary(builder, f, earlier, c)?.ok_or(GraphProblem::Rounds)?;
                constant = Some(Rc::new(both));
            }
            (other, _) => flows.push(builder.materialize(other)?),
        }
    }
    let Some(kind) = flows.first().map(|x| x.kind) else {
        return Ok(constant.map(Value::Constant).into_iter().collect());
    };
    let mut shape = constant.as_ref().map_or_else(Vec::new, |c| c.shape.clone());
    for x in &flows {
        shape = broadcast(&shape, &x.shape)?;
    }
    let mut result = match flows.as_slice() {
        [only] => builder.expand_flow(only, &shape)?,
        several => {
            let flows: Vec<Value> = several.iter().cloned().map(Value::Flow).collect();
            largest_of(builder, &flows, &shape, kind, largest)?
        }
    };
    if let Some(c) = constant {
        result = match c.uniform() {
            Some(v) if v == 0.0 && largest => builder.unary(&result, Unary::Relu)?,
            Some(v) => {
                let (lo, hi) = if largest { (v, f64::INFINITY) } else { (f64::NEG_INFINITY, v) };
                builder.unary(&result, Unary::Clip { lo, hi })?
            }
            None => {
                let both = [Value::Flow(result), Value::Constant(c)];
                largest_of(builder, &both, &shape, kind, largest)?
            }
        };
    }
    Ok(one(result))
}

/// The larger or smaller of several values, element by element: interleaved, then one maximum a group.
fn largest_of(
    builder: &mut Builder,
    values: &[Value],
    shape: &[usize],
    kind: Kind,
    largest: bool,
) -> Outcome<Flow> {
    let count = values.len();
    let n = builder.charge_shape(shape)?;
    builder.charge(n.saturating_mul(count).saturating_mul(2))?;
    let views: Vec<Vec<u32>> =
        values.iter().map(|v| view(shape, &broadcast_strides(v.shape(), shape), 0)).collect();
    let pick = |k: usize| views.iter().enumerate().map(move |(o, v)| (o as u32, v[k]));
    let picks: Vec<_> = (0..n).flat_map(pick).collect();
    let interleaved: Vec<usize> = shape.iter().copied().chain([count]).collect();
    let all = builder.gather(values, &picks, &interleaved)?;
    let all = builder.materialize(&all)?;
    let groups = Groups {
        starts: (0..=n).map(|k| (k * count) as u32).collect(),
        members: (0..(n * count) as u32).collect(),
    };
    let all = Flow { kind, ..all };
    group_max(builder, &all, groups, shape, largest)
}

/// The largest or smallest element of every group.
pub(super) fn group_max(
    builder: &mut Builder,
    x: &Flow,
    groups: Groups,
    shape: &[usize],
    largest: bool,
) -> Outcome<Flow> {
    if largest {
        return builder.flow(Op::Max { x: x.node, groups }, shape, x.kind);
    }
    let negative = builder.negate(x)?;
    let found = builder.flow(Op::Max { x: negative.node, groups }, shape, x.kind)?;
    builder.negate(&found)
}

/// Numbers of a constant, spread over a shape.
pub(super) struct Table {
    pub(super) list: Vec<f64>,
    pub(super) inner: usize,
}

/// The shortest table for a constant that is broadcast to `shape`.
pub(super) fn table(builder: &mut Builder, c: &Tensor, shape: &[usize]) -> Outcome<Table> {
    let list = c.doubles().ok_or(GraphProblem::Rounds)?;
    finite(&list)?;
    if list.len() == 1 {
        return Ok(Table { list, inner: 1 });
    }
    let ahead = shape.len() - c.shape.len();
    let own = |k: usize| k.checked_sub(ahead).map_or(1, |i| c.shape[i]);
    let first = (0..shape.len()).find(|&k| own(k) != 1).unwrap_or(0);
    let behind = (0..shape.len()).rfind(|&k| own(k) != 1).map_or(0, |k| k + 1);
    if (first..behind).all(|k| own(k) == shape[k]) {
        builder.charge(list.len().saturating_mul(2))?;
        return Ok(Table { list, inner: shape[behind..].iter().product() });
    }
    let n = builder.charge_shape(shape)?;
    builder.charge(n.saturating_mul(2))?;
    let picks = view(shape, &broadcast_strides(&c.shape, shape), 0);
    Ok(Table { list: picks.into_iter().map(|e| list[e as usize]).collect(), inner: 1 })
}
