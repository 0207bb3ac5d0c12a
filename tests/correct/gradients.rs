//! Losses over data sets and their derivatives against recorded steps of another implementation.

use std::path::{Path, PathBuf};

use serde_json::Value;
use theriac::front::onnx::{Options, load_graph};
use theriac::network::graph::batch::{Batches, Float};
use theriac::question::Loss;
use theriac::train::Label;
use theriac::train::whole::{Samples, fit};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/steps")
}

fn number(v: &Value) -> f64 {
    v.as_f64().expect("a number")
}

/// Rows `x0.., y0..` of a CSV file.
fn rows(data: &str) -> Vec<(Vec<f64>, Vec<f64>)> {
    let text = std::fs::read_to_string(folder().join(format!("{data}_train.csv"))).unwrap();
    let mut lines = text.lines();
    let inputs = lines.next().unwrap().split(',').filter(|c| c.starts_with('x')).count();
    lines
        .map(|line| {
            let all: Vec<f64> = line.split(',').map(|v| v.parse().unwrap()).collect();
            (all[..inputs].to_vec(), all[inputs..].to_vec())
        })
        .collect()
}

fn label(loss: Loss, y: &[f64]) -> Label<f64> {
    match loss {
        Loss::CrossEntropy => Label::Class(y.iter().position(|v| *v == 1.0).unwrap()),
        Loss::Hinge | Loss::Logistic => Label::Sign(y[0]),
        _ => Label::Real(y.to_vec()),
    }
}

fn samples<T: Float>(rows: &[(Vec<f64>, Vec<f64>)], loss: Loss) -> Samples<T> {
    Samples {
        width: rows[0].0.len(),
        inputs: rows.iter().flat_map(|(x, _)| x.iter().map(|v| T::constant(*v))).collect(),
        labels: rows.iter().map(|(_, y)| label(loss, y)).collect(),
    }
}

/// `(before - after) / rate` of the first recorded step is the derivative at the start.
#[test]
fn derivatives_are_those_of_recorded_steps() {
    let (mut runs, mut numbers) = (0, 0);
    for entry in std::fs::read_dir(folder()).unwrap() {
        let file = entry.unwrap().path();
        if file.extension().is_none_or(|e| e != "json") {
            continue;
        }
        let name = file.display();
        let run: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let loss = match run["loss"].as_str().unwrap() {
            "mse" => Loss::Squared,
            "softmax_ce" => Loss::CrossEntropy,
            "hinge" => Loss::Hinge,
            "logistic" => Loss::Logistic,
            other => panic!("{other}"),
        };
        let options = Options { trainable: true, ..Options::default() };
        let network = folder().join(run["network"].as_str().unwrap());
        let loaded = load_graph(&network, &options).unwrap();
        let (step, rate) = (&run["steps"][0], number(&run["lr"]));
        let (first, last) = (number(&step["rows"][0]) as usize, number(&step["rows"][1]) as usize);
        let data = &rows(run["data"].as_str().unwrap())[first..=last];
        let batches = Batches::new(&loaded.graph);
        let told = fit(&batches, &samples::<f64>(data, loss), loss, Some(&loaded.parameters));
        let told = told.unwrap();
        let recorded = number(&step["loss"]);
        assert!((told.loss - recorded).abs() < 1e-12 * (1.0 + recorded), "{name}: {}", told.loss);
        let rough = fit(&batches, &samples::<f32>(data, loss), loss, Some(&loaded.parameters));
        let rough = rough.unwrap();
        assert!((rough.loss - recorded).abs() < 1e-5 * (1.0 + recorded), "{name}: {}", rough.loss);
        let starts = loaded.parameters.starts();
        for (k, tensor) in loaded.parameters.tensors.iter().enumerate() {
            let after: Vec<f64> = match &step["params_after"][&tensor.name] {
                Value::Array(list) if list[0].is_array() => {
                    list.iter().flat_map(|row| row.as_array().unwrap().iter().map(number)).collect()
                }
                Value::Array(list) => list.iter().map(number).collect(),
                other => panic!("{name}: {} is {other}", tensor.name),
            };
            assert_eq!(after.len(), tensor.values.len(), "{name}: {}", tensor.name);
            for (e, (before, after)) in tensor.values.iter().zip(after).enumerate() {
                let recorded = (before - after) / rate;
                let (own, rough) = (told.gradient[starts[k] + e], rough.gradient[starts[k] + e]);
                // The difference of two numbers of size 1 over the rate.
                assert!((own - recorded).abs() < 1e-13 / rate, "{name}: {own} {recorded}");
                assert!(
                    (rough - recorded).abs() < 1e-4 * (1.0 + recorded.abs()),
                    "{name}: {rough}"
                );
                numbers += 1;
            }
        }
        runs += 1;
    }
    assert!(runs == 135 && numbers > 3_000, "{runs} {numbers}");
}
