//! Questions and helpers that several tests share.
#![allow(dead_code, clippy::expect_used, clippy::panic)]

pub mod answers;
pub mod enumerate;
pub mod milp;
pub mod random;
pub mod scip;

use fastrand::Rng;
use ndarray::{Array1, Array2};
use theriac::network::{Affine, Layer, Network};
use theriac::question::*;

/// A chain of affine layers with ReLUs between them.
pub fn network(layers: &[(Array2<f64>, Option<Array1<f64>>)]) -> Network {
    let mut chain = Vec::new();
    for (k, (weight, bias)) in layers.iter().enumerate() {
        if k > 0 {
            chain.push(Layer::Relu { node: format!("relu{k}") });
        }
        let node = format!("gemm{}", k + 1);
        chain.push(Layer::Affine(Affine { weight: weight.clone(), bias: bias.clone(), node }));
    }
    let inputs = layers[0].0.ncols();
    let outputs = layers[layers.len() - 1].0.nrows();
    Network { layers: chain, inputs, outputs }
}

/// A linear score with zero start weights and a trained bias.
pub fn zero_linear(inputs: usize) -> Network {
    network(&[(Array2::zeros((1, inputs)), Some(Array1::zeros(1)))])
}

pub fn dataset(rows: &[Vec<f64>], labels: Labels) -> Dataset {
    let d = rows[0].len();
    let features = Array2::from_shape_fn((rows.len(), d), |(i, j)| rows[i][j]);
    let columns = (0..d).map(|j| format!("x{j}")).collect();
    Dataset { name: "train".into(), features, columns, labels }
}

pub fn full_batch(loss: Loss, rate: f64, steps: usize, samples: usize) -> Training {
    Training {
        loss,
        reduction: Reduction::Mean,
        rates: vec![rate; steps],
        batches: vec![(0..samples).collect(); steps],
        momentum: 0.0,
        decay: 0.0,
        clip: None,
    }
}

pub fn flips(budget: usize, samples: usize) -> Threat {
    Threat {
        scope: Scope::Run,
        budget: Budget::Joint(budget),
        candidates: (0..samples).collect(),
        labels: Some(LabelThreat::Flip),
        features: None,
        deletion: None,
        insertion: None,
    }
}

pub fn question(
    network: Network,
    train: Dataset,
    training: Training,
    threat: Threat,
    goal: Goal,
) -> Question {
    let claim = goal.default_claim();
    Question { network, train, training, threat, goal, claim, encode: EncodeOptions::default() }
}

pub fn point(input: &[f64], target: Target) -> TestPoint {
    TestPoint { input: input.to_vec(), target, source: "test[0]".into() }
}

/// Golden instance A (hinge) or B (squared) with `steps` steps, in doubles.
pub fn golden_ab(loss: Loss, rate: f64, steps: usize, budget: usize) -> Question {
    let rows = [
        vec![2.1, 1.0],
        vec![1.0, 1.9],
        vec![1.6, 1.3],
        vec![-0.9, -2.0],
        vec![-2.2, -1.1],
        vec![-1.4, -0.6],
    ];
    let train = dataset(&rows, Labels::Signs(vec![1, 1, 1, -1, -1, -1]));
    let goal = Goal::Margin(point(&[0.5, 0.2], Target::Sign(1.0)));
    question(zero_linear(2), train, full_batch(loss, rate, steps, 6), flips(budget, 6), goal)
}

/// Golden instance C: one feature, hinge, features within `eps`.
pub fn golden_c(eps: f64, steps: usize, budget: usize) -> Question {
    let rows = [vec![2.0], vec![1.0], vec![-1.5]];
    let train = dataset(&rows, Labels::Signs(vec![1, 1, -1]));
    let mut threat = flips(budget, 3);
    threat.labels = None;
    threat.features = Some(FeatureThreat {
        norm: Norm::Linf(eps),
        domain: vec![(f64::NEG_INFINITY, f64::INFINITY)],
        kinds: vec![FeatureKind::Real],
        relations: Relations::default(),
    });
    let goal = Goal::Margin(point(&[0.4], Target::Sign(1.0)));
    question(zero_linear(1), train, full_batch(Loss::Hinge, 1.0, steps, 3), threat, goal)
}

/// The attack that flips these sign labels.
pub fn flip_attack(question: &Question, set: &[usize]) -> Attack {
    let mut choice = Choice::default();
    for &i in set {
        let Target::Sign(s) = question.train.target(i) else { panic!("labels are signs") };
        let target = Some(Target::Sign(-s));
        choice.changes.insert(i, Change { target, ..Change::default() });
    }
    Attack { choices: vec![choice], test_input: None }
}

/// The half-moons question: 100 points, five full-batch steps, the test point is training row 3.
pub fn moons(budget: usize) -> Question {
    let text = include_str!("../data/moons/moons_n100_noise0.1_seed0.csv");
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|l| l.split(',').map(|v| v.parse().expect("a number")).collect())
        .collect();
    let labels: Vec<i8> = rows.iter().map(|r| if r[2] > 0.5 { 1 } else { -1 }).collect();
    let target = Target::Sign(f64::from(labels[3]));
    let points: Vec<Vec<f64>> = rows.iter().map(|r| r[..2].to_vec()).collect();
    let goal = Goal::Margin(point(&points[3], target));
    let data = dataset(&points, Labels::Signs(labels));
    let training = full_batch(Loss::Hinge, 0.5, 5, 100);
    question(zero_linear(2), data, training, flips(budget, 100), goal)
}

/// All subsets of `0..n` of at most `k` members, smallest first.
pub fn subsets(n: usize, k: usize) -> Vec<Vec<usize>> {
    let mut all = vec![vec![]];
    let mut last = vec![vec![]];
    for _ in 0..k {
        let mut next = Vec::new();
        for s in &last {
            let from = s.last().map_or(0, |m: &usize| m + 1);
            for i in from..n {
                let mut t: Vec<usize> = s.clone();
                t.push(i);
                next.push(t);
            }
        }
        all.extend(next.iter().cloned());
        last = next;
    }
    all
}

/// A random linear score under flips or deletions, with every option of training.
pub fn random_linear_flips(rng: &mut Rng) -> Question {
    let (n, d, steps) = (rng.usize(3..9), rng.usize(1..4), rng.usize(1..5));
    let rows: Vec<Vec<f64>> =
        (0..n).map(|_| (0..d).map(|_| rng.f64() * 4.0 - 2.0).collect()).collect();
    let labels = Labels::Signs((0..n).map(|_| if rng.bool() { 1 } else { -1 }).collect());
    let zero = rng.bool();
    let mut start = || if zero { 0.0 } else { rng.f64() * 2.0 - 1.0 };
    let weight = Array2::from_shape_simple_fn((1, d), &mut start);
    let bias = Array1::from_shape_simple_fn(1, &mut start);
    let bias = rng.bool().then_some(bias);
    let batches = (0..steps)
        .map(|_| {
            if rng.bool() {
                (0..n).collect()
            } else {
                (0..rng.usize(1..n)).map(|_| rng.usize(0..n)).collect()
            }
        })
        .collect();
    let training = Training {
        loss: if rng.u8(0..4) > 0 { Loss::Hinge } else { Loss::Perceptron },
        reduction: if rng.bool() { Reduction::Mean } else { Reduction::Sum },
        rates: (0..steps).map(|_| 0.1 + rng.f64()).collect(),
        batches,
        momentum: if rng.bool() { 0.0 } else { rng.f64() },
        decay: if rng.bool() { 0.0 } else { 0.3 * rng.f64() },
        clip: rng.bool().then(|| 0.3 + rng.f64()),
    };
    let mut threat = flips(rng.usize(0..4).min(n), n);
    if rng.u8(0..3) == 0 {
        threat.deletion = Some(Deletion);
        if rng.bool() {
            threat.labels = None;
        }
    }
    threat.candidates.retain(|_| rng.u8(0..5) > 0);
    let input: Vec<f64> = (0..d).map(|_| rng.f64() * 2.0 - 1.0).collect();
    let goal = if rng.bool() {
        Goal::Margin(point(&input, Target::Sign(if rng.bool() { 1.0 } else { -1.0 })))
    } else {
        let column = rng.usize(0..d);
        let reference = goal::ParameterRef::Weight { layer: 1, row: 0, column };
        Goal::Direction(vec![(reference, rng.f64() - 0.5)])
    };
    question(network(&[(weight, bias)]), dataset(&rows, labels), training, threat, goal)
}
