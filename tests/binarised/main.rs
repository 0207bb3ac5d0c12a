//! Binarised networks in whole numbers, against recorded outputs and against plain evaluation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attack;
mod commands;
mod cuts;
mod golden;
mod largest;
mod lattice;
mod lifts;
mod many;
mod program;
mod ties;

use std::path::{Path, PathBuf};

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::front::onnx::import::{Options, load_graph};
use theriac::network::binarised::{AtZero, Integer, NotBinarised, import};
use theriac::network::graph::{Dense, Graph, Op, Port, Scale, Unary};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/binarised")
}

fn rows(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(data().join(name)).unwrap();
    text.lines().skip(1).map(|l| l.split(',').map(str::to_owned).collect()).collect()
}

fn file(name: &str) -> Graph {
    load_graph(&data().join(name), &Options::default()).unwrap().graph
}

/// Scores as the file has them.
fn scores(net: &Integer, k: &[i64]) -> Vec<RBig> {
    net.evaluate(k).scores.iter().map(|s| RBig::from(*s) * &net.scale).collect()
}

/// On real images: the outputs that were recorded, exactly, also where a sign is taken of 0.
#[test]
fn outputs_are_those_that_were_recorded() {
    let images: Vec<Vec<i64>> = rows("digits.csv")
        .iter()
        .map(|r| r[..64].iter().map(|v| v.parse().unwrap()).collect())
        .collect();
    let (mut compared, mut tied) = (0, 0);
    let recorded = rows("scores.csv");
    let mut names: Vec<&String> = recorded.iter().map(|r| &r[0]).collect();
    names.dedup();
    assert_eq!(names.len(), 7);
    for name in names {
        let net = import(&file(name)).unwrap();
        let whole = name.contains("_int");
        let net = net.on_lattice(if whole { 1 } else { 16 }).unwrap();
        for row in recorded.iter().filter(|r| r[0] == *name) {
            let image = &images[row[1].parse::<usize>().unwrap()];
            if !net.evaluate(image).ties.is_empty() {
                assert!(!whole, "`Where` says what happens at 0");
                tied += 1;
            }
            let truth: Vec<RBig> = row[2..]
                .iter()
                .map(|v| RBig::try_from(v.parse::<f64>().unwrap()).unwrap())
                .collect();
            assert_eq!(scores(&net, image), truth, "{name}, image {}", row[1]);
            compared += 1;
        }
    }
    assert!(compared >= 140 && tied > 0, "{compared} compared, {tied} with a sign of 0");
}

/// Weights, bias, factor and shift of a hidden neuron.
type Unit = (Vec<f64>, f64, f64, f64);

/// A small network whose numbers are all dyadic, so that doubles compute it exactly.
struct Plain {
    /// By hidden layer.
    hidden: Vec<Vec<Unit>>,
    at: f64,
    scores: Vec<(Vec<f64>, f64)>,
}

impl Plain {
    fn random(rng: &mut Rng) -> Self {
        let sizes: Vec<usize> = (0..rng.usize(2..5)).map(|_| rng.usize(1..4)).collect();
        let mut hidden = Vec::new();
        for pair in sizes.windows(2) {
            let unit = |rng: &mut Rng| {
                let size = [1.0, 0.5, 3.0][rng.usize(0..3)];
                let weights = (0..pair[0]).map(|_| f64::from(rng.i32(-1..2)) * size).collect();
                let bias = f64::from(rng.i32(-4..5)) / 4.0;
                let factor = f64::from(rng.i32(1..5)) * if rng.bool() { 0.5 } else { -0.25 };
                (weights, bias, factor, f64::from(rng.i32(-4..5)) / 4.0)
            };
            hidden.push((0..pair[1]).map(|_| unit(rng)).collect());
        }
        let last = *sizes.last().unwrap();
        let score = |rng: &mut Rng| {
            let weights = (0..last).map(|_| f64::from(rng.i32(-2..3)) / 2.0).collect();
            (weights, f64::from(rng.i32(-4..5)) / 8.0)
        };
        let scores = (0..2).map(|_| score(rng)).collect();
        Plain { hidden, at: [1.0, -1.0][rng.usize(0..2)], scores }
    }

    fn inputs(&self) -> usize {
        self.hidden[0][0].0.len()
    }

    fn graph(&self) -> Graph {
        let mut graph = Graph::default();
        let n = self.inputs();
        let mut x = graph.push(Op::Input { port: 0 }, vec![1, n], "x");
        graph.inputs.push(Port { name: "x".to_owned(), node: x, shape: vec![1, n] });
        let mut inputs = n;
        let dense =
            |weight: Vec<f64>, bias, inputs, outputs| Dense { weight, bias, inputs, outputs };
        for layer in &self.hidden {
            let weight = layer.iter().flat_map(|u| u.0.clone()).collect();
            let by = dense(weight, layer.iter().map(|u| u.1).collect(), inputs, layer.len());
            let shape = vec![1, layer.len()];
            x = graph.push(Op::Dense { x, by }, shape.clone(), "fc");
            let of = |f: fn(&Unit) -> f64| layer.iter().map(|u| Interval::point(f(u))).collect();
            let (factor, shift) = (of(|u| u.2), of(|u| u.3));
            let count = layer.len();
            let by = Scale { factor, divisor: Vec::new(), shift, count, inner: 1 };
            x = graph.push(Op::Scale { x, by }, shape.clone(), "bn");
            let f = Unary::Step { below: -1.0, at: self.at, above: 1.0 };
            x = graph.push(Op::Unary { x, f }, shape, "sign");
            inputs = count;
        }
        let weight = self.scores.iter().flat_map(|s| s.0.clone()).collect();
        let classes = self.scores.len();
        let by = dense(weight, self.scores.iter().map(|s| s.1).collect(), inputs, classes);
        x = graph.push(Op::Dense { x, by }, vec![1, classes], "scores");
        graph.outputs.push(Port { name: "y".to_owned(), node: x, shape: vec![1, classes] });
        graph
    }

    fn value(&self, x: &[f64]) -> Vec<f64> {
        let dot = |w: &[f64], x: &[f64]| w.iter().zip(x).map(|(a, b)| a * b).sum::<f64>();
        let mut x = x.to_vec();
        for layer in &self.hidden {
            let sign = |a: f64| if a == 0.0 { self.at } else { a.signum() };
            x = layer.iter().map(|(w, b, f, s)| sign((dot(w, &x) + b) * f + s)).collect();
        }
        self.scores.iter().map(|(w, b)| dot(w, &x) + b).collect()
    }
}

/// Every point of the lattice of many small networks, batch normalisation of either sign folded.
#[test]
fn whole_numbers_are_the_network() {
    let mut rng = Rng::with_seed(61);
    let (mut points, mut tied) = (0, 0);
    for case in 0..3_000 {
        let mut plain = Plain::random(&mut rng);
        // A sign of 0 that is 0 is a third value.
        if case % 3 == 0 {
            plain.at = 0.0;
        }
        let q = [1, 2, 4][rng.usize(0..3)];
        let net = import(&plain.graph()).unwrap().on_lattice(q).unwrap();
        let n = plain.inputs();
        for code in 0..(q as i64 + 1).pow(n as u32) {
            let k: Vec<i64> =
                (0..n).map(|j| code / (q as i64 + 1).pow(j as u32) % (q as i64 + 1)).collect();
            let x: Vec<f64> = k.iter().map(|k| *k as f64 / f64::from(q)).collect();
            let truth: Vec<RBig> =
                plain.value(&x).iter().map(|v| RBig::try_from(*v).unwrap()).collect();
            assert_eq!(scores(&net, &k), truth, "case {case} at {k:?}");
            points += 1;
            tied += usize::from(!net.evaluate(&k).ties.is_empty());
        }
        let never = || net.hidden.iter().flatten().all(|n| n.tie.is_none());
        assert!(plain.at == 0.0 || never());
    }
    assert!(points > 30_000 && tied > 2_000, "{points} {tied}");
}

/// A sign of 0 that is 0 is told, neuron by neuron.
#[test]
fn a_third_value_is_told() {
    let mut rng = Rng::with_seed(62);
    let mut told = 0;
    for _ in 0..200 {
        let plain = Plain { at: 0.0, ..Plain::random(&mut rng) };
        let net = import(&plain.graph()).unwrap();
        assert!(net.hidden.iter().flatten().all(|u| u.at == AtZero::Neither));
        let net = net.on_lattice(2).unwrap();
        let k: Vec<i64> = (0..plain.inputs()).map(|_| rng.i64(0..3)).collect();
        let x: Vec<f64> = k.iter().map(|k| *k as f64 / 2.0).collect();
        let (w, b, f, s) = &plain.hidden[0][0];
        let a = (w.iter().zip(&x).map(|(a, b)| a * b).sum::<f64>() + b) * f + s;
        let ties = net.evaluate(&k).ties;
        let first = ties.iter().any(|t| (t.layer, t.neuron) == (0, 0));
        assert_eq!(first, a == 0.0, "{k:?}");
        told += usize::from(first);
    }
    assert!(told > 5, "{told}");
}

/// What is not a binarised network is told, with its place.
#[test]
fn others_are_refused() {
    let mut rng = Rng::with_seed(63);
    let plain = loop {
        let plain = Plain::random(&mut rng);
        if plain.inputs() > 1 && plain.hidden[0][0].0.iter().all(|w| *w != 0.0) {
            break plain;
        }
    };
    let mut uneven = plain.graph();
    if let Op::Dense { by, .. } = &mut uneven.nodes[1].op {
        by.weight[0] *= 2.0;
    }
    let refused = import(&uneven).unwrap_err();
    assert!(matches!(refused, NotBinarised::Weights { neuron: 0, .. }), "{refused}");
    let mut relu = plain.graph();
    relu.nodes[3].op = match &relu.nodes[3].op {
        Op::Unary { x, .. } => Op::Unary { x: *x, f: Unary::Relu },
        other => panic!("{other:?}"),
    };
    let refused = import(&relu).unwrap_err().to_string();
    assert!(refused.contains("node sign (unary)"), "{refused}");
    let mut dead = plain.graph();
    if let Op::Scale { by, .. } = &mut dead.nodes[2].op {
        by.factor[0] = Interval { lo: -0.5, hi: 0.5 };
    }
    assert!(matches!(import(&dead).unwrap_err(), NotBinarised::Factor { neuron: 0, .. }));
    // A threshold that an irrational factor leaves between two whole numbers is known; one at a whole
    // number is not.
    let mut near = plain.graph();
    if let Op::Scale { by, .. } = &mut near.nodes[2].op {
        by.factor[0] = Interval { lo: 1.0, hi: 1.0f64.next_up() };
        by.shift[0] = Interval::point(0.0);
    }
    if let Op::Dense { by, .. } = &mut near.nodes[1].op {
        by.bias[0] = -by.weight[0].abs();
    }
    let net = import(&near).unwrap();
    assert!(net.on_lattice(2).is_ok(), "0 stays 0, whatever the factor");
    if let Op::Scale { by, .. } = &mut near.nodes[2].op {
        by.shift[0] = Interval::point(-by.factor[0].lo * 0.5);
    }
    if let Op::Dense { by, .. } = &mut near.nodes[1].op {
        by.weight[..plain.inputs()].iter_mut().for_each(|w| *w = w.signum());
        by.bias[0] = -0.5;
    }
    let refused = import(&near).unwrap().on_lattice(2);
    assert!(refused.is_err(), "{:?}", refused.map(|n| n.hidden[0][0].clone()));
}
