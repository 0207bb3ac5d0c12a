//! Functions of single elements.

use std::collections::BTreeMap;

use super::arithmetic::{mul, quotient};
use super::builder::{Builder, Outcome, Pick};
use super::call::{Call, kind, kind_problem, one};
use super::fold::{self, Simple};
use super::operators::Operator;
use super::problem::GraphProblem;
use super::shapes::{broadcast, broadcast_strides, view};
use super::value::{Elements, Flow, Kind, Tensor, Value};
use crate::bounds::Interval;
use crate::network::graph::{Function, Op, Scale, Unary};

/// A function that folds exactly on constants, or is one node.
pub(super) fn simple(
    builder: &mut Builder,
    call: &Call<'_>,
    f: Simple,
    node: Option<Unary>,
) -> Outcome<Vec<Value>> {
    let value = call.number(0, "the operand")?;
    if let Value::Constant(x) = value
        && let Some(folded) = fold::simple(builder, f, x)?
    {
        return Ok(vec![Value::constant(folded)]);
    }
    let x = builder.materialize(value)?;
    match (f, node) {
        (Simple::Neg, _) => Ok(one(builder.negate(&x)?)),
        (_, Some(function)) => Ok(one(builder.unary(&x, function)?)),
        (_, None) if x.kind.is_integer() => Ok(one(x)),
        (_, None) => {
            let what = "rounding of values that depend on the input";
            let instead = "remove the node, or end the network before it";
            Err(GraphProblem::unsupported(what, instead).into())
        }
    }
}

/// A smooth function of a real value.
pub(super) fn smooth(builder: &mut Builder, call: &Call<'_>, f: Function) -> Outcome<Vec<Value>> {
    let x = real(builder, call)?;
    Ok(one(builder.unary(&x, Unary::Smooth(f))?))
}

/// The first argument, which must be of a real type, as a node.
pub(super) fn real(builder: &mut Builder, call: &Call<'_>) -> Outcome<Flow> {
    let value = call.number(0, "the operand")?;
    if !value.kind().is_real() {
        return Err(kind_problem("the operand", value.kind(), "float or double"));
    }
    builder.materialize(value)
}

/// Activations that are pieces of lines, or products and sums of smooth functions.
pub(super) fn activation(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = real(builder, call)?;
    let unit = Unary::Clip { lo: 0.0, hi: 1.0 };
    let smooth = Unary::Smooth;
    let y = match call.operator {
        Operator::LeakyRelu => {
            let slope = call.float("alpha", 0.01)?;
            builder.unary(&x, Unary::Leaky { slope })?
        }
        Operator::ThresholdedRelu => {
            let threshold = call.float("alpha", 1.0)?;
            if threshold >= 0.0 {
                builder.unary(&x, Unary::Threshold { threshold })?
            } else {
                let above = builder.scale(&x, 1.0, 1.0, -threshold)?;
                let zero = constant(builder, &x, 0.0)?;
                let (condition, a, b) = (above.node, x.node, zero.node);
                builder.flow(Op::Choose { condition, at_zero: false, a, b }, &x.shape, x.kind)?
            }
        }
        Operator::HardSigmoid => {
            let (alpha, beta) = (call.float("alpha", 0.2)?, call.float("beta", 0.5)?);
            let line = builder.scale(&x, alpha, 1.0, beta)?;
            builder.unary(&line, unit)?
        }
        Operator::HardSwish => {
            let line = builder.scale(&x, 1.0, 6.0, 0.5)?;
            let gate = builder.unary(&line, unit)?;
            product(builder, &x, &gate)?
        }
        Operator::Elu => {
            let alpha = call.float("alpha", 1.0)?;
            exponential_unit(builder, &x, alpha, 1.0, 1.0)?
        }
        Operator::Celu => {
            let alpha = call.float("alpha", 1.0)?;
            if alpha == 0.0 {
                return Err(GraphProblem::argument("alpha", alpha, "divides by zero").into());
            }
            exponential_unit(builder, &x, alpha, alpha, 1.0)?
        }
        Operator::Selu => {
            let alpha = call.float("alpha", 1.673_263_2)?;
            let gamma = call.float("gamma", 1.050_701)?;
            exponential_unit(builder, &x, alpha, 1.0, gamma)?
        }
        Operator::Softsign => {
            let size = builder.unary(&x, Unary::Abs)?;
            let below = builder.scale(&size, 1.0, 1.0, 1.0)?;
            quotient(builder, &x, &below, &x.shape)?
        }
        Operator::Reciprocal => {
            let one = constant(builder, &x, 1.0)?;
            quotient(builder, &one, &x, &x.shape)?
        }
        Operator::Mish => {
            let soft = builder.unary(&x, smooth(Function::Softplus))?;
            let gate = builder.unary(&soft, smooth(Function::Tanh))?;
            product(builder, &x, &gate)?
        }
        Operator::Gelu => gelu(builder, call, &x)?,
        _ => return Err(GraphProblem::Operator { opset: call.opset }.into()),
    };
    Ok(one(y))
}

fn constant(builder: &mut Builder, like: &Flow, value: f64) -> Outcome<Flow> {
    builder.charge(like.len())?;
    builder.flow(Op::Constant(vec![value; like.len()]), &like.shape, like.kind)
}

fn product(builder: &mut Builder, a: &Flow, b: &Flow) -> Outcome<Flow> {
    builder.flow(Op::Product { a: a.node, b: b.node }, &a.shape, a.kind)
}

/// `gamma (max(x, 0) + alpha (exp(min(x, 0) / divisor) - 1))`.
fn exponential_unit(
    builder: &mut Builder,
    x: &Flow,
    alpha: f64,
    divisor: f64,
    gamma: f64,
) -> Outcome<Flow> {
    let positive = builder.unary(x, Unary::Relu)?;
    let negative = builder.unary(x, Unary::Clip { lo: f64::NEG_INFINITY, hi: 0.0 })?;
    let scaled = builder.scale(&negative, 1.0, divisor, 0.0)?;
    let power = builder.unary(&scaled, Unary::Smooth(Function::Exp))?;
    let below = builder.scale(&power, alpha, 1.0, -alpha)?;
    let terms = vec![(positive.node, false), (below.node, false)];
    let sum = builder.flow(Op::Add { terms }, &x.shape, x.kind)?;
    builder.scale(&sum, gamma, 1.0, 0.0)
}

/// `x / 2 (1 + erf(x / sqrt 2))`, or its approximation by the hyperbolic tangent.
fn gelu(builder: &mut Builder, call: &Call<'_>, x: &Flow) -> Outcome<Flow> {
    // Neighbours of a number that no double is.
    let around = |v: f64| Interval::new(v.next_down(), v.next_up());
    let scaled = |builder: &mut Builder, x: &Flow, factor: Interval| {
        let by = Scale {
            factor: vec![factor],
            divisor: Vec::new(),
            shift: Vec::new(),
            count: 1,
            inner: 1,
        };
        builder.flow(Op::Scale { x: x.node, by }, &x.shape, x.kind)
    };
    let inner = match call.attributes.text("approximate", "none")? {
        "none" => {
            let line = scaled(builder, x, around(std::f64::consts::FRAC_1_SQRT_2))?;
            builder.unary(&line, Unary::Smooth(Function::Erf))?
        }
        "tanh" => {
            let square = product(builder, x, x)?;
            let cube = product(builder, &square, x)?;
            let small = scaled(builder, &cube, around(0.044_715))?;
            let terms = vec![(x.node, false), (small.node, false)];
            let sum = builder.flow(Op::Add { terms }, &x.shape, x.kind)?;
            let root = (2.0 / std::f64::consts::PI).sqrt();
            let wide = Interval::new(root.next_down().next_down(), root.next_up().next_up());
            let line = scaled(builder, &sum, wide)?;
            builder.unary(&line, Unary::Smooth(Function::Tanh))?
        }
        other => {
            let what = format!("approximate {other:?}");
            return Err(GraphProblem::unsupported(what, "use none or tanh").into());
        }
    };
    let gate = builder.scale(&inner, 0.5, 1.0, 0.5)?;
    product(builder, x, &gate)
}

/// `Clip`, with attributes in older forms and inputs in newer ones.
pub(super) fn clip(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let end = |name: &'static str, position| -> Outcome<Option<f64>> {
        let attribute = call.attributes.get(
            name,
            crate::front::onnx::proto::attribute_type::FLOAT,
            "is not a float",
        )?;
        match attribute {
            Some(a) => Ok(Some(f64::from(a.f))),
            None => call.scalar(position, name),
        }
    };
    let lo = end("min", 1)?.unwrap_or(f64::NEG_INFINITY);
    let hi = end("max", 2)?.unwrap_or(f64::INFINITY);
    if lo.is_nan() || hi.is_nan() {
        return Err(GraphProblem::argument("an end", f64::NAN, "is no number").into());
    }
    let value = call.number(0, "the operand")?;
    if let Value::Constant(t) = value {
        builder.charge(t.elements.len())?;
        if let Elements::Real(list) = &t.elements {
            let list = list.iter().map(|v| v.max(lo).min(hi)).collect();
            let elements = Elements::Real(list);
            return Ok(vec![Value::constant(Tensor::new(t.kind, t.shape.clone(), elements))]);
        }
    }
    let x = builder.materialize(value)?;
    if (lo, hi) == (f64::NEG_INFINITY, f64::INFINITY) {
        return Ok(one(x));
    }
    if lo > hi {
        // The upper end is applied last.
        return Ok(one(constant(builder, &x, hi)?));
    }
    let f = if (lo, hi) == (0.0, f64::INFINITY) { Unary::Relu } else { Unary::Clip { lo, hi } };
    Ok(one(builder.unary(&x, f)?))
}

/// `PRelu`: one leaky unit for each different slope.
pub(super) fn prelu(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = real(builder, call)?;
    let slope = call.constant(1, "the slope")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let slopes = slope.reals().ok_or_else(|| kind_problem("the slope", slope.kind, "float"))?;
    super::builder::finite(slopes)?;
    if broadcast(&x.shape, &slope.shape)? != x.shape {
        let rule = "do not fit; the slope must broadcast to the operand";
        return Err(GraphProblem::shapes(&x.shape, &slope.shape, rule).into());
    }
    if let Some(slope) = slope.uniform() {
        return Ok(one(builder.unary(&x, Unary::Leaky { slope })?));
    }
    let n = builder.charge_shape(&x.shape)?;
    builder.charge(n.saturating_mul(4))?;
    let spread = view(&x.shape, &broadcast_strides(&slope.shape, &x.shape), 0);
    // Bits order all numbers, and equal slopes share a unit.
    let mut parts: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (k, &s) in spread.iter().enumerate() {
        parts.entry(slopes[s as usize].to_bits()).or_default().push(k as u32);
    }
    let mut picks: Vec<Pick> = vec![(0, 0); n];
    let mut units = Vec::new();
    for (part, (bits, members)) in parts.into_iter().enumerate() {
        let own: Vec<Pick> = members.iter().map(|&e| (0, e)).collect();
        let piece = builder.gather(&[Value::Flow(x.clone())], &own, &[members.len()])?;
        let piece = builder.materialize(&piece)?;
        let unit = builder.unary(&piece, Unary::Leaky { slope: f64::from_bits(bits) })?;
        units.push(Value::Flow(unit));
        for (k, &e) in members.iter().enumerate() {
            picks[e as usize] = (part as u32, k as u32);
        }
    }
    Ok(vec![builder.gather(&units, &picks, &x.shape)?])
}

/// `Pow` with a constant exponent 1/2, 1, 2, 3 or 4.
pub(super) fn pow(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let base = call.number(0, "the base")?;
    let exponent =
        call.constant(1, "the exponent")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let shape = broadcast(base.shape(), &exponent.shape)?;
    let unsupported = || {
        let instead = "use an exponent 0.5, 1, 2, 3 or 4";
        GraphProblem::unsupported("this exponent", instead)
    };
    let power = exponent.uniform().ok_or_else(unsupported)?;
    let x = builder.expand(base, &shape)?;
    if power == 1.0 {
        return Ok(vec![x]);
    }
    if power == 0.5 {
        let x = builder.materialize(&x)?;
        return Ok(one(builder.unary(&x, Unary::Smooth(Function::Sqrt))?));
    }
    let square = mul(builder, &x, &x)?;
    let result = if power == 2.0 {
        square
    } else if power == 3.0 {
        mul(builder, &square, &x)?
    } else if power == 4.0 {
        mul(builder, &square, &square)?
    } else {
        return Err(unsupported().into());
    };
    Ok(vec![result])
}

/// `Cast` and `CastLike`.
pub(super) fn cast(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let to = if call.operator == Operator::CastLike {
        call.arg(1)?.kind()
    } else {
        let code = call.attributes.int("to", 0)?;
        kind(i32::try_from(code).unwrap_or(-1))?
    };
    Ok(vec![match call.arg(0)? {
        Value::Constant(t) => Value::constant(fold::cast(builder, t, to)?),
        Value::Labels(f) => Value::Labels(f.clone()),
        Value::Condition(c) if to == Kind::Bool => Value::Condition(c.clone()),
        Value::Condition(c) => {
            let truth = builder.truth(c, 0.0, 1.0)?;
            Value::Flow(Flow { kind: to, ..truth })
        }
        Value::Flow(x) if to == Kind::Bool => super::compare::not_zero(builder, x)?,
        Value::Flow(x) if to.is_integer() && x.kind.is_real() => {
            let what = "a cast to integer of a value that depends on the input";
            return Err(GraphProblem::unsupported(what, "remove the cast").into());
        }
        Value::Flow(x) => Value::Flow(Flow { kind: to, ..x.clone() }),
    }])
}
