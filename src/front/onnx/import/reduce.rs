//! Reductions over axes, and `ArgMax` at the end.

use super::arithmetic::{group_max, mul};
use super::builder::{Builder, Outcome};
use super::call::{Call, one};
use super::fold::{self, Binary};
use super::operators::Operator;
use super::problem::GraphProblem;
use super::shapes::{axes, axis, strides, view};
use super::value::{Flow, Tensor, Value};
use super::{Note, Stripped};
use crate::network::graph::{Function, Groups, Unary};

/// Which elements are reduced to one.
pub(super) struct Reduction {
    /// Shape with reduced axes as 1.
    pub(super) kept: Vec<usize>,
    /// Elements of each group.
    pub(super) groups: Vec<Vec<u32>>,
}

/// Groups along these axes.
pub(super) fn reduction(
    builder: &mut Builder,
    shape: &[usize],
    over: &[usize],
) -> Outcome<Reduction> {
    let own = strides(shape);
    let kept: Vec<usize> =
        (0..shape.len()).map(|k| if over.contains(&k) { 1 } else { shape[k] }).collect();
    let inside: Vec<usize> = over.iter().map(|&k| shape[k]).collect();
    let steps: Vec<i64> = over.iter().map(|&k| own[k]).collect();
    let n = builder.charge_shape(shape)?;
    // A group costs its list beside its members.
    let groups = builder.charge_shape(&kept)?;
    builder.charge(n.saturating_mul(2).saturating_add(groups.saturating_mul(3)))?;
    let base = view(&kept, &own, 0);
    let members = view(&inside, &steps, 0);
    let groups = base.iter().map(|b| members.iter().map(|m| b + m).collect()).collect();
    Ok(Reduction { kept, groups })
}

/// `ReduceSum` and its relatives.
pub(super) fn reduce(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let value = call.number(0, "the operand")?;
    let rank = value.shape().len();
    let list = call.list("axes", 1)?.filter(|list| !list.is_empty());
    let over = match list {
        Some(list) => axes(&list, rank)?,
        // No axes: each element is reduced alone. Older texts of the standard say that nothing happens;
        // its reference and onnxruntime do square, take absolute values and logarithms.
        None if call.flag("noop_with_empty_axes", false)? => match call.operator {
            Operator::ReduceL1
            | Operator::ReduceL2
            | Operator::ReduceSumSquare
            | Operator::ReduceLogSum => Vec::new(),
            _ => return Ok(vec![value.clone()]),
        },
        None => (0..rank).collect(),
    };
    let value = match call.operator {
        Operator::ReduceL1 => {
            let x = builder.materialize(value)?;
            Value::Flow(builder.unary(&x, Unary::Abs)?)
        }
        Operator::ReduceL2 | Operator::ReduceSumSquare => mul(builder, value, value)?,
        Operator::ReduceLogSumExp => {
            let x = builder.materialize(value)?;
            Value::Flow(builder.unary(&x, Unary::Smooth(Function::Exp))?)
        }
        _ => value.clone(),
    };
    let Reduction { kept, groups } = reduction(builder, value.shape(), &over)?;
    let shape = if call.flag("keepdims", true)? {
        kept
    } else {
        (0..rank).filter(|k| !over.contains(k)).map(|k| kept[k]).collect()
    };
    if groups.iter().any(Vec::is_empty) {
        return Err(GraphProblem::shape(value.shape(), "has nothing to reduce").into());
    }
    if let Some(folded) = folded(call, &value, &groups, &shape) {
        return Ok(vec![folded]);
    }
    let x = builder.materialize(&value)?;
    let y = match call.operator {
        Operator::ReduceMax | Operator::ReduceMin => {
            let largest = call.operator == Operator::ReduceMax;
            group_max(builder, &x, lists(groups), &shape, largest)?
        }
        Operator::ReduceProd => return products(builder, &x, &groups, &shape),
        Operator::ReduceMean => {
            let divisors = groups.iter().map(|g| g.len() as f64).collect();
            builder.sums(&x, groups, divisors, &shape)?
        }
        _ => builder.sums(&x, groups, Vec::new(), &shape)?,
    };
    let y = match call.operator {
        Operator::ReduceL2 => builder.unary(&y, Unary::Smooth(Function::Sqrt))?,
        Operator::ReduceLogSum | Operator::ReduceLogSumExp => {
            builder.unary(&y, Unary::Smooth(Function::Log))?
        }
        _ => y,
    };
    Ok(one(y))
}

/// The result on a constant, where it is exact.
fn folded(call: &Call<'_>, value: &Value, groups: &[Vec<u32>], shape: &[usize]) -> Option<Value> {
    let Value::Constant(t) = value else { return None };
    let f = match call.operator {
        Operator::ReduceSum | Operator::ReduceSumSquare => Binary::Add,
        Operator::ReduceProd => Binary::Mul,
        Operator::ReduceMax => Binary::Max,
        Operator::ReduceMin => Binary::Min,
        _ => return None,
    };
    let elements = fold::groups(f, t, groups)?;
    Some(Value::constant(Tensor::new(t.kind, shape.to_vec(), elements)))
}

/// One product after the other: each step multiplies the next member of every group.
fn products(
    builder: &mut Builder,
    x: &Flow,
    groups: &[Vec<u32>],
    shape: &[usize],
) -> Outcome<Vec<Value>> {
    let count = groups.first().map_or(0, Vec::len);
    let value = Value::Flow(x.clone());
    let mut total: Option<Value> = None;
    for k in 0..count {
        let picks: Vec<(u32, u32)> = groups.iter().map(|g| (0, g[k])).collect();
        let next = builder.gather(std::slice::from_ref(&value), &picks, shape)?;
        total = Some(match total {
            None => next,
            Some(before) => mul(builder, &before, &next)?,
        });
    }
    Ok(total.into_iter().collect())
}

/// Groups in compressed rows.
pub(super) fn lists(groups: Vec<Vec<u32>>) -> Groups {
    let mut starts = vec![0u32];
    let mut members = Vec::new();
    for group in groups {
        members.extend(group);
        starts.push(members.len() as u32);
    }
    Groups { starts, members }
}

/// `ArgMax` that ends an output: the scores stand for it, and a note says so.
pub(super) fn arg_max(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = builder.materialize(call.number(0, "the operand")?)?;
    let axis = axis(call.attributes.int("axis", 0)?, x.shape.len())?;
    let select_last = call.flag("select_last_index", false)?;
    let Some(output) = call.last else { return Err(GraphProblem::Labels.into()) };
    builder.notes.push(Note {
        output,
        node: builder.origin.clone(),
        function: Stripped::ArgMax { select_last },
        shape: x.shape.clone(),
        axes: (axis, axis + 1),
    });
    Ok(vec![Value::Labels(x)])
}
