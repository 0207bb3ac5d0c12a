//! What a neuron of the first layer is worth, and in which direction the input should move.
//!
//! A sign has no slope, so one is made up. [`Shape::Straight`]: the network as it is, each sign with the slope of the
//! identity clipped at a width (straight-through estimator). [`Shape::Smooth`]: a neuron of the first layer is 1
//! with a probability that grows with its sum over a width; sums of the layers behind have the mean and the
//! variance of independent neurons, and are above 0 with a probability too. As the width falls the
//! smooth lead becomes the lead.

use super::net::{Net, State, dot};

/// The slope of a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Straight,
    Smooth,
}

/// A function that grows from 0 to 1 around 0, and its slope.
fn rising(z: f64) -> (f64, f64) {
    let root = 1.0 / (1.0 + z * z).sqrt();
    (0.5 + 0.5 * z * root, 0.5 * root * root * root)
}

/// For each neuron of the first layer, what the lead gains if it is 1, and that times the slope of its sign.
pub(super) fn worth(
    net: &Net,
    state: &mut State,
    (rival, class): (usize, usize),
    (widths, share): (&[f64], f64),
    shape: Shape,
) -> (Vec<f64>, Vec<f64>) {
    let hidden = net.layers.len().saturating_sub(1);
    let mut slopes: Vec<Vec<f64>> = Vec::with_capacity(hidden);
    let mut before: Vec<f64> = Vec::new();
    for l in 0..hidden {
        let size = net.layers[l].size;
        let mut slope = Vec::with_capacity(size);
        let mut here = Vec::with_capacity(size);
        let means = match (l, shape) {
            (0, _) | (_, Shape::Straight) => state.sums[l].clone(),
            (_, Shape::Smooth) => {
                // The means differ from the sums by what neurons differ from their probabilities.
                let mut means = state.sums[l].clone();
                for (j, (p, on)) in before.iter().zip(&state.on[l - 1]).enumerate() {
                    super::net::add(
                        &mut means,
                        p - f64::from(u8::from(*on)),
                        net.layers[l].column(j),
                    );
                }
                state.work += (before.len() * size) as u64;
                means
            }
        };
        // About: every neuron counts, also where its weight is 0.
        let noise = match shape {
            Shape::Smooth => (0.25 + before.iter().map(|p| p * (1.0 - p)).sum::<f64>()).sqrt(),
            Shape::Straight => (before.len() as f64).sqrt() * (0.25 + share),
        };
        for (i, a) in means.iter().enumerate() {
            let width = if l == 0 { widths[i] * share } else { noise };
            let z = a / width;
            let (p, s) = match shape {
                Shape::Smooth => rising(z),
                Shape::Straight => {
                    let on = f64::from(u8::from(state.on[l][i]));
                    (on, if z.abs() <= 1.0 { 0.5 } else { 0.0 })
                }
            };
            here.push(p);
            slope.push(s / width);
        }
        slopes.push(slope);
        before = here;
    }
    // Back from the scores.
    let mut pull: Vec<f64> = Vec::new();
    let mut gains: Vec<f64> = Vec::new();
    for l in (0..hidden).rev() {
        let behind = &net.layers[l + 1];
        gains = (0..net.layers[l].size)
            .map(|j| {
                let column = behind.column(j);
                if l + 1 == hidden {
                    let of = |c: usize| column.get(c).copied().unwrap_or(0.0);
                    of(rival) - of(class)
                } else {
                    dot(column, &pull)
                }
            })
            .collect();
        state.work += (net.layers[l].size * behind.size) as u64;
        pull = gains.iter().zip(&slopes[l]).map(|(g, s)| g * s).collect();
    }
    (gains, pull)
}

/// What each coordinate does to a weighted sum of the first layer.
pub(super) fn direction(net: &Net, state: &mut State, pull: &[f64]) -> Vec<f64> {
    let Some(first) = net.first() else { return Vec::new() };
    state.work += (net.inputs * first.size) as u64;
    (0..net.inputs).map(|j| dot(first.column(j), pull)).collect()
}
