//! Comparisons, logic, and choice.
//!
//! A truth value that depends on the input is the sign of a quantity. Conjunction and disjunction
//! are minimum and maximum of quantities that treat zero alike; others go through 0 and 1.

use super::arithmetic::plus;
use super::builder::{Builder, Outcome, Pick};
use super::call::{Call, kind_problem, one, same_kind};
use super::fold::{self, Relation};
use super::shapes::{broadcast, broadcast_strides, view};
use super::value::{Condition, Elements, Flow, Kind, Tensor, Value};
use crate::network::graph::{Op, Unary};

/// A comparison or a connective.
pub(super) fn relation(builder: &mut Builder, call: &Call<'_>, f: Relation) -> Outcome<Vec<Value>> {
    let (a, b) = (call.arg(0)?, call.arg(1)?);
    same_kind(a, b)?;
    if let (Value::Constant(x), Value::Constant(y)) = (a, b) {
        return Ok(vec![Value::constant(fold::relation(builder, f, x, y)?)]);
    }
    let logic = matches!(f, Relation::And | Relation::Or | Relation::Xor);
    if logic && a.kind() != Kind::Bool {
        return Err(kind_problem("the operand", a.kind(), "bool"));
    }
    let shape = broadcast(a.shape(), b.shape())?;
    let (a, b) = if a.kind() == Kind::Bool {
        (as_number(builder, a)?, as_number(builder, b)?)
    } else {
        (a.clone(), b.clone())
    };
    let condition = |quantity: &Flow, at_zero, negated| {
        let shape = shape.clone();
        Value::Condition(Condition { quantity: quantity.node, shape, at_zero, negated })
    };
    let value = match f {
        Relation::Greater | Relation::GreaterOrEqual => {
            let d = difference(builder, &a, &b, &shape)?;
            condition(&d, f == Relation::GreaterOrEqual, false)
        }
        Relation::Less | Relation::LessOrEqual => {
            let d = difference(builder, &b, &a, &shape)?;
            condition(&d, f == Relation::LessOrEqual, false)
        }
        Relation::Equal | Relation::Xor => {
            let d = difference(builder, &a, &b, &shape)?;
            let distance = builder.unary(&d, Unary::Abs)?;
            condition(&distance, false, f == Relation::Equal)
        }
        Relation::And | Relation::Or => {
            // Of numbers 0 and 1: both if the sum exceeds 3/2, one if it exceeds 1/2.
            let sum = plus(builder, &a, &b, false)?;
            let sum = builder.materialize(&sum)?;
            let threshold = if f == Relation::And { 1.5 } else { 0.5 };
            let d = builder.scale(&sum, 1.0, 1.0, -threshold)?;
            condition(&d, false, false)
        }
    };
    Ok(vec![value])
}

/// `a - b`, or `a` itself where `b` is zero.
fn difference(builder: &mut Builder, a: &Value, b: &Value, shape: &[usize]) -> Outcome<Flow> {
    if let (Value::Constant(_), Value::Constant(_)) = (a, b) {
        let x = builder.materialize(a)?;
        return difference(builder, &Value::Flow(x), b, shape);
    }
    let value = plus(builder, a, b, true)?;
    let flow = builder.materialize(&value)?;
    builder.expand_flow(&flow, shape)
}

/// A truth value as 0 or 1.
fn as_number(builder: &mut Builder, value: &Value) -> Outcome<Value> {
    match value {
        Value::Constant(t) => Ok(Value::constant(fold::cast(builder, t, Kind::Float)?)),
        other => {
            let flow = builder.materialize(other)?;
            Ok(Value::Flow(Flow { kind: Kind::Float, ..flow }))
        }
    }
}

/// `Not`.
pub(super) fn not(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    Ok(vec![match call.arg(0)? {
        Value::Constant(t) => match &t.elements {
            Elements::Bool(list) => {
                builder.charge(list.len())?;
                let elements = Elements::Bool(list.iter().map(|v| !v).collect());
                Value::constant(Tensor::new(t.kind, t.shape.clone(), elements))
            }
            Elements::Real(_) | Elements::Integer(_) => {
                return Err(kind_problem("the operand", t.kind, "bool"));
            }
        },
        other => {
            let c = condition(builder, other)?;
            Value::Condition(Condition { negated: !c.negated, ..c })
        }
    }])
}

/// A truth value that depends on the input.
fn condition(builder: &mut Builder, value: &Value) -> Outcome<Condition> {
    match value {
        Value::Condition(c) => Ok(c.clone()),
        Value::Flow(x) if x.kind == Kind::Bool => {
            // Truth values that are nodes are 0 or 1.
            let (quantity, shape) = (x.node, x.shape.clone());
            Ok(Condition { quantity, shape, at_zero: false, negated: false })
        }
        Value::Constant(t) if t.kind == Kind::Bool => {
            let x = builder.materialize(value)?;
            condition(builder, &Value::Flow(x))
        }
        other => Err(kind_problem("the condition", other.kind(), "bool")),
    }
}

/// Whether the elements are not zero.
pub(super) fn not_zero(builder: &mut Builder, x: &Flow) -> Outcome<Value> {
    let shape = x.shape.clone();
    let quantity = builder.unary(x, Unary::Abs)?.node;
    Ok(Value::Condition(Condition { quantity, shape, at_zero: false, negated: false }))
}

/// `Where`.
pub(super) fn choose(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let (c, a, b) = (call.arg(0)?, call.arg(1)?, call.arg(2)?);
    let kind = same_kind(a, b)?;
    let shape = broadcast(c.shape(), &broadcast(a.shape(), b.shape())?)?;
    if let Value::Constant(c) = c {
        let Elements::Bool(truth) = &c.elements else {
            return Err(kind_problem("the condition", c.kind, "bool"));
        };
        let n = builder.charge_shape(&shape)?;
        builder.charge(n.saturating_mul(2))?;
        let read = |s: &[usize]| view(&shape, &broadcast_strides(s, &shape), 0);
        let (of_c, of_a, of_b) = (read(&c.shape), read(a.shape()), read(b.shape()));
        let pick = |k: usize| if truth[of_c[k] as usize] { (0, of_a[k]) } else { (1, of_b[k]) };
        let picks: Vec<Pick> = (0..n).map(pick).collect();
        return Ok(vec![builder.gather(&[a.clone(), b.clone()], &picks, &shape)?]);
    }
    let c = condition(builder, c)?;
    if let (Value::Constant(x), Value::Constant(y)) = (a, b)
        && let (Some(yes), Some(no)) = (x.uniform(), y.uniform())
        && yes.is_finite()
        && no.is_finite()
    {
        let steps = builder.truth(&c, no, yes)?;
        let steps = builder.expand_flow(&Flow { kind, ..steps }, &shape)?;
        return Ok(one(Flow { kind, ..steps }));
    }
    let (a, b) = if c.negated { (b, a) } else { (a, b) };
    let (a, b) = (builder.materialize(a)?, builder.materialize(b)?);
    let (a, b) = (builder.expand_flow(&a, &shape)?, builder.expand_flow(&b, &shape)?);
    let quantity = Flow { node: c.quantity, shape: c.shape.clone(), kind: Kind::Float };
    let quantity = builder.expand_flow(&quantity, &shape)?;
    // The opposite of `q > 0` chooses the other operand by the same condition.
    let (condition, at_zero) = (quantity.node, c.at_zero);
    let op = Op::Choose { condition, at_zero, a: a.node, b: b.node };
    builder.flow(op, &shape, kind).map(one)
}
