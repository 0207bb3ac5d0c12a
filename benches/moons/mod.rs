//! The question that the benches ask of 100 half-moons.

use std::path::Path;

use ndarray::{Array1, Array2};
use theriac::front::csv::{self, CsvSpec, LabelSpec};
use theriac::network::{Affine, Layer, Network};
use theriac::question::*;

/// Hinge, full batch, rate 0.5, start weights 0, `n` flipped labels, the margin at row 3.
pub fn question(steps: usize, n: usize) -> Question {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/moons_n100_noise0.1_seed0.csv");
    let spec = CsvSpec {
        name: "train".into(),
        features: vec!["x0".into(), "x1".into()],
        labels: vec!["target".into()],
        mapping: LabelSpec::Signs(vec![("0".into(), -1), ("1".into(), 1)]),
    };
    let train = csv::load(Path::new(path), &spec).expect("the data").dataset;
    let layer = Affine {
        weight: Array2::zeros((1, 2)),
        bias: Some(Array1::zeros(1)),
        node: "linear".into(),
    };
    let goal = Goal::Margin(TestPoint {
        input: train.row(3),
        target: train.target(3),
        source: "train[3]".into(),
    });
    Question {
        network: Network { layers: vec![Layer::Affine(layer)], inputs: 2, outputs: 1 },
        training: Training {
            loss: Loss::Hinge,
            reduction: Reduction::Mean,
            rates: vec![0.5; steps],
            batches: vec![(0..train.len()).collect(); steps],
            momentum: 0.0,
            decay: 0.0,
            clip: None,
        },
        threat: Threat {
            scope: Scope::Run,
            budget: Budget::Joint(n),
            candidates: (0..train.len()).collect(),
            labels: Some(LabelThreat::Flip),
            features: None,
            deletion: None,
            insertion: None,
        },
        train,
        claim: goal.default_claim(),
        goal,
        encode: EncodeOptions { flips: FlipEncoding::TwoSwitches, ..EncodeOptions::default() },
    }
}
