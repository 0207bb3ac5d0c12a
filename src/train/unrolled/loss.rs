//! The derivative of the loss by the scores, times the presence of each sample.

use super::Unsaid;
use super::data::{Batch, BatchLabels};
use super::forward::Run;
use super::wiring::Wiring;
use crate::network::graph::{Function, NodeId, Op, Unary};
use crate::question::{Loss, Target};

/// 1 above zero and 0 elsewhere.
const ABOVE: Unary = Unary::Step { below: 0.0, at: 0.0, above: 1.0 };
/// The sign, 0 at 0.
const SIGN: Unary = Unary::Step { below: -1.0, at: 0.0, above: 1.0 };

/// `[outputs, samples]`.
pub(super) fn gradient(
    w: &mut Wiring,
    loss: Loss,
    run: &Run,
    batch: &Batch,
) -> Result<NodeId, Unsaid> {
    let f = run.output;
    let q = match loss {
        Loss::Hinge => by_margin(w, f, batch, |w, m| {
            let below = w.affine(m, &[-1.0], 1.0, &[1.0]);
            w.unary(below, ABOVE, "loss switch")
        })?,
        Loss::Perceptron => by_margin(w, f, batch, |w, m| {
            let below = w.scale(m, -1.0, 1.0);
            w.unary(below, ABOVE, "loss switch")
        })?,
        Loss::Logistic => by_margin(w, f, batch, |w, m| {
            let below = w.scale(m, -1.0, 1.0);
            w.unary(below, Unary::Smooth(Function::Sigmoid), "logistic")
        })?,
        Loss::Margin => margin(w, f, batch)?,
        Loss::Squared => residual(w, f, batch, 2.0, |_, r| r)?,
        Loss::Absolute => residual(w, f, batch, 1.0, |w, r| w.unary(r, SIGN, "loss switch"))?,
        Loss::Huber { delta } => residual(w, f, batch, 1.0, |w, r| {
            w.unary(r, Unary::Clip { lo: -delta, hi: delta }, "loss switch")
        })?,
        Loss::CrossEntropy => return Err(Unsaid::CrossEntropy),
    };
    Ok(match batch.presence {
        None => q,
        Some(present) => {
            let width = w.len(q).checked_div(batch.len).unwrap_or(0);
            let repeated = (0..width).flat_map(|_| 0..batch.len);
            let present = w.pick(present, repeated, vec![width, batch.len], "presence");
            w.product(present, q, "present")
        }
    })
}

/// `-y active(y f)` for signs `y`.
fn by_margin(
    w: &mut Wiring,
    f: NodeId,
    batch: &Batch,
    active: impl FnOnce(&mut Wiring, NodeId) -> NodeId,
) -> Result<NodeId, Unsaid> {
    match &batch.labels {
        BatchLabels::Fixed(targets) => {
            let sign = |t: &Target| match t {
                Target::Sign(y) => Ok(*y),
                Target::Class(_) | Target::Real(_) => Err(Unsaid::Labels),
            };
            let signs: Vec<f64> = targets.iter().map(sign).collect::<Result<_, _>>()?;
            let m = w.affine(f, &signs, 1.0, &[]);
            let z = active(w, m);
            let minus: Vec<f64> = signs.iter().map(|y| -y).collect();
            Ok(w.affine(z, &minus, 1.0, &[]))
        }
        BatchLabels::Free(y) => {
            let m = w.product(*y, f, "margin");
            let z = active(w, m);
            let q = w.product(*y, z, "loss");
            Ok(w.scale(q, -1.0, 1.0))
        }
        BatchLabels::Indicators(_) => Err(Unsaid::Labels),
    }
}

/// The multi-class margin: for the label `l` and every other class `c`, 1 where `f_l - f_c < 1`.
fn margin(w: &mut Wiring, f: NodeId, batch: &Batch) -> Result<NodeId, Unsaid> {
    let n = batch.len;
    let classes = w.len(f).checked_div(n).unwrap_or(0);
    match &batch.labels {
        BatchLabels::Fixed(targets) => {
            let class = |t: &Target| match t {
                Target::Class(c) if *c < classes => Ok(*c),
                Target::Class(_) | Target::Sign(_) | Target::Real(_) => Err(Unsaid::Labels),
            };
            let labels: Vec<usize> = targets.iter().map(class).collect::<Result<_, _>>()?;
            // Of the label itself the switch would be of 1; it is left out of the sum below.
            let own = labels.iter().enumerate().map(|(i, l)| l * n + i);
            let own: Vec<usize> = own.collect();
            let repeated = (0..classes).flat_map(|_| own.iter().copied());
            let own = w.pick(f, repeated, vec![classes, n], "own score");
            let d = w.add(&[(f, false), (own, true)]);
            let d = w.affine(d, &[1.0], 1.0, &[1.0]);
            let z = w.unary(d, ABOVE, "loss switch");
            let wrong: Vec<f64> = (0..classes)
                .flat_map(|c| labels.iter().map(move |l| if *l == c { 0.0 } else { 1.0 }))
                .collect();
            let z = w.affine(z, &wrong, 1.0, &[]);
            let total = w.sums(z, 0..n, (classes, n), vec![n], "loss");
            let repeated = (0..classes).flat_map(|_| 0..n);
            let total = w.pick(total, repeated, vec![classes, n], "loss");
            let right: Vec<f64> = wrong.iter().map(|v| 1.0 - v).collect();
            let total = w.affine(total, &right, 1.0, &[]);
            Ok(w.add(&[(z, false), (total, true)]))
        }
        BatchLabels::Indicators(labels) => {
            // For each label l that is possible: its indicator times the switches that it would have.
            let mut terms = Vec::new();
            for l in 0..classes {
                let row = |k: usize| (0..n).map(move |i| k * n + i);
                let own =
                    w.pick(f, (0..classes).flat_map(|_| row(l)), vec![classes, n], "own score");
                let d = w.add(&[(f, false), (own, true)]);
                let d = w.affine(d, &[1.0], 1.0, &[1.0]);
                let z = w.unary(d, ABOVE, "loss switch");
                let is =
                    w.pick(*labels, (0..classes).flat_map(|_| row(l)), vec![classes, n], "label");
                let z = w.product(is, z, "loss");
                let wrong: Vec<f64> = (0..classes)
                    .flat_map(|c| std::iter::repeat_n(if c == l { 0.0 } else { 1.0 }, n))
                    .collect();
                let z = w.affine(z, &wrong, 1.0, &[]);
                let total = w.sums(z, 0..n, (classes, n), vec![n], "loss");
                let total = w.place(&[(total, l * n)], classes * n, "loss");
                terms.extend([(z, false), (total, true)]);
            }
            Ok(w.add(&terms))
        }
        BatchLabels::Free(_) => Err(Unsaid::Labels),
    }
}

/// `factor part(f - y)` over the number of outputs.
fn residual(
    w: &mut Wiring,
    f: NodeId,
    batch: &Batch,
    factor: f64,
    part: impl FnOnce(&mut Wiring, NodeId) -> NodeId,
) -> Result<NodeId, Unsaid> {
    let n = batch.len;
    let outputs = w.len(f).checked_div(n).unwrap_or(0);
    let y = match &batch.labels {
        BatchLabels::Free(y) => *y,
        BatchLabels::Indicators(_) => return Err(Unsaid::Labels),
        BatchLabels::Fixed(targets) => {
            let mut all = vec![0.0; outputs * n];
            for (i, target) in targets.iter().enumerate() {
                let own = match target {
                    Target::Sign(y) => std::slice::from_ref(y),
                    Target::Real(y) => y.as_slice(),
                    Target::Class(_) => return Err(Unsaid::Labels),
                };
                if own.len() != outputs {
                    return Err(Unsaid::Labels);
                }
                for (k, v) in own.iter().enumerate() {
                    all[k * n + i] = *v;
                }
            }
            w.push(Op::Constant(all), vec![outputs, n], "targets")
        }
    };
    let r = w.add(&[(f, false), (y, true)]);
    let q = part(w, r);
    Ok(w.scale(q, factor, outputs.max(1) as f64))
}
