//! The trainer against 135 recorded runs of another implementation, step by step.

use crate::support;
use std::path::{Path, PathBuf};

use crate::support::{flips, point};
use serde_json::Value;
use theriac::front::csv::{CsvSpec, LabelSpec, load as load_csv};
use theriac::front::onnx::load as load_onnx;
use theriac::question::*;
use theriac::train::{Poisoned, Trainer};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/steps")
}

fn text(v: &Value) -> &str {
    v.as_str().expect("a string")
}

/// Whether two numbers agree to 1e-12, relative to their size or, where the parameter nearly
/// cancels, to the unit size of the data.
fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs().max(1e-2)
}

fn question_of(run: &Value) -> (Question, Vec<(usize, usize)>) {
    let network = load_onnx(&folder().join(text(&run["network"]))).expect("a network").network;
    let columns = |letter: &str, n: usize| (0..n).map(|k| format!("{letter}{k}")).collect();
    let spec = CsvSpec {
        name: "train".into(),
        features: columns("x", network.inputs),
        labels: columns("y", network.outputs),
        mapping: LabelSpec::Real,
    };
    let file = folder().join(format!("{}_train.csv", text(&run["data"])));
    let mut train = load_csv(&file, &spec).expect("data").dataset;
    let Labels::Real(y) = &train.labels else { panic!("real labels") };
    let (loss, labels) = match text(&run["loss"]) {
        "mse" => (Loss::Squared, train.labels.clone()),
        "softmax_ce" => {
            let hot = |r: ndarray::ArrayView1<'_, f64>| r.iter().position(|v| *v == 1.0);
            let of: Option<Vec<usize>> = y.rows().into_iter().map(hot).collect();
            let (of, count) = (of.expect("one-hot labels"), y.ncols());
            (Loss::CrossEntropy, Labels::Classes { of, count, names: columns("c", count) })
        }
        kind => {
            let signs = y.iter().map(|v| if *v > 0.0 { 1 } else { -1 }).collect();
            let loss = if kind == "hinge" { Loss::Hinge } else { Loss::Logistic };
            assert!(kind == "hinge" || kind == "logistic", "{kind}");
            (loss, Labels::Signs(signs))
        }
    };
    train.labels = labels;
    let steps = run["steps"].as_array().expect("steps");
    let row = |s: &Value, k: usize| s["rows"][k].as_u64().expect("a row") as usize;
    let rows: Vec<(usize, usize)> = steps.iter().map(|s| (row(s, 0), row(s, 1))).collect();
    let training = Training {
        loss,
        reduction: Reduction::Mean,
        rates: vec![run["lr"].as_f64().expect("a rate"); rows.len()],
        batches: rows.iter().map(|(a, b)| (*a..=*b).collect()).collect(),
        momentum: 0.0,
        decay: 0.0,
        clip: None,
    };
    let goal = Goal::Margin(point(&vec![0.0; network.inputs], Target::Sign(1.0)));
    let threat = flips(0, train.len());
    (support::question(network, train, training, threat, goal), rows)
}

#[test]
fn every_recorded_step_is_reproduced() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("the folder")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 135);
    let mut steps = 0;
    for file in files {
        let name = file.file_name().expect("a name").to_string_lossy().to_string();
        let run: Value =
            serde_json::from_str(&std::fs::read_to_string(&file).expect("a file")).expect("JSON");
        let (q, _) = question_of(&run);
        let trainer = Trainer::<f64>::new(&q).expect("a trainer");
        let data = Poisoned::<f64>::new(&q, &Choice::default()).expect("data");
        let mut state = trainer.begin();
        for (t, step) in run["steps"].as_array().expect("steps").iter().enumerate() {
            let loss = trainer.batch_loss(t, &state.theta, &data).expect("a loss");
            let expected = step["loss"].as_f64().expect("a loss");
            assert!(close(loss, expected), "{name} step {t}: loss {loss} {expected}");
            trainer.step(t, &mut state, &data, 0.0, &mut Vec::new()).expect("a step");
            let after = trainer.chain.parameters(&state.theta);
            for (k, layer) in after.layers.iter().enumerate() {
                let weight = step["params_after"][format!("W{}", k + 1)].as_array().expect("W");
                for (row, expected) in layer.weight.rows().into_iter().zip(weight) {
                    let expected = expected.as_array().expect("a row");
                    assert_eq!(row.len(), expected.len(), "{name}");
                    for (a, b) in row.iter().zip(expected) {
                        let b = b.as_f64().expect("a number");
                        assert!(close(*a, b), "{name} step {t} W{}: {a} {b}", k + 1);
                    }
                }
                let bias = step["params_after"][format!("b{}", k + 1)].as_array().expect("b");
                let own = layer.bias.as_ref().expect("a bias");
                assert_eq!(own.len(), bias.len(), "{name}");
                for (a, b) in own.iter().zip(bias) {
                    let b = b.as_f64().expect("a number");
                    assert!(close(*a, b), "{name} step {t} b{}: {a} {b}", k + 1);
                }
            }
            steps += 1;
        }
    }
    assert!(steps >= 135, "{steps}");
}
