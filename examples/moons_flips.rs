//! Seconds of exhaustive replay on half-moons with flipped labels.
//!
//! `cargo run --release --example moons_flips -- STEPS FROM TO LIMIT`: budgets FROM..=TO, LIMIT
//! seconds each.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = |k: usize, d: usize| args.get(k).and_then(|a| a.parse().ok()).unwrap_or(d);
    let (steps, from, to, limit) = (number(1, 5), number(2, 1), number(3, 5), number(4, 60));
    let text = include_str!("../tests/data/moons/moons_n100_noise0.1_seed0.csv");
    let rows: Vec<Vec<f64>> =
        text.lines().skip(1).map(|l| l.split(',').map(|v| v.parse().unwrap()).collect()).collect();
    let features = ndarray::Array2::from_shape_fn((100, 2), |(i, j)| rows[i][j]);
    let labels: Vec<i8> = rows.iter().map(|r| if r[2] > 0.5 { 1 } else { -1 }).collect();
    use theriac::network::*;
    use theriac::question::*;
    for n in from..=to {
        let network = Network {
            layers: vec![Layer::Affine(Affine {
                weight: ndarray::Array2::zeros((1, 2)),
                bias: Some(ndarray::Array1::zeros(1)),
                node: "g".into(),
            })],
            inputs: 2,
            outputs: 1,
        };
        let train = Dataset {
            name: "train".into(),
            features: features.clone(),
            columns: vec!["x0".into(), "x1".into()],
            labels: Labels::Signs(labels.clone()),
        };
        let goal = Goal::Margin(TestPoint {
            input: rows[3][..2].to_vec(),
            target: Target::Sign(f64::from(labels[3])),
            source: "train[3]".into(),
        });
        let training = Training {
            loss: Loss::Hinge,
            reduction: Reduction::Mean,
            rates: vec![0.5; steps],
            batches: vec![(0..100).collect(); steps],
            momentum: 0.0,
            decay: 0.0,
            clip: None,
        };
        let threat = Threat {
            scope: Scope::Run,
            budget: Budget::Joint(n),
            candidates: (0..100).collect(),
            labels: Some(LabelThreat::Flip),
            features: None,
            deletion: None,
            insertion: None,
        };
        let q = Question {
            network,
            train,
            training,
            threat,
            claim: None,
            goal,
            encode: EncodeOptions::default(),
        };
        let start = Instant::now();
        let options = theriac::search::exhaustive::ExhaustiveOptions {
            time_limit: Some(Duration::from_secs(limit as u64)),
            ..Default::default()
        };
        let r = theriac::search::exhaustive::solve(&q, &options).unwrap();
        println!(
            "T={steps} n={n}: {:.12} bound {:.12} complete {} nodes {} replays {} {:?} {:.2}s",
            r.value,
            r.bound,
            r.complete,
            r.nodes,
            r.replays,
            r.attack.choices[0].changes.keys().collect::<Vec<_>>(),
            start.elapsed().as_secs_f64()
        );
    }
}
