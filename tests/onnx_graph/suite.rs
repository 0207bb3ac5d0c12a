//! One test of the ONNX project: a model, recorded inputs, recorded outputs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use theriac::front::onnx::import::{Elements, Kind, Stripped, Tensor, tensor_from_bytes};
use theriac::front::onnx::{self, LoadedGraph, Options};
use theriac::network::graph::Rounding;

/// What came of a test.
pub(crate) enum Verdict {
    /// All outputs are right. How many of the inputs had to be constants.
    Passed { fixed: usize, inputs: usize },
    /// The file is refused, with the sentence.
    Refused(String),
    /// Something is wrong.
    Failed(String),
}

/// Runs the test in a folder: `model.onnx` with recorded inputs and outputs.
///
/// The inputs are tried as variables first, then fewer of them: those of truth and integer type as
/// constants, all but the first, and all.
pub(crate) fn run(folder: &Path, tolerance: Tolerance) -> Verdict {
    let path = folder.join("model.onnx");
    let Ok(bytes) = std::fs::read(&path) else {
        return Verdict::Failed("no model".to_owned());
    };
    let bytes = Bytes::from(bytes);
    let plain = onnx::load_graph_bytes(&path, bytes.clone(), &Options::default());
    let (inputs, outputs) =
        match data(folder, "input").and_then(|i| Ok((i, data(folder, "output")?))) {
            Ok(found) => found,
            // Data of a type that is not read belong to a model that is not read.
            Err(e) => {
                return match plain {
                    Err(refusal) => Verdict::Refused(sentence(&refusal)),
                    Ok(_) => Verdict::Failed(format!("the data are not read: {e}")),
                };
            }
        };
    let names = match input_names(&bytes) {
        Ok(names) if names.len() == inputs.len() => names,
        Ok(names) => {
            return Verdict::Failed(format!("{} inputs, {} given", names.len(), inputs.len()));
        }
        Err(e) => return Verdict::Refused(e),
    };
    let mut refusal = None;
    let mut reals = inputs.iter().enumerate().filter(|(_, t)| is_real(t.kind)).map(|(k, _)| k);
    let first_real = reals.next();
    let modes: [&dyn Fn(usize) -> bool; 5] = [
        &|_| false,
        &|k| !is_real(inputs[k].kind),
        &|k| k != 0,
        &|k| Some(k) != first_real,
        &|_| true,
    ];
    for fixed in modes {
        let mut options = Options { keep_last: true, ..Options::default() };
        for (k, name) in names.iter().enumerate() {
            if fixed(k) {
                options.fixed.insert(name.clone(), inputs[k].clone());
            } else {
                options.shapes.insert(name.clone(), inputs[k].shape.clone());
            }
        }
        match onnx::load_graph_bytes(&path, bytes.clone(), &options) {
            Err(e) => refusal = Some(sentence(&e)),
            Ok(loaded) => {
                let count = (0..names.len()).filter(|&k| fixed(k)).count();
                let variable: Vec<&Tensor> =
                    (0..names.len()).filter(|&k| !fixed(k)).map(|k| &inputs[k]).collect();
                return match compare(&loaded, &variable, &outputs, tolerance) {
                    Ok(()) => Verdict::Passed { fixed: count, inputs: names.len() },
                    Err(e) => Verdict::Failed(e),
                };
            }
        }
    }
    Verdict::Refused(refusal.unwrap_or_default())
}

fn is_real(kind: Kind) -> bool {
    matches!(kind, Kind::Float | Kind::Double)
}

/// An error without the name of the file.
fn sentence(e: &onnx::OnnxError) -> String {
    let file = e.file.display().to_string();
    let text = e.to_string();
    text.strip_prefix(&file).unwrap_or(&text).trim_start_matches(": ").to_owned()
}

/// Names of the inputs that are no initialisers.
fn input_names(bytes: &Bytes) -> Result<Vec<String>, String> {
    let model = onnx::decode(bytes).map_err(|e| e.to_string())?;
    let graph = model.graph.ok_or("no graph")?;
    let constants: Vec<&str> = graph.initializer.iter().map(|t| t.name.as_str()).collect();
    let names = graph.input.iter().map(|i| i.name.clone());
    Ok(names.filter(|n| !constants.contains(&n.as_str())).collect())
}

/// Where the recorded tensors are: in the ONNX project's layout, or beside the model.
pub(crate) fn data_folder(folder: &Path) -> PathBuf {
    let inner = folder.join("test_data_set_0");
    if inner.is_dir() { inner } else { folder.to_path_buf() }
}

/// Recorded tensors in the order of their numbers.
fn data(folder: &Path, kind: &str) -> Result<Vec<Tensor>, String> {
    let mut list = Vec::new();
    for k in 0.. {
        let path = data_folder(folder).join(format!("{kind}_{k}.pb"));
        let Ok(bytes) = std::fs::read(&path) else { break };
        let tensor = tensor_from_bytes(&Bytes::from(bytes)).map_err(|e| e.to_string())?;
        list.push(tensor);
    }
    Ok(list)
}

fn numbers(t: &Tensor) -> Vec<f64> {
    match &t.elements {
        Elements::Real(list) => list.clone(),
        Elements::Integer(list) => list.iter().map(|&v| v as f64).collect(),
        Elements::Bool(list) => list.iter().map(|&v| f64::from(u8::from(v))).collect(),
    }
}

/// How near the outputs must be.
#[derive(Clone, Copy)]
pub(crate) enum Tolerance {
    /// Of the operator tests: 1e-3 of each number and 1e-7.
    Suite,
    /// Or 1e-5 of the largest output, because single precision loses what cancels.
    Network,
}

/// The outputs agree with the recorded ones.
pub(crate) fn compare(
    loaded: &LoadedGraph,
    inputs: &[&Tensor],
    expected: &[Tensor],
    tolerance: Tolerance,
) -> Result<(), String> {
    let argument: Vec<f64> = inputs.iter().flat_map(|t| numbers(t)).collect();
    let all = loaded.graph.eval(&argument, Rounding::Double).map_err(|e| e.to_string())?;
    let ports = &loaded.graph.outputs;
    if ports.len() != expected.len() {
        return Err(format!("{} outputs, {} recorded", ports.len(), expected.len()));
    }
    let arg_max: BTreeMap<usize, _> = loaded
        .notes
        .iter()
        .filter_map(|n| match n.function {
            Stripped::ArgMax { select_last } => Some((n.output, (n, select_last))),
            Stripped::Softmax | Stripped::LogSoftmax => None,
        })
        .collect();
    let mut start = 0;
    for (position, (port, expected)) in ports.iter().zip(expected).enumerate() {
        let mut found = all[start..start + port.len()].to_vec();
        start += port.len();
        if let Some((note, select_last)) = arg_max.get(&position) {
            found = positions(&found, &note.shape, note.axes.0, *select_last);
        } else if port.shape != expected.shape {
            return Err(format!("shape {:?}, not {:?}", port.shape, expected.shape));
        }
        let truth = numbers(expected);
        if found.len() != truth.len() {
            return Err(format!("{} numbers, not {}", found.len(), truth.len()));
        }
        let largest = truth.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
        let slack = match tolerance {
            Tolerance::Suite => 1e-7,
            Tolerance::Network => 1e-7 + 1e-5 * largest,
        };
        for (k, (f, t)) in found.iter().zip(&truth).enumerate() {
            let near = (f - t).abs() <= slack + 1e-3 * t.abs();
            let same = near || f == t || (f.is_nan() && t.is_nan());
            if !same {
                return Err(format!("output {position}, element {k}: {f}, not {t}"));
            }
        }
    }
    Ok(())
}

/// Positions of the largest elements along an axis.
fn positions(scores: &[f64], shape: &[usize], axis: usize, last: bool) -> Vec<f64> {
    let inner: usize = shape[axis + 1..].iter().product();
    let outer: usize = shape[..axis].iter().product();
    let mut result = Vec::new();
    for o in 0..outer {
        for i in 0..inner {
            let at = |k: usize| scores[(o * shape[axis] + k) * inner + i];
            let mut best = 0;
            for k in 1..shape[axis] {
                if at(k) > at(best) || (last && at(k) == at(best)) {
                    best = k;
                }
            }
            result.push(best as f64);
        }
    }
    result
}
