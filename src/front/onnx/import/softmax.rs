//! `Softmax` and `LogSoftmax`: left out at the end of an output, lowered elsewhere.

use super::arithmetic::quotient;
use super::builder::{Builder, Outcome};
use super::call::{Call, one};
use super::reduce::{Reduction, reduction};
use super::shapes::axis;
use super::value::{Flow, Value};
use super::{Note, Stripped};
use crate::network::graph::{Function, Op, Sums, Unary};

/// Groups up to this size are written by differences of their elements.
const PAIRS: usize = 64;

/// `exp(x) / sum(exp(x))`, or its logarithm `x - log(sum(exp(x)))`.
pub(super) fn softmax(builder: &mut Builder, call: &Call<'_>, log: bool) -> Outcome<Vec<Value>> {
    let x = super::elementwise::real(builder, call)?;
    let rank = x.shape.len();
    // Before opset 13 all axes from the given one on were one group.
    let (first, behind) = if call.opset < 13 {
        let axis = match call.attributes.int("axis", 1)? {
            a if a == rank as i64 => rank,
            a => axis(a, rank)?,
        };
        (axis, rank)
    } else {
        let axis = axis(call.attributes.int("axis", -1)?, rank)?;
        (axis, axis + 1)
    };
    if let Some(output) = call.last {
        builder.notes.push(Note {
            output,
            node: builder.origin.clone(),
            function: if log { Stripped::LogSoftmax } else { Stripped::Softmax },
            shape: x.shape.clone(),
            axes: (first, behind),
        });
        return Ok(one(x));
    }
    let over: Vec<usize> = (first..behind).collect();
    let Reduction { kept, groups } = reduction(builder, &x.shape, &over)?;
    let size: usize = over.iter().map(|&k| x.shape[k]).product();
    if size <= PAIRS {
        return pairs(builder, &x, &groups, log);
    }
    // A shift changes nothing, and that by the mean is affine.
    let count = vec![size as f64; groups.len()];
    let mean = builder.sums(&x, groups.clone(), count, &kept)?;
    let mean = builder.expand_flow(&mean, &x.shape)?;
    let terms = vec![(x.node, false), (mean.node, true)];
    let centred = builder.flow(Op::Add { terms }, &x.shape, x.kind)?;
    let powers = builder.unary(&centred, Unary::Smooth(Function::Exp))?;
    let sums = builder.sums(&powers, groups, Vec::new(), &kept)?;
    if !log {
        return Ok(one(quotient(builder, &powers, &sums, &x.shape)?));
    }
    let logs = builder.unary(&sums, Unary::Smooth(Function::Log))?;
    let logs = builder.expand_flow(&logs, &x.shape)?;
    let terms = vec![(centred.node, false), (logs.node, true)];
    Ok(one(builder.flow(Op::Add { terms }, &x.shape, x.kind)?))
}

/// `1 / sum_j exp(x_j - x_i)` for each element: no number is far too large where the result is not
/// far too small, and every operand occurs once on the way to a sum.
fn pairs(builder: &mut Builder, x: &Flow, groups: &[Vec<u32>], log: bool) -> Outcome<Vec<Value>> {
    let size = groups.first().map_or(0, Vec::len);
    let n = x.len();
    let total = n.saturating_mul(size);
    builder.charge(total.saturating_mul(8))?;
    // Row by element of the tensor, in its order.
    let mut group = vec![0usize; n];
    for (k, members) in groups.iter().enumerate() {
        members.iter().for_each(|&e| group[e as usize] = k);
    }
    let mut columns = Vec::with_capacity(total.saturating_mul(2));
    for (e, &k) in group.iter().enumerate() {
        columns.extend(groups[k].iter().flat_map(|&j| [j, e as u32]));
    }
    let by = Sums {
        starts: (0..=total).map(|r| 2 * r as u32).collect(),
        coefficients: (0..columns.len()).map(|k| if k % 2 == 0 { 1.0 } else { -1.0 }).collect(),
        columns,
        bias: Vec::new(),
        divisors: Vec::new(),
    };
    let differences = builder.flow(Op::Sums { x: x.node, by }, &[n, size], x.kind)?;
    let powers = builder.unary(&differences, Unary::Smooth(Function::Exp))?;
    let rows = (0..n).map(|r| (r * size..(r + 1) * size).map(|e| e as u32).collect()).collect();
    let sums = builder.sums(&powers, rows, Vec::new(), &x.shape)?;
    if log {
        let logs = builder.unary(&sums, Unary::Smooth(Function::Log))?;
        return Ok(one(builder.negate(&logs)?));
    }
    let numerator = builder.flow(Op::Constant(vec![1.0; n]), &x.shape, x.kind)?;
    Ok(one(quotient(builder, &numerator, &sums, &x.shape)?))
}
