//! `Gemm` and `MatMul`.

use super::arithmetic::{mul, plus};
use super::builder::{Builder, Outcome, finite};
use super::call::{Call, kind_problem, same_kind};
use super::movement::permuted;
use super::problem::GraphProblem;
use super::shapes::{broadcast, broadcast_strides, strides, view};
use super::trainable::Use;
use super::value::{Elements, Flow, Tensor, Value};
use crate::front::onnx::exact;
use crate::network::graph::{Dense, Op, Sums};

const INNER: &str = "do not fit for a matrix product";

/// `alpha A' B' + beta C`, `'` being an optional transpose.
pub(super) fn gemm(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let (mut a, mut b) = (call.number(0, "A")?.clone(), call.number(1, "B")?.clone());
    same_kind(&a, &b)?;
    for (value, name) in [(&mut a, "transA"), (&mut b, "transB")] {
        if value.shape().len() != 2 {
            return Err(GraphProblem::shape(value.shape(), "is no matrix").into());
        }
        if call.attributes.int(name, 0)? != 0 {
            *value = permuted(builder, value, &[1, 0])?;
        }
    }
    let (alpha, beta) = (call.float("alpha", 1.0)?, call.float("beta", 1.0)?);
    // A factor goes into a constant matrix where that is exact.
    let mut outside = alpha;
    for value in [&mut b, &mut a] {
        if outside != 1.0
            && let Value::Constant(t) = value
            && let Some(scaled) = scaled(builder, t, outside)?
        {
            *value = Value::constant(scaled);
            outside = 1.0;
        }
    }
    let mut y = product(builder, &a, &b)?;
    if outside != 1.0 {
        let x = builder.materialize(&y)?;
        y = Value::Flow(builder.scale(&x, outside, 1.0, 0.0)?);
    }
    if let Some(c) = call.optional(2).filter(|_| beta != 0.0) {
        same_kind(&a, c)?;
        let c = match c {
            Value::Constant(t) if beta != 1.0 => scaled(builder, t, beta)?.map(Value::constant),
            other => Some(other.clone()).filter(|_| beta == 1.0),
        };
        let c = match c {
            Some(c) => c,
            None => {
                let flow = builder.materialize(call.arg(2)?)?;
                Value::Flow(builder.scale(&flow, beta, 1.0, 0.0)?)
            }
        };
        let shape = y.shape().to_vec();
        y = plus(builder, &y, &c, false)?;
        if y.shape() != shape {
            let rule = "do not fit; C must broadcast to the product";
            return Err(GraphProblem::shapes(&shape, c.shape(), rule).into());
        }
    }
    Ok(vec![y])
}

/// The constant times a factor, if that is exact.
fn scaled(builder: &mut Builder, t: &Tensor, factor: f64) -> Outcome<Option<Tensor>> {
    let Elements::Real(list) = &t.elements else { return Ok(None) };
    builder.charge(list.len())?;
    let scaled: Option<Vec<f64>> = list.iter().map(|&v| exact::product(factor, v)).collect();
    let tensor = |list| Tensor::new(t.kind, t.shape.clone(), Elements::Real(list));
    Ok(scaled.map(tensor))
}

/// `MatMul` with NumPy's rules for vectors and batches.
pub(super) fn matmul(builder: &mut Builder, call: &Call<'_>) -> Outcome<Vec<Value>> {
    let (a, b) = (call.number(0, "A")?, call.number(1, "B")?);
    same_kind(a, b)?;
    let (left, right) = (a.shape().to_vec(), b.shape().to_vec());
    if left.is_empty() || right.is_empty() {
        return Err(GraphProblem::shapes(&left, &right, INNER).into());
    }
    let widened = match left.len() {
        1 => builder.rename(a, &[1, left[0]])?,
        _ => a.clone(),
    };
    let other = match right.len() {
        1 => builder.rename(b, &[right[0], 1])?,
        _ => b.clone(),
    };
    let y = product(builder, &widened, &other)?;
    let mut shape = y.shape().to_vec();
    if right.len() == 1 {
        shape.pop();
    }
    if left.len() == 1 {
        let row = shape.len() - if right.len() == 1 { 1 } else { 2 };
        shape.remove(row);
    }
    Ok(vec![builder.rename(&y, &shape)?])
}

/// The product of two values of rank 2 or more.
fn product(builder: &mut Builder, a: &Value, b: &Value) -> Outcome<Value> {
    let (sa, sb) = (a.shape().to_vec(), b.shape().to_vec());
    let (m, k) = (sa[sa.len() - 2], sa[sa.len() - 1]);
    let (inner, n) = (sb[sb.len() - 2], sb[sb.len() - 1]);
    if k != inner || k == 0 {
        return Err(GraphProblem::shapes(&sa, &sb, INNER).into());
    }
    let batch = broadcast(&sa[..sa.len() - 2], &sb[..sb.len() - 2])?;
    let single = |s: &[usize]| s[..s.len() - 2].iter().all(|&d| d == 1);
    match (a, b) {
        (Value::Constant(_), Value::Constant(_)) => {
            let x = builder.materialize(a)?;
            product(builder, &Value::Flow(x), b)
        }
        (Value::Flow(x), Value::Constant(w)) if single(&sb) => {
            let weight = permuted(builder, &Value::Constant(w.clone()), &swapped(sb.len()))?;
            let mut shape = batch;
            shape.extend([m, n]);
            dense(builder, x, &weight, (k, n), &shape)
        }
        (Value::Constant(w), Value::Flow(x)) if single(&sa) => {
            // The transpose of the product: columns become rows.
            let turned = permuted(builder, &Value::Flow(x.clone()), &swapped(sb.len()))?;
            let turned = builder.materialize(&turned)?;
            let mut shape = batch;
            shape.extend([n, m]);
            let y = dense(builder, &turned, &Value::Constant(w.clone()), (k, m), &shape)?;
            permuted(builder, &y, &swapped(shape.len()))
        }
        (Value::Flow(x), Value::Constant(w)) => {
            sums(builder, x, w, &batch, (m, k, n), true).map(Value::Flow)
        }
        (Value::Constant(w), Value::Flow(x)) => {
            sums(builder, x, w, &batch, (m, k, n), false).map(Value::Flow)
        }
        _ => bilinear(builder, a, b, &batch, (m, k, n)),
    }
}

/// Axes with the last two exchanged.
fn swapped(rank: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rank).collect();
    order.swap(rank - 1, rank - 2);
    order
}

/// Rows of `x` times the transpose of `weight`, `[outputs, inputs]` with any ones before.
fn dense(
    builder: &mut Builder,
    x: &Flow,
    weight: &Value,
    (inputs, outputs): (usize, usize),
    shape: &[usize],
) -> Outcome<Value> {
    let Value::Constant(t) = weight else {
        return Err(GraphProblem::NotConstant { what: "the matrix" }.into());
    };
    let list = t.doubles().ok_or(GraphProblem::Rounds)?;
    finite(&list)?;
    builder.charge(list.len())?;
    let by = Dense { weight: list, bias: Vec::new(), inputs, outputs };
    let y = builder.flow(Op::Dense { x: x.node, by }, shape, x.kind)?;
    builder.uses(y.node, t.stored.clone().map(Use::Weight));
    Ok(Value::Flow(y))
}

/// A product with a constant that has a matrix of its own for each batch: sparse sums.
fn sums(
    builder: &mut Builder,
    x: &Flow,
    w: &Tensor,
    batch: &[usize],
    (m, k, n): (usize, usize, usize),
    right: bool,
) -> Outcome<Flow> {
    let list = w.reals().ok_or_else(|| kind_problem("the matrix", w.kind, "float or double"))?;
    finite(list)?;
    let mut shape = batch.to_vec();
    shape.extend([m, n]);
    let total = builder.charge_shape(&shape)?.saturating_mul(k);
    builder.charge(total.saturating_mul(6))?;
    let (left, other) = if right { (&x.shape, &w.shape) } else { (&w.shape, &x.shape) };
    let (of_left, of_right) = views(left, other, batch, (m, k, n));
    let (columns, weights) = if right { (of_left, of_right) } else { (of_right, of_left) };
    let by = Sums {
        starts: (0..=total / k).map(|r| (r * k) as u32).collect(),
        columns,
        coefficients: weights.into_iter().map(|e| list[e as usize]).collect(),
        bias: Vec::new(),
        divisors: Vec::new(),
    };
    builder.flow(Op::Sums { x: x.node, by }, &shape, x.kind)
}

/// Elements of both operands over `[batch, m, n, k]`.
fn views(
    left: &[usize],
    right: &[usize],
    batch: &[usize],
    (m, k, n): (usize, usize, usize),
) -> (Vec<u32>, Vec<u32>) {
    let mut all = batch.to_vec();
    all.extend([m, n, k]);
    let steps = |shape: &[usize], order: [Option<usize>; 3]| {
        let lead = shape.len() - 2;
        let own = strides(shape);
        let mut steps = broadcast_strides(&shape[..lead], batch);
        // Strides of the batch axes count whole matrices.
        let matrix = own[lead].saturating_mul(shape[lead] as i64);
        steps.iter_mut().for_each(|s| *s = s.saturating_mul(matrix));
        steps.extend(order.map(|axis| axis.map_or(0, |a| own[lead + a])));
        view(&all, &steps, 0)
    };
    (steps(left, [Some(0), None, Some(1)]), steps(right, [None, Some(1), Some(0)]))
}

/// A product of two values that both depend on the input.
fn bilinear(
    builder: &mut Builder,
    a: &Value,
    b: &Value,
    batch: &[usize],
    sizes: (usize, usize, usize),
) -> Outcome<Value> {
    let (m, k, n) = sizes;
    let mut shape = batch.to_vec();
    shape.extend([m, n]);
    let total = builder.charge_shape(&shape)?.saturating_mul(k);
    builder.charge(total.saturating_mul(8))?;
    let (of_a, of_b) = views(a.shape(), b.shape(), batch, sizes);
    let mut all = shape.clone();
    all.push(k);
    let picks = |list: Vec<u32>| list.into_iter().map(|e| (0, e)).collect::<Vec<_>>();
    let left = builder.gather(std::slice::from_ref(a), &picks(of_a), &all)?;
    let right = builder.gather(std::slice::from_ref(b), &picks(of_b), &all)?;
    let products = mul(builder, &left, &right)?;
    let products = builder.materialize(&products)?;
    let lists = (0..total / k).map(|r| (r * k..(r + 1) * k).map(|e| e as u32).collect()).collect();
    Ok(Value::Flow(builder.sums(&products, lists, Vec::new(), &shape)?))
}
