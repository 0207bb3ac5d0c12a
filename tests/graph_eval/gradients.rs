//! Gradients against exact difference quotients.

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::network::graph::eval::{Lanes, smooth};
use theriac::network::graph::gradient::Steps;
use theriac::network::graph::*;

use crate::graphs::{self, Menu, PLAIN};

fn exact(x: f64) -> RBig {
    RBig::try_from(x).expect("finite")
}

/// Off the kinks, a piecewise linear function equals its linear part nearby: the difference
/// quotient over a tiny rational step is the derivative, without any error. With products the rest
/// is of the size of the step.
#[test]
fn gradients_are_exact_difference_quotients() {
    let mut rng = Rng::with_seed(1);
    let (mut compared, mut not_zero) = (0, 0);
    for round in 0..1_500 {
        let menu = Menu { products: rng.bool(), jumps: true, ..PLAIN };
        let g = graphs::graph(&mut rng, menu, 6);
        // Odd multiples of 2^-30 are on no kink of a random graph with short constants, mostly.
        let x: Vec<f64> = (0..g.input_len())
            .map(|_| {
                graphs::quarter(&mut rng) + f64::from(2 * rng.i32(0..1 << 20) + 1) * 2f64.powi(-22)
            })
            .collect();
        let weights: Vec<f64> = (0..g.output_len()).map(|_| graphs::quarter(&mut rng)).collect();
        let values = g.values(&x).expect("fits");
        let gradient = g.gradient(&values, &weights, Steps::Flat);
        let total = |x: &[RBig]| -> RBig {
            let y = g.eval_exact(x).expect("rational");
            y.iter().zip(&weights).map(|(y, w)| y * exact(*w)).fold(RBig::ZERO, |a, b| a + b)
        };
        let start: Vec<RBig> = x.iter().map(|&x| exact(x)).collect();
        let h = exact(2f64.powi(-200));
        let at = rng.usize(0..x.len());
        let moved = |by: &RBig| {
            let mut x = start.clone();
            x[at] += by;
            total(&x)
        };
        let (up, down) = (moved(&h) - total(&start), total(&start) - moved(&-h.clone()));
        let (up, down) = ((up / &h).to_f64().value(), (down / &h).to_f64().value());
        if (up - down).abs() > 1e-9 * (1.0 + up.abs()) {
            continue; // on a kink or a jump
        }
        compared += 1;
        not_zero += usize::from(up != 0.0);
        let slack = 1e-9 * (1.0 + up.abs());
        assert!(
            (gradient[at] - up).abs() <= slack,
            "graph {round}: {} and {up}: {g:?}",
            gradient[at]
        );
    }
    assert!(compared > 1_200 && not_zero > 400, "{compared} {not_zero}");
}

/// Smooth functions and quotients, against central differences.
#[test]
fn gradients_of_smooth_graphs() {
    let mut g = Graph::default();
    let x = g.push(Op::Input { port: 0 }, vec![3], "x");
    g.inputs.push(Port { name: "x".into(), node: x, shape: vec![3] });
    let smooth_node =
        |g: &mut Graph, x, f| g.push(Op::Unary { x, f: Unary::Smooth(f) }, vec![3], "smooth");
    let a = smooth_node(&mut g, x, Function::Tanh);
    let b = smooth_node(&mut g, x, Function::Exp);
    let c = smooth_node(&mut g, b, Function::Log);
    let d = g.push(Op::Product { a, b: c }, vec![3], "product");
    let y = g.push(Op::Quotient { a: d, b }, vec![3], "quotient");
    g.outputs.push(Port { name: "y".into(), node: y, shape: vec![3] });
    let point = [0.3, -0.7, 1.1];
    let values = g.values(&point).expect("fits");
    let gradient = g.gradient(&values, &[1.0, 2.0, -1.0], Steps::Flat);
    let f = |x: f64| x.tanh() * x / x.exp();
    let h = 1e-5;
    for ((g, x), w) in gradient.iter().zip(point).zip([1.0, 2.0, -1.0]) {
        assert!((g - w * (f(x + h) - f(x - h)) / (2.0 * h)).abs() < 1e-8);
    }
    assert_eq!(smooth::slope(Function::Sigmoid, 0.0), 0.25);
}

#[test]
fn lanes_have_their_own_gradients() {
    let mut rng = Rng::with_seed(3);
    for _ in 0..300 {
        let g = graphs::graph(&mut rng, graphs::ALL, 7);
        let draw = |rng: &mut Rng, n: usize| (0..n).map(|_| graphs::quarter(rng)).collect();
        let x: [Vec<f64>; 2] = std::array::from_fn(|_| draw(&mut rng, g.input_len()));
        let w: [Vec<f64>; 2] = std::array::from_fn(|_| draw(&mut rng, g.output_len()));
        let pair = |v: &[Vec<f64>; 2]| -> Vec<Lanes<f64, 2>> {
            v[0].iter().zip(&v[1]).map(|(a, b)| Lanes([*a, *b])).collect()
        };
        let values = g.values(&pair(&x)).expect("fits");
        let together = g.gradient(&values, &pair(&w), Steps::Through);
        for k in 0..2 {
            let values = g.values(&x[k]).expect("fits");
            let alone = g.gradient(&values, &w[k], Steps::Through);
            assert_eq!(together.iter().map(|l| l.0[k]).collect::<Vec<_>>(), alone);
        }
    }
}

/// A jump is flat, or a slope through it.
#[test]
fn steps_are_flat_or_seen_through() {
    let mut g = Graph::default();
    let x = g.push(Op::Input { port: 0 }, vec![2], "x");
    g.inputs.push(Port { name: "x".into(), node: x, shape: vec![2] });
    let f = Unary::Step { below: -1.0, at: 0.0, above: 1.0 };
    let y = g.push(Op::Unary { x, f }, vec![2], "sign");
    g.outputs.push(Port { name: "y".into(), node: y, shape: vec![2] });
    let values = g.values(&[1.0, -3.0]).expect("fits");
    assert_eq!(g.gradient(&values, &[1.0, 1.0], Steps::Flat), [0.0, 0.0]);
    assert_eq!(g.gradient(&values, &[1.0, 1.0], Steps::Through), [0.5, 0.25]);
}
