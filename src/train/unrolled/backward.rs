//! The backward pass: the sum of the samples' gradients by every parameter.

use super::data::Batch;
use super::forward::{Entering, Run, Side, gated, values, weighted};
use super::wiring::Wiring;
use crate::network::graph::{NodeId, Unary};
use crate::network::{Layer, LayerShape, Layout};
use crate::question::Question;

/// The sum over the batch, flat; each sample's gradient is clipped first where training says so.
/// `upstream` is the derivative of the loss by the scores, `[outputs, samples]`.
pub(super) fn gradient(
    w: &mut Wiring,
    question: &Question,
    layout: &Layout,
    theta: NodeId,
    (batch, run): (&Batch, &Run),
    mut upstream: NodeId,
) -> NodeId {
    let clip = question.training.clip;
    let n = batch.len;
    let mut parts = Vec::new();
    let mut affine = layout.layers().len();
    for (layer, entering) in question.network.layers.iter().zip(&run.entering).rev() {
        match layer {
            Layer::Affine(_) => {
                affine -= 1;
                let s = &layout.layers()[affine];
                let x = (*entering, batch);
                parts.push((weights(w, s, x, upstream, clip), s.offset));
                if let Some(first) = s.bias(0) {
                    let own = clipped(w, upstream, clip);
                    let rows = (0..s.rows).map(|k| k * n);
                    parts.push((w.sums(own, rows, (n, 1), vec![s.rows], "gradient"), first));
                }
                if affine > 0 {
                    let products = weighted(w, s, theta, (upstream, n), Side::Rows);
                    let starts = (0..s.columns).flat_map(|j| (0..n).map(move |i| j * n + i));
                    let shape = vec![s.columns, n];
                    upstream = w.sums(products, starts, (s.rows, s.columns * n), shape, "back");
                }
            }
            // Nothing is trained before the first affine layer.
            Layer::Relu { .. } if affine == 0 => {}
            Layer::Relu { .. } => {
                let before = values(w, *entering, &batch.fixed, n);
                upstream = gated(w, before, upstream);
            }
        }
    }
    w.place(&parts, layout.len(), "gradient")
}

/// The sum of the gradients by the weights of a layer, row by row.
fn weights(
    w: &mut Wiring,
    s: &LayerShape,
    (entering, batch): (Entering, &Batch),
    upstream: NodeId,
    clip: Option<f64>,
) -> NodeId {
    let n = batch.len;
    let of_sums = |w: &mut Wiring, products: NodeId| {
        let starts = (0..s.rows * s.columns).map(|kj| kj * n);
        w.sums(products, starts, (n, 1), vec![s.rows, s.columns], "gradient")
    };
    match (entering, clip) {
        (Entering::Fixed, None) => {
            // A row of the result is a row of what comes from behind times the features.
            let transposed = (0..s.columns)
                .flat_map(|j| (0..n).map(move |i| batch.fixed[i * s.columns + j]))
                .collect();
            w.dense(upstream, transposed, n, s.columns, "gradient")
        }
        (entering, clip) => {
            let x = values(w, entering, &batch.fixed, n);
            let shape = vec![s.rows, s.columns, n];
            let pairs = || (0..s.rows).flat_map(|k| (0..s.columns).map(move |j| (k, j)));
            let behind = pairs().flat_map(|(k, _)| (0..n).map(move |i| k * n + i));
            let before = pairs().flat_map(|(_, j)| (0..n).map(move |i| j * n + i));
            let behind = w.pick(upstream, behind, shape.clone(), "units");
            let before = w.pick(x, before, shape, "units");
            let products = w.product(behind, before, "gradients");
            let products = clipped(w, products, clip);
            of_sums(w, products)
        }
    }
}

fn clipped(w: &mut Wiring, x: NodeId, clip: Option<f64>) -> NodeId {
    match clip {
        None => x,
        Some(gamma) => w.unary(x, Unary::Clip { lo: -gamma, hi: gamma }, "clip"),
    }
}
