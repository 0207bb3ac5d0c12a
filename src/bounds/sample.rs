//! Interval gradient of one sample: forward and backward pass with every parameter in a box.

use super::interval::Interval;
use crate::network::{Layer, Layout, Network};
use crate::question::{Loss, Target};

/// What is known of a sample: a box of features and every label that it may have.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleBox {
    /// Features.
    pub x: Vec<Interval>,
    /// Possible labels.
    pub label: LabelBox,
}

/// Every label that a sample may have.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelBox {
    /// Signs `-1.0` and `+1.0`, those that are possible.
    Signs(Vec<f64>),
    /// Classes that are possible.
    Classes(Vec<usize>),
    /// Real targets, one interval an output.
    Real(Vec<Interval>),
}

impl LabelBox {
    /// The one label of an untouched sample.
    #[must_use]
    pub fn point(target: &Target) -> Self {
        match target {
            Target::Sign(y) => LabelBox::Signs(vec![*y]),
            Target::Class(c) => LabelBox::Classes(vec![*c]),
            Target::Real(y) => LabelBox::Real(y.iter().map(|&v| Interval::point(v)).collect()),
        }
    }
}

/// What the backward pass needs of the forward pass.
struct Forward {
    /// Inputs of each affine layer.
    inputs: Vec<Vec<Interval>>,
    /// Derivative of each ReLU, in the order of the network's ReLU layers.
    gates: Vec<Vec<Interval>>,
    outputs: Vec<Interval>,
}

fn forward(network: &Network, layout: &Layout, theta: &[Interval], x: &[Interval]) -> Forward {
    let mut shapes = layout.layers().iter();
    let mut f = Forward { inputs: Vec::new(), gates: Vec::new(), outputs: x.to_vec() };
    for layer in &network.layers {
        match layer {
            Layer::Affine(_) => {
                let Some(s) = shapes.next() else { break };
                let z: Vec<Interval> = (0..s.rows)
                    .map(|k| {
                        let bias = s.bias(k).map_or(Interval::ZERO, |p| theta[p]);
                        let products =
                            f.outputs.iter().enumerate().map(|(j, v)| theta[s.weight(k, j)] * *v);
                        products.fold(bias, |a, b| a + b)
                    })
                    .collect();
                f.inputs.push(std::mem::replace(&mut f.outputs, z));
            }
            Layer::Relu { .. } => {
                f.gates.push(f.outputs.iter().map(|a| gate(*a)).collect());
                f.outputs.iter_mut().for_each(|a| *a = a.relu());
            }
        }
    }
    f
}

/// Derivative of `max(a, 0)`; both sides at `a = 0`.
fn gate(a: Interval) -> Interval {
    Interval::new(if a.lo > 0.0 { 1.0 } else { 0.0 }, if a.hi < 0.0 { 0.0 } else { 1.0 })
}

/// Encloses the gradient of the loss by every parameter (flat layout), before clipping.
///
/// Returns `None` for a loss whose derivative is not piecewise linear.
#[must_use]
pub fn gradient(
    network: &Network,
    layout: &Layout,
    theta: &[Interval],
    sample: &SampleBox,
    loss: Loss,
) -> Option<Vec<Interval>> {
    let f = forward(network, layout, theta, &sample.x);
    let mut upstream = loss_gradient(loss, &f.outputs, &sample.label)?;
    let mut result = vec![Interval::ZERO; layout.len()];
    let mut affine = layout.layers().len();
    let mut relu = f.gates.len();
    for layer in network.layers.iter().rev() {
        match layer {
            Layer::Affine(_) => {
                affine -= 1;
                let s = &layout.layers()[affine];
                let input = &f.inputs[affine];
                for k in 0..s.rows {
                    for (j, v) in input.iter().enumerate() {
                        result[s.weight(k, j)] = upstream[k] * *v;
                    }
                    if let Some(p) = s.bias(k) {
                        result[p] = upstream[k];
                    }
                }
                upstream = (0..s.columns)
                    .map(|j| (0..s.rows).map(|k| theta[s.weight(k, j)] * upstream[k]).sum())
                    .collect();
            }
            Layer::Relu { .. } => {
                relu -= 1;
                for (u, g) in upstream.iter_mut().zip(&f.gates[relu]) {
                    *u = *u * *g;
                }
            }
        }
    }
    Some(result)
}

/// Encloses the derivative of the loss by each output, over all possible labels.
fn loss_gradient(loss: Loss, f: &[Interval], label: &LabelBox) -> Option<Vec<Interval>> {
    let hull = |all: Vec<Vec<Interval>>| {
        all.into_iter().reduce(|a, b| a.iter().zip(&b).map(|(x, y)| x.hull(*y)).collect())
    };
    let step = |threshold: f64, signs: &[f64]| {
        let one = |&y: &f64| vec![below(f[0].scale(y), threshold).scale(-y)];
        hull(signs.iter().map(one).collect())
    };
    let count = f.len() as f64;
    let residuals = |y: &[Interval]| f.iter().zip(y).map(|(a, b)| *a - *b).collect::<Vec<_>>();
    match (loss, label) {
        (Loss::Hinge, LabelBox::Signs(s)) => step(1.0, s),
        (Loss::Perceptron, LabelBox::Signs(s)) => step(0.0, s),
        (Loss::Margin, LabelBox::Classes(classes)) => {
            hull(classes.iter().map(|&y| margin_gradient(f, y)).collect())
        }
        (Loss::Squared, LabelBox::Real(y)) => {
            Some(residuals(y).iter().map(|r| r.scale(2.0).divide(count)).collect())
        }
        (Loss::Absolute, LabelBox::Real(y)) => {
            Some(residuals(y).iter().map(|r| sign(*r).divide(count)).collect())
        }
        (Loss::Huber { delta }, LabelBox::Real(y)) => {
            Some(residuals(y).iter().map(|r| r.clamp(-delta, delta).divide(count)).collect())
        }
        (Loss::Squared | Loss::Absolute | Loss::Huber { .. }, LabelBox::Signs(s)) => {
            let all: Option<Vec<_>> = s
                .iter()
                .map(|&y| loss_gradient(loss, f, &LabelBox::Real(vec![Interval::point(y)])))
                .collect();
            hull(all?)
        }
        (Loss::Hinge | Loss::Perceptron, _)
        | (Loss::Margin, _)
        | (Loss::Squared | Loss::Absolute | Loss::Huber { .. }, LabelBox::Classes(_))
        | (Loss::Logistic | Loss::CrossEntropy, _) => None,
    }
}

fn margin_gradient(f: &[Interval], y: usize) -> Vec<Interval> {
    let mut q = vec![Interval::ZERO; f.len()];
    for c in (0..f.len()).filter(|&c| c != y) {
        let z = below(f[y] - f[c], 1.0);
        q[c] = z;
        q[y] = q[y] - z;
    }
    q
}

/// The switch `m < threshold`, both sides at equality.
fn below(m: Interval, threshold: f64) -> Interval {
    Interval::new(
        if m.hi < threshold { 1.0 } else { 0.0 },
        if m.lo > threshold { 0.0 } else { 1.0 },
    )
}

/// The sign of a residual; everything between both signs at 0.
fn sign(r: Interval) -> Interval {
    Interval::new(if r.lo > 0.0 { 1.0 } else { -1.0 }, if r.hi < 0.0 { -1.0 } else { 1.0 })
}
