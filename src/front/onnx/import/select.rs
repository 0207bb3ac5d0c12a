//! Operators that take parts: slices, gathered elements, triangles.

use super::builder::{Builder, Outcome, Pick};
use super::call::Call;
use super::problem::GraphProblem;
use super::shapes::{axes, axis, elements, strides, view};
use super::value::{Elements, Value};

/// `Slice`.
pub(super) fn slice(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let rank = x.shape().len();
    let missing = |position| GraphProblem::Missing { position };
    let starts = call.list("starts", 1)?.ok_or(missing(2))?;
    let ends = call.list("ends", 2)?.ok_or(missing(3))?;
    let along = match call.list("axes", 3)? {
        Some(list) => axes(&list, rank)?,
        None => (0..starts.len()).collect(),
    };
    let steps = call.integers(4, "the steps")?.unwrap_or_else(|| vec![1; starts.len()]);
    let counts = [starts.len(), ends.len(), along.len(), steps.len()];
    if counts.iter().any(|&c| c != starts.len()) || starts.len() > rank {
        let rule = "is not one start, end, axis and step for each sliced axis";
        return Err(GraphProblem::argument("the list of counts", counts, rule).into());
    }
    let mut shape = x.shape().to_vec();
    let mut step = strides(x.shape());
    let mut offset = 0i64;
    for (k, &axis) in along.iter().enumerate() {
        let (first, count) = range(starts[k], ends[k], steps[k], shape[axis])?;
        offset += first * step[axis];
        // With one element or none the stride is not used, however large.
        step[axis] = if count > 1 { step[axis] * steps[k] } else { 0 };
        shape[axis] = count;
    }
    Ok(vec![builder.view(x, &shape, &step, offset)?])
}

/// First index and number of elements of a slice, as NumPy clamps them.
fn range(start: i64, end: i64, step: i64, size: usize) -> Outcome<(i64, usize)> {
    let size = size as i64;
    let from_end = |v: i64| if v < 0 { v.saturating_add(size) } else { v };
    let (start, end) = (from_end(start), from_end(end));
    let (first, span) = match step {
        1.. => {
            let (first, end) = (start.clamp(0, size), end.clamp(0, size));
            (first, end - first)
        }
        0 => return Err(GraphProblem::argument("the step", step, "never ends").into()),
        _ => {
            let (first, end) = (start.clamp(0, size - 1), end.clamp(-1, size - 1));
            (first, first - end)
        }
    };
    let step = step.unsigned_abs();
    let count = (span.max(0) as u64).div_ceil(step) as usize;
    Ok((if count == 0 { 0 } else { first }, count))
}

/// `Gather`: whole slices along one axis.
pub(super) fn gather(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let axis = axis(call.attributes.int("axis", 0)?, x.shape().len())?;
    let tensor = call.constant(1, "the index")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let list = call.integers(1, "the index")?.unwrap_or_default();
    let size = x.shape()[axis];
    let index = list.iter().map(|&i| position(i, size)).collect::<Outcome<Vec<usize>>>()?;
    let (before, after) = (&x.shape()[..axis], &x.shape()[axis + 1..]);
    let shape: Vec<usize> = before.iter().chain(&tensor.shape).chain(after).copied().collect();
    let n = builder.charge_shape(&shape)?;
    builder.charge(n)?;
    if n == 0 {
        return Ok(vec![builder.gather(std::slice::from_ref(x), &[], &shape)?]);
    }
    let inner: usize = after.iter().product();
    let mut picks: Vec<Pick> = Vec::with_capacity(n);
    for o in 0..before.iter().product() {
        for &i in &index {
            let from = (o * size + i) * inner;
            picks.extend((from..from + inner).map(|e| (0, e as u32)));
        }
    }
    Ok(vec![builder.gather(std::slice::from_ref(x), &picks, &shape)?])
}

/// `GatherElements`: single elements, whose index along one axis is given.
pub(super) fn gather_elements(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let rank = x.shape().len();
    let axis = axis(call.attributes.int("axis", 0)?, rank)?;
    let tensor = call.constant(1, "the index")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let list = call.integers(1, "the index")?.unwrap_or_default();
    let shape = &tensor.shape;
    if shape.len() != rank || (0..rank).any(|k| k != axis && shape[k] > x.shape()[k]) {
        let rule = "do not fit; the index must lie within the operand";
        return Err(GraphProblem::shapes(x.shape(), shape, rule).into());
    }
    builder.charge(list.len().saturating_mul(2))?;
    let mut steps = strides(x.shape());
    let step = std::mem::take(&mut steps[axis]);
    let base = view(shape, &steps, 0);
    let mut picks: Vec<Pick> = Vec::with_capacity(list.len());
    for (&i, b) in list.iter().zip(base) {
        let i = position(i, x.shape()[axis])?;
        picks.push((0, b + (i as i64 * step) as u32));
    }
    Ok(vec![builder.gather(std::slice::from_ref(x), &picks, shape)?])
}

/// `GatherND`: slices at index tuples.
pub(super) fn gather_nd(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let tensor = call.constant(1, "the index")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let list = call.integers(1, "the index")?.unwrap_or_default();
    let batch = usize::try_from(call.attributes.int("batch_dims", 0)?).unwrap_or(usize::MAX);
    let refuse = || GraphProblem::shapes(x.shape(), &tensor.shape, "do not fit");
    let (&width, lead) = tensor.shape.split_last().ok_or_else(refuse)?;
    let behind = batch.checked_add(width).filter(|&b| b <= x.shape().len()).ok_or_else(refuse)?;
    if lead.len() < batch || lead[..batch] != x.shape()[..batch] || width == 0 {
        return Err(refuse().into());
    }
    let shape: Vec<usize> = lead.iter().chain(&x.shape()[behind..]).copied().collect();
    let n = builder.charge_shape(&shape)?;
    builder.charge(n)?;
    let steps = strides(x.shape());
    let inner: usize = x.shape()[behind..].iter().product();
    let batches = elements(&lead[..batch]).unwrap_or(0).max(1);
    let tuples = elements(lead).unwrap_or(0);
    let whole: usize = x.shape()[batch..].iter().product();
    let mut picks: Vec<Pick> = Vec::with_capacity(n);
    for (t, tuple) in list.chunks_exact(width).enumerate() {
        let mut from = t / (tuples / batches).max(1) * whole;
        for (k, &i) in tuple.iter().enumerate() {
            let i = position(i, x.shape()[batch + k])?;
            from += i * steps[batch + k] as usize;
        }
        picks.extend((from..from + inner).map(|e| (0, e as u32)));
    }
    Ok(vec![builder.gather(std::slice::from_ref(x), &picks, &shape)?])
}

/// `Compress`: slices, or elements of the flat list, where a truth is set.
pub(super) fn compress(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let mask = call.constant(1, "the condition")?.ok_or(GraphProblem::Missing { position: 2 })?;
    let Elements::Bool(mask) = &mask.elements else {
        return Err(super::call::kind_problem("the condition", mask.kind, "bool"));
    };
    let flat = call.attributes.all().is_empty();
    let (shape, axis) = if flat {
        (vec![x.len()], 0)
    } else {
        (x.shape().to_vec(), axis(call.attributes.int("axis", 0)?, x.shape().len())?)
    };
    let index: Vec<usize> = (0..mask.len().min(shape[axis])).filter(|&k| mask[k]).collect();
    let inner: usize = shape[axis + 1..].iter().product();
    let outer: usize = shape[..axis].iter().product();
    let mut result = shape.clone();
    result[axis] = index.len();
    let n = builder.charge_shape(&result)?;
    builder.charge(n)?;
    let mut picks: Vec<Pick> = Vec::with_capacity(n);
    for o in 0..if n == 0 { 0 } else { outer } {
        for &i in &index {
            let from = (o * shape[axis] + i) * inner;
            picks.extend((from..from + inner).map(|e| (0, e as u32)));
        }
    }
    Ok(vec![builder.gather(std::slice::from_ref(x), &picks, &result)?])
}

/// `Trilu`: the upper or lower triangle, zero elsewhere.
pub(super) fn triangle(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let x = call.arg(0)?;
    let diagonal = match call.integers(1, "the diagonal")?.as_deref() {
        None => 0,
        Some([k]) => *k,
        Some(other) => {
            return Err(GraphProblem::argument("the diagonal", other, "is not one number").into());
        }
    };
    let [.., rows, columns] = *x.shape() else {
        return Err(GraphProblem::shape(x.shape(), "has no rows and columns").into());
    };
    let upper = call.flag("upper", true)?;
    let zero = super::pad::zero(x.kind());
    let n = builder.charge_shape(x.shape())?;
    builder.charge(n)?;
    let mut picks: Vec<Pick> = Vec::with_capacity(n);
    for e in 0..n {
        let (row, column) = ((e / columns % rows) as i64, (e % columns) as i64);
        let from_diagonal = (column - row).saturating_sub(diagonal);
        let keep = if upper { from_diagonal >= 0 } else { from_diagonal <= 0 };
        picks.push(if keep { (0, e as u32) } else { (1, 0) });
    }
    Ok(vec![builder.gather(&[x.clone(), zero], &picks, x.shape())?])
}

/// An index counted from the end if it is negative.
fn position(index: i64, size: usize) -> Outcome<usize> {
    let from_start = if index < 0 { index.saturating_add(size as i64) } else { index };
    match usize::try_from(from_start) {
        Ok(found) if found < size => Ok(found),
        Ok(_) | Err(_) => Err(GraphProblem::Index { index, size }.into()),
    }
}
