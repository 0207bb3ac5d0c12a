//! The exact minimum of an output: a network of two inputs and one layer of ReLUs is linear between
//! the lines on which a neuron is 0, so its least value over a box is at a crossing of these lines and
//! of the sides of the box.

use theriac::front::onnx;

/// Weights and biases of the layers.
fn layers() -> Vec<(Vec<Vec<f64>>, Vec<f64>)> {
    let loaded = onnx::load(&super::network()).unwrap();
    let of = |a: &theriac::network::Affine| {
        let rows = a.weight.outer_iter().map(|r| r.to_vec()).collect();
        (rows, a.bias.as_ref().unwrap().to_vec())
    };
    loaded.network.affine().map(of).collect()
}

fn apply((w, b): &(Vec<Vec<f64>>, Vec<f64>), x: &[f64]) -> Vec<f64> {
    let dot = |r: &Vec<f64>| r.iter().zip(x).map(|(a, b)| a * b).sum::<f64>();
    w.iter().zip(b).map(|(r, b)| dot(r) + b).collect()
}

/// The outputs at a point, by the weights themselves.
pub fn outputs(x: &[f64]) -> Vec<f64> {
    let layers = layers();
    let mut values = x.to_vec();
    for (k, layer) in layers.iter().enumerate() {
        values = apply(layer, &values);
        if k + 1 < layers.len() {
            values.iter_mut().for_each(|v| *v = v.max(0.0));
        }
    }
    values
}

/// The least value of an output over `[-1, 1]^2`.
pub fn least(output: usize) -> f64 {
    let layers = layers();
    assert_eq!(layers.len(), 2, "one hidden layer");
    // Lines `a x + b y + c = 0`.
    let mut lines = vec![[1.0, 0.0, 1.0], [1.0, 0.0, -1.0], [0.0, 1.0, 1.0], [0.0, 1.0, -1.0]];
    lines.extend(layers[0].0.iter().zip(&layers[0].1).map(|(w, b)| [w[0], w[1], *b]));
    let mut best = f64::INFINITY;
    for p in &lines {
        for q in &lines {
            let det = p[0] * q[1] - p[1] * q[0];
            if det == 0.0 {
                continue;
            }
            let x = (p[1] * q[2] - q[1] * p[2]) / det;
            let y = (q[0] * p[2] - p[0] * q[2]) / det;
            if x.abs() <= 1.0 + 1e-12 && y.abs() <= 1.0 + 1e-12 {
                best = best.min(outputs(&[x.clamp(-1.0, 1.0), y.clamp(-1.0, 1.0)])[output]);
            }
        }
    }
    best
}
