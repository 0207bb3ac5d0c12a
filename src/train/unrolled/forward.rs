//! The forward pass of a batch.

use super::data::Batch;
use super::wiring::Wiring;
use crate::network::graph::{NodeId, Unary};
use crate::network::{Layer, LayerShape, Layout};
use crate::question::Question;

/// The derivative of a ReLU: 0 at its kink, as in [`crate::train`].
const GATE: Unary = Unary::Step { below: 0.0, at: 0.0, above: 1.0 };

/// What enters a layer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Entering {
    /// The features as they are in the file.
    Fixed,
    /// Values `[units, samples]`.
    Values(NodeId),
}

/// Values of a forward pass.
#[derive(Debug)]
pub(super) struct Run {
    /// What enters each layer of the network, affine or not.
    pub entering: Vec<Entering>,
    /// Scores, `[outputs, samples]`.
    pub output: NodeId,
}

/// The scores of a batch, with what the backward pass needs.
pub(super) fn training(
    w: &mut Wiring,
    question: &Question,
    layout: &Layout,
    theta: NodeId,
    batch: &Batch,
) -> Run {
    let first = batch.features.map_or(Entering::Fixed, Entering::Values);
    run(w, question, layout, theta, (first, &batch.fixed, batch.len))
}

/// Scores of fixed points, `[1, points]`, for a network with one output; else the differences of any
/// two outputs, `[pairs, points]`.
pub(super) fn at_points(
    w: &mut Wiring,
    question: &Question,
    layout: &Layout,
    theta: NodeId,
    points: &[Vec<f64>],
) -> NodeId {
    let fixed: Vec<f64> = points.iter().flatten().copied().collect();
    let (outputs, n) = (question.network.outputs, points.len());
    let scores = run(w, question, layout, theta, (Entering::Fixed, &fixed, n)).output;
    if outputs == 1 {
        return scores;
    }
    let pairs: Vec<(usize, usize)> = pairs(outputs).collect();
    let shape = vec![pairs.len(), n];
    let mut side = |of: fn(&(usize, usize)) -> usize| {
        let places = pairs.iter().flat_map(|pair| (0..n).map(move |i| of(pair) * n + i));
        w.pick(scores, places, shape.clone(), "score")
    };
    let (first, second) = (side(|p| p.0), side(|p| p.1));
    w.add(&[(first, false), (second, true)])
}

/// Any two outputs, in the order of scores: `0 - 1`, `0 - 2`, ..., `1 - 2`, ...
pub fn pairs(outputs: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..outputs).flat_map(move |c| (c + 1..outputs).map(move |d| (c, d)))
}

fn run(
    w: &mut Wiring,
    question: &Question,
    layout: &Layout,
    theta: NodeId,
    (first, fixed, n): (Entering, &[f64], usize),
) -> Run {
    let mut x = first;
    let mut entering = Vec::with_capacity(question.network.layers.len());
    let mut shapes = layout.layers().iter();
    for layer in &question.network.layers {
        entering.push(x);
        x = match layer {
            Layer::Affine(_) => match shapes.next() {
                Some(s) => Entering::Values(affine(w, s, theta, (x, fixed, n))),
                None => x,
            },
            Layer::Relu { .. } => {
                let inner = values(w, x, fixed, n);
                Entering::Values(w.unary(inner, Unary::Relu, "relu"))
            }
        };
    }
    let output = values(w, x, fixed, n);
    Run { entering, output }
}

/// What enters a layer, `[units, samples]`.
pub(super) fn values(w: &mut Wiring, x: Entering, fixed: &[f64], n: usize) -> NodeId {
    match x {
        Entering::Values(x) => x,
        Entering::Fixed => {
            let units = fixed.len().checked_div(n).unwrap_or(0);
            let unit_first =
                (0..units).flat_map(|j| (0..n).map(move |i| fixed[i * units + j])).collect();
            w.push(crate::network::graph::Op::Constant(unit_first), vec![units, n], "features")
        }
    }
}

/// `W x + b`, `[rows, samples]`.
fn affine(
    w: &mut Wiring,
    s: &LayerShape,
    theta: NodeId,
    (x, fixed, n): (Entering, &[f64], usize),
) -> NodeId {
    let shape = vec![s.rows, n];
    let sum = match x {
        Entering::Fixed => {
            let weights = w.pick(
                theta,
                s.weight(0, 0)..s.weight(s.rows, 0),
                vec![s.rows, s.columns],
                "weight",
            );
            w.dense(weights, fixed.to_vec(), s.columns, n, "affine")
        }
        Entering::Values(x) => {
            let products = weighted(w, s, theta, (x, n), Side::Columns);
            let starts = (0..s.rows).flat_map(|k| (0..n).map(move |i| k * s.columns * n + i));
            w.sums(products, starts, (s.columns, n), shape.clone(), "affine")
        }
    };
    match s.bias(0) {
        None => sum,
        Some(first) => {
            let repeated = (0..s.rows).flat_map(|k| std::iter::repeat_n(first + k, n));
            let bias = w.pick(theta, repeated, shape, "bias");
            w.add(&[(sum, false), (bias, false)])
        }
    }
}

/// Which units of a layer meet its weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Those that enter.
    Columns,
    /// Those that leave.
    Rows,
}

/// Every weight times the unit that it meets, for every sample: `[rows, columns, samples]`.
pub(super) fn weighted(
    w: &mut Wiring,
    s: &LayerShape,
    theta: NodeId,
    (x, n): (NodeId, usize),
    side: Side,
) -> NodeId {
    let shape = vec![s.rows, s.columns, n];
    let pairs = || (0..s.rows).flat_map(|k| (0..s.columns).map(move |j| (k, j)));
    let weights = pairs().flat_map(|(k, j)| std::iter::repeat_n(s.weight(k, j), n));
    let units = pairs().flat_map(|(k, j)| {
        let unit = match side {
            Side::Columns => j,
            Side::Rows => k,
        };
        (0..n).map(move |i| unit * n + i)
    });
    let weights = w.pick(theta, weights, shape.clone(), "weight");
    let units = w.pick(x, units, shape, "units");
    w.product(weights, units, "weighted")
}

/// The derivative of a ReLU, times what comes from behind it.
pub(super) fn gated(w: &mut Wiring, before: NodeId, upstream: NodeId) -> NodeId {
    let gate = w.unary(before, GATE, "gate");
    w.product(gate, upstream, "gated")
}
