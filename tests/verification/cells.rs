//! The exact minimum of the output: a network of two inputs and two layers of ReLUs is linear between
//! the lines on which a neuron is 0, so its least value over a box is at a crossing of two of these
//! lines or of the sides of the box. Where a neuron of the second layer is 0 depends on the phases of
//! the first; lines of all phases are taken, since a crossing too many does no harm.

use theriac::front::onnx;

/// Weights and biases of a layer.
type Layer = (Vec<Vec<f64>>, Vec<f64>);

fn layers() -> Vec<Layer> {
    let loaded = onnx::load(&super::network()).unwrap();
    let of = |a: &theriac::network::Affine| {
        let rows = a.weight.outer_iter().map(|r| r.to_vec()).collect();
        (rows, a.bias.as_ref().unwrap().to_vec())
    };
    loaded.network.affine().map(of).collect()
}

fn apply((w, b): &Layer, x: &[f64]) -> Vec<f64> {
    let dot = |r: &Vec<f64>| r.iter().zip(x).map(|(a, b)| a * b).sum::<f64>();
    w.iter().zip(b).map(|(r, b)| dot(r) + b).collect()
}

/// The output at a point, by the weights themselves.
pub fn output(x: &[f64]) -> f64 {
    let layers = layers();
    let mut values = x.to_vec();
    for (k, layer) in layers.iter().enumerate() {
        values = apply(layer, &values);
        if k + 1 < layers.len() {
            values.iter_mut().for_each(|v| *v = v.max(0.0));
        }
    }
    values[0]
}

/// The least value of `sign * output` over `[-1, 1]^2`.
pub fn least(sign: f64) -> f64 {
    let layers = layers();
    assert_eq!(layers.len(), 3, "two hidden layers");
    let (w, b) = &layers[0];
    // Lines `a x + b y + c = 0`.
    let mut lines = vec![[1.0, 0.0, 1.0], [1.0, 0.0, -1.0], [0.0, 1.0, 1.0], [0.0, 1.0, -1.0]];
    lines.extend(w.iter().zip(b).map(|(w, b)| [w[0], w[1], *b]));
    for phases in 0..1_u32 << b.len() {
        let on = |k: usize| if phases >> k & 1 == 1 { 1.0 } else { 0.0 };
        for (v, c) in layers[1].0.iter().zip(&layers[1].1) {
            let sum = |of: &dyn Fn(usize) -> f64| -> f64 {
                v.iter().enumerate().map(|(k, v)| v * on(k) * of(k)).sum()
            };
            lines.push([sum(&|k| w[k][0]), sum(&|k| w[k][1]), c + sum(&|k| b[k])]);
        }
    }
    let mut best = f64::INFINITY;
    for p in &lines {
        for q in &lines {
            let det = p[0] * q[1] - p[1] * q[0];
            let x = (p[1] * q[2] - q[1] * p[2]) / det;
            let y = (q[0] * p[2] - p[0] * q[2]) / det;
            if x.abs() <= 1.0 + 1e-12 && y.abs() <= 1.0 + 1e-12 {
                best = best.min(sign * output(&[x.clamp(-1.0, 1.0), y.clamp(-1.0, 1.0)]));
            }
        }
    }
    best
}
