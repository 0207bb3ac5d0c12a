//! Directional bounds of linear flips: no attack may leave them, and with nothing left to choose
//! they close on the replay.

#![allow(clippy::expect_used, clippy::panic)]

mod support;

use fastrand::Rng;
use ndarray::{Array1, Array2};
use support::{dataset, flips, network, point, question};
use theriac::bounds::flips::{LinearFlips, Status};
use theriac::question::*;
use theriac::train::{Layout, replay};

/// A random question in the shape of the module.
fn random(rng: &mut Rng) -> Question {
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

#[test]
fn no_attack_leaves_the_bounds() {
    let mut rng = Rng::with_seed(11);
    let mut tight = 0;
    for round in 0..400 {
        let q = random(&mut rng);
        let flips = LinearFlips::new(&q).expect("the shape fits");
        let layout = Layout::new(&q.network).expect("a layout");
        // A random choice, and what a search might know of it.
        let mut status = flips.free();
        let mut choice = Choice::default();
        for i in 0..flips.samples {
            if flips.candidates[i] && choice.changes.len() < flips.budget && rng.bool() {
                let deleted = flips.delete && (!flips.flip || rng.bool());
                let Target::Sign(y) = q.train.target(i) else { panic!("signs") };
                let target = (!deleted).then_some(Target::Sign(-y));
                choice.changes.insert(i, Change { deleted, target, features: None });
            }
        }
        let exact = round % 2 == 0 && !flips.delete;
        for (i, s) in status.iter_mut().enumerate() {
            if *s == Status::Free && (exact || rng.u8(0..3) == 0) {
                *s = if choice.changes.contains_key(&i) { Status::Touched } else { Status::Clean };
            }
        }
        let pass = flips.pass(&status, flips.budget).expect("the choice is one");
        let touched: Vec<bool> =
            (0..flips.samples).map(|i| choice.changes.contains_key(&i)).collect();
        let attack = Attack { choices: vec![choice], test_input: None };
        let run = replay(&q, &attack, 1e-9).expect("a replay");
        if !run.ties.is_empty() {
            continue; // The replay may take either side; the bound admits both only up to rounding.
        }
        // A replay in doubles may differ from real arithmetic by its own rounding.
        let inside = |b: theriac::bounds::Interval, v: f64| b.lo - 1e-12 <= v && v <= b.hi + 1e-12;
        for t in 0..flips.steps {
            let theta: Vec<f64> = layout.flatten(&run.trajectory[t]).expect("parameters");
            for (i, touched) in touched.iter().enumerate() {
                let score = layout.output(&theta, &q.train.row(i))[0];
                let at = t * flips.samples + i;
                assert!(inside(pass.scores[at], score), "round {round} step {t} sample {i}");
                let own = if *touched { pass.touched[at] } else { pass.clean[at] };
                assert!(inside(own, score), "round {round} step {t} sample {i}: {own:?} {score}");
            }
        }
        assert!(inside(pass.goal, flips.sign * run.value), "round {round}: {:?}", pass.goal);
        if exact {
            assert!(pass.goal.width() < 1e-10, "round {round}: {:?}", pass.goal);
            tight += 1;
        }
    }
    assert!(tight > 80, "{tight}");
}

#[test]
fn what_does_not_fit_is_named() {
    let mut q = support::golden_ab(Loss::Squared, 0.1, 2, 1);
    let reason = LinearFlips::new(&q).expect_err("squared loss");
    assert!(reason.contains("Squared"), "{reason}");
    q.training.loss = Loss::Hinge;
    q.threat.features = support::golden_c(0.5, 1, 1).threat.features;
    assert!(LinearFlips::new(&q).expect_err("features").contains("threat"));
}
