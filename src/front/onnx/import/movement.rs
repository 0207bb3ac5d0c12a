//! Operators that rename, reorder, join or repeat.

use super::builder::{Builder, Outcome, Pick};
use super::call::Call;
use super::problem::GraphProblem;
use super::shapes::{self, axes, axis, broadcast, dimensions, elements, strides, view};
use super::value::{Elements, Kind, Tensor, Value};

/// `Identity`.
pub(super) fn identity(call: &Call<'_>) -> Outcome<Vec<Value>> {
    Ok(vec![call.arg(0)?.clone()])
}

/// `Dropout` at inference, with a mask of truths.
pub(super) fn dropout(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    if let Some(flag) = call.constant(2, "training_mode")?
        && flag.elements != Elements::Bool(vec![false])
    {
        return Err(GraphProblem::Training.into());
    }
    let x = call.arg(0)?.clone();
    let mut results = vec![x];
    if call.wanted.get(1) == Some(&true) {
        let shape = results[0].shape().to_vec();
        let n = builder.charge_shape(&shape)?;
        let elements = Elements::Bool(vec![true; n]);
        results.push(Value::constant(Tensor::new(Kind::Bool, shape, elements)));
    }
    Ok(results)
}

/// `Reshape`.
pub(super) fn reshape(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let target = call.integers(1, "the shape")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let shape = shapes::reshape(x.shape(), &target, call.flag("allowzero", false)?)?;
    Ok(vec![builder.rename(x, &shape)?])
}

/// `Flatten`: dimensions before `axis` become one, the others another.
pub(super) fn flatten(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let axis = call.attributes.int("axis", 1)?;
    let rank = x.shape().len() as i64;
    let split = if axis < 0 { axis.saturating_add(rank) } else { axis };
    let parts = usize::try_from(split).ok().and_then(|s| x.shape().split_at_checked(s));
    let refuse = || GraphProblem::argument("the axis", axis, "does not exist");
    let (before, after) = parts.ok_or_else(refuse)?;
    let shape = [before.iter().product(), after.iter().product()];
    Ok(vec![builder.rename(x, &shape)?])
}

/// `Squeeze`.
pub(super) fn squeeze(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let shape = x.shape();
    let drop: Vec<usize> = match call.list("axes", 1)? {
        Some(list) => axes(&list, shape.len())?,
        None => (0..shape.len()).filter(|&k| shape[k] == 1).collect(),
    };
    if let Some(&k) = drop.iter().find(|&&k| shape[k] != 1) {
        let rule = "is not 1, so that it cannot be left out";
        return Err(GraphProblem::argument("a dimension", shape[k], rule).into());
    }
    let kept = (0..shape.len()).filter(|k| !drop.contains(k)).map(|k| shape[k]);
    let kept: Vec<usize> = kept.collect();
    Ok(vec![builder.rename(x, &kept)?])
}

/// `Unsqueeze`.
pub(super) fn unsqueeze(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let list = call.list("axes", 1)?.ok_or(GraphProblem::Missing { position: 2 })?;
    if list.len() > shapes::MAX_RANK {
        return Err(GraphProblem::argument("the number of axes", list.len(), "is above 64").into());
    }
    let rank = x.shape().len() + list.len();
    let new = axes(&list, rank)?;
    let mut old = x.shape().iter();
    let shape: Vec<usize> = (0..rank)
        .map(|k| if new.contains(&k) { 1 } else { old.next().copied().unwrap_or(1) })
        .collect();
    Ok(vec![builder.rename(x, &shape)?])
}

/// `Transpose`.
pub(super) fn transpose(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let rank = x.shape().len();
    let order = match call.attributes.ints("perm")? {
        None => (0..rank).rev().collect(),
        Some(list) if list.len() == rank => axes(list, rank)?,
        Some(list) => {
            let rule = "is no permutation of the axes";
            return Err(GraphProblem::argument("perm", list, rule).into());
        }
    };
    Ok(vec![permuted(builder, x, &order)?])
}

/// The axes in a new order.
pub(super) fn permuted(builder: &mut Builder, x: &Value, order: &[usize]) -> Outcome<Value> {
    let own = strides(x.shape());
    let shape: Vec<usize> = order.iter().map(|&k| x.shape()[k]).collect();
    let steps: Vec<i64> = order.iter().map(|&k| own[k]).collect();
    builder.view(x, &shape, &steps, 0)
}

/// `Expand`.
pub(super) fn expand(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let target = call.integers(1, "the shape")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let shape = broadcast(x.shape(), &dimensions(&target)?)?;
    Ok(vec![builder.expand(x, &shape)?])
}

/// `Tile`.
pub(super) fn tile(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let repeats = call.integers(1, "the repeats")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let repeats = dimensions(&repeats)?;
    if repeats.len() != x.shape().len() {
        let rule = "are not one number for each axis";
        return Err(GraphProblem::shapes(x.shape(), &repeats, rule).into());
    }
    // Every axis becomes two: the repetition, with stride 0, and the axis.
    let own = strides(x.shape());
    let mut split = Vec::new();
    let mut steps = Vec::new();
    for (k, &r) in repeats.iter().enumerate() {
        split.extend([r, x.shape()[k]]);
        steps.extend([0, own[k]]);
    }
    let shape: Vec<usize> =
        repeats.iter().zip(x.shape()).map(|(r, d)| r.saturating_mul(*d)).collect();
    let tiled = builder.view(x, &split, &steps, 0)?;
    Ok(vec![builder.rename(&tiled, &shape)?])
}

/// `Concat`.
pub(super) fn concat(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let mut parts: Vec<Value> = Vec::new();
    for position in 0..call.args.len() {
        parts.push(call.arg(position)?.clone());
    }
    let first = call.arg(0)?.shape().to_vec();
    let axis = axis(call.attributes.int("axis", 1)?, first.len())?;
    let mut length = 0usize;
    for part in &parts {
        let other = part.shape();
        let same = other.len() == first.len()
            && (0..first.len()).all(|k| k == axis || first[k] == other[k]);
        if !same {
            return Err(GraphProblem::shapes(&first, other, "differ beside the axis").into());
        }
        length = length.saturating_add(other[axis]);
    }
    let mut shape = first;
    shape[axis] = length;
    let n = builder.charge_shape(&shape)?;
    builder.charge(n)?;
    if n == 0 {
        return Ok(vec![builder.gather(&parts, &[], &shape)?]);
    }
    let outer: usize = shape[..axis].iter().product();
    let inner: usize = shape[axis + 1..].iter().product();
    let mut picks: Vec<Pick> = Vec::with_capacity(n);
    for o in 0..outer {
        for (operand, part) in parts.iter().enumerate() {
            let run = part.shape()[axis] * inner;
            let from = o * run;
            picks.extend((from..from + run).map(|e| (operand as u32, e as u32)));
        }
    }
    Ok(vec![builder.gather(&parts, &picks, &shape)?])
}

/// `Split`.
pub(super) fn split(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let axis = axis(call.attributes.int("axis", 0)?, x.shape().len())?;
    let size = x.shape()[axis];
    let lengths = match call.list("split", 1)? {
        Some(list) => dimensions(&list)?,
        None => equal_parts(call, size)?,
    };
    if lengths.len() != call.outputs || lengths.iter().sum::<usize>() != size {
        let rule = "does not add up to the dimension, or has not one part for each output";
        return Err(GraphProblem::argument("the list of parts", &lengths, rule).into());
    }
    let own = strides(x.shape());
    let mut start = 0i64;
    let mut results = Vec::new();
    for (position, length) in lengths.into_iter().enumerate() {
        let mut shape = x.shape().to_vec();
        shape[axis] = length;
        // A part that nothing reads may be empty.
        results.push(if call.wanted.get(position) == Some(&true) {
            builder.view(x, &shape, &own, start * own[axis])?
        } else {
            x.clone()
        });
        start += length as i64;
    }
    Ok(results)
}

/// Parts of one size; the last may be smaller where the number of parts is an attribute.
fn equal_parts(call: &Call<'_>, size: usize) -> Outcome<Vec<usize>> {
    let count = call.outputs;
    let stated = call.attributes.int("num_outputs", count as i64)?;
    let each = size.div_ceil(count.max(1));
    let even = size.is_multiple_of(count.max(1)) || call.opset >= 18;
    if usize::try_from(stated) != Ok(count) || !even || each.saturating_mul(count - 1) > size {
        let rule = "cannot be split into as many parts as there are outputs";
        return Err(GraphProblem::argument("the dimension", size, rule).into());
    }
    Ok((0..count).map(|k| if k + 1 < count { each } else { size - each * k }).collect())
}

/// `DepthToSpace` and `SpaceToDepth`: six axes in another order.
pub(super) fn blocks(
    builder: &mut Builder,
    call: &Call<'_>,
    to_space: bool,
) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let block = usize::try_from(call.attributes.int("blocksize", 0)?).unwrap_or(0);
    let &[n, c, h, w] = x.shape() else {
        return Err(GraphProblem::shape(x.shape(), "has not four dimensions").into());
    };
    let refuse = || GraphProblem::shape(x.shape(), "is not divided by the block size");
    let area = block.checked_mul(block).filter(|&a| a > 0 && x.len() > 0).ok_or_else(refuse)?;
    let divided = if to_space {
        c.is_multiple_of(area)
    } else {
        h.is_multiple_of(block) && w.is_multiple_of(block)
    };
    if !divided {
        return Err(refuse().into());
    }
    let (six, order, shape) = if to_space {
        let shape = vec![n, c / area, h * block, w * block];
        match call.attributes.text("mode", "DCR")? {
            "DCR" => ([n, block, block, c / area, h, w], [0, 3, 4, 1, 5, 2], shape),
            "CRD" => ([n, c / area, block, block, h, w], [0, 1, 4, 2, 5, 3], shape),
            other => {
                let instead = "use DCR or CRD";
                return Err(GraphProblem::unsupported(format!("mode {other:?}"), instead).into());
            }
        }
    } else {
        let six = [n, c, h / block, block, w / block, block];
        (six, [0, 3, 5, 1, 2, 4], vec![n, c * area, h / block, w / block])
    };
    let six = builder.rename(x, &six)?;
    let moved = permuted(builder, &six, &order)?;
    Ok(vec![builder.rename(&moved, &shape)?])
}

/// `CumSum` along a constant axis: for constants and variables, as sums.
pub(super) fn cumulative(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = builder.materialize(call.number(0, "the operand")?)?;
    let list = call.integers(1, "the axis")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let [number] = list[..] else {
        return Err(GraphProblem::argument("the axis", &list, "is not one number").into());
    };
    let axis = axis(number, x.shape.len())?;
    let (exclusive, reverse) = (call.flag("exclusive", false)?, call.flag("reverse", false)?);
    let size = x.shape[axis];
    let n = elements(&x.shape).unwrap_or(0);
    builder.charge(n.saturating_mul(size).saturating_mul(3))?;
    let step = strides(&x.shape)[axis];
    let lists = view(&x.shape, &strides(&x.shape), 0)
        .into_iter()
        .map(|e| {
            let at = (i64::from(e) / step) % size as i64;
            let (from, to) = if reverse { (at, size as i64 - 1) } else { (0, at) };
            (from..=to)
                .filter(|&k| !exclusive || k != at)
                .map(|k| (i64::from(e) + (k - at) * step) as u32)
                .collect()
        })
        .collect();
    Ok(vec![Value::Flow(builder.sums(&x, lists, Vec::new(), &x.shape)?)])
}
