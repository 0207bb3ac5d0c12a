//! Gradient attacks: their order of operations by hand, and what they may not do.

use fastrand::Rng;
use theriac::network::graph::batch::Batches;
use theriac::network::graph::*;
use theriac::search::correct::{Descent, attack, violations};
use theriac::train::Label;
use theriac::train::whole::Samples;

use crate::graphs;

/// Scores `x` and `-x` in one dimension.
fn line() -> Graph {
    let mut g = Graph::default();
    let x = g.push(Op::Input { port: 0 }, vec![1, 1], "x");
    g.inputs.push(Port { name: "x".into(), node: x, shape: vec![1, 1] });
    let by = Dense { weight: vec![1.0, -1.0], bias: Vec::new(), inputs: 1, outputs: 2 };
    let y = g.push(Op::Dense { x, by }, vec![1, 2], "y");
    g.outputs.push(Port { name: "y".into(), node: y, shape: vec![1, 2] });
    g
}

fn samples(points: &[f64], class: usize) -> Samples<f64> {
    let labels = vec![Label::Class(class); points.len()];
    Samples { width: 1, inputs: points.to_vec(), labels }
}

/// The loss of class 0 falls with `x`: every step goes down, the ball and then the range stop it.
#[test]
fn steps_are_cut_to_the_ball_and_to_the_range() {
    let g = line();
    let batches = Batches::new(&g);
    let moved = |steps, range| {
        let how = Descent { radius: 0.5, step: 0.2, steps, seed: None, range };
        attack(&batches, &samples(&[0.4, 2.0], 0), &how).unwrap().inputs
    };
    let near = |a: Vec<f64>, b: [f64; 2]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(near(moved(1, None), [0.2, 1.8]));
    assert!(near(moved(2, None), [0.0, 1.6]));
    assert!(near(moved(9, None), [-0.1, 1.5]));
    assert!(near(moved(9, Some((0.0, 1.0))), [0.0, 1.0]));
    let fast = attack(&batches, &samples(&[0.4, 2.0], 1), &Descent::fast(0.5, None)).unwrap();
    assert!(near(fast.inputs, [0.9, 2.5]));
    assert_eq!(violations(&batches, &samples(&[0.4, -2.0], 0)).unwrap(), [0.8, -4.0]);
}

/// Whatever the network: inside ball and range, the same alone as among others, the same twice, and
/// on the whole worse for the network.
#[test]
fn attacks_stay_inside_and_do_not_depend_on_company() {
    let mut rng = Rng::with_seed(2);
    let (mut lower, mut higher) = (0.0, 0.0);
    for round in 0..150 {
        let menu = graphs::Menu { inputs: 1, ..graphs::PLAIN };
        let g = loop {
            let g = graphs::graph(&mut rng, menu, 5);
            if g.output_len() > 1 {
                break g;
            }
        };
        let (width, count) = (g.input_len(), 70);
        let inputs: Vec<f64> = (0..count * width).map(|_| rng.f64()).collect();
        let labels = (0..count).map(|_| Label::Class(rng.usize(0..g.output_len()))).collect();
        let samples = Samples { width, inputs, labels };
        let batches = Batches::new(&g);
        let how = Descent {
            radius: 0.125,
            step: 0.03,
            steps: 4,
            seed: rng.bool().then_some(round),
            range: rng.bool().then_some((0.0, 1.0)),
        };
        let moved = attack(&batches, &samples, &how).unwrap();
        for (a, b) in moved.inputs.iter().zip(&samples.inputs) {
            assert!((a - b).abs() <= 0.125 + 1e-12);
            assert!(how.range.is_none() || (0.0..=1.0).contains(a));
        }
        assert_eq!(moved.inputs, attack(&batches, &samples, &how).unwrap().inputs);
        let short = Samples {
            width,
            inputs: samples.inputs[..5 * width].to_vec(),
            labels: samples.labels[..5].to_vec(),
        };
        let alone = attack(&batches, &short, &how).unwrap().inputs;
        assert!(alone.iter().zip(&moved.inputs).all(|(a, b)| (a - b).abs() < 1e-6), "{round}");
        for (before, after) in violations(&batches, &samples)
            .unwrap()
            .iter()
            .zip(violations(&batches, &moved).unwrap())
        {
            lower += f64::from(u8::from(after < *before));
            higher += f64::from(u8::from(after > *before));
        }
    }
    assert!(lower > 3.0 * higher && lower > 3_000.0, "{lower} {higher}");
}
