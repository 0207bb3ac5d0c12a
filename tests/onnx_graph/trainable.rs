//! Which numbers of a file can be trained, and files with other numbers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use theriac::front::onnx::{Options, load_graph, load_graph_bytes, rewrite};
use theriac::network::graph::Rounding;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn models(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            models(&path, found);
        } else if path.extension().is_some_and(|e| e == "onnx") {
            found.push(path);
        }
    }
}

const TRAINABLE: bool = true;

fn options() -> Options {
    Options { trainable: TRAINABLE, ..Options::default() }
}

/// A file that is written with other numbers is the graph with these numbers in their places: for
/// every model here, whatever its layers.
#[test]
fn written_parameters_are_those_of_the_graph() {
    let mut files = Vec::new();
    for folder in [
        "tests/data/onnx",
        "tests/data/steps",
        "tests/data/binarised",
        "grammar/data",
        "examples/data",
    ] {
        models(&root().join(folder), &mut files);
    }
    let mut rng = Rng::with_seed(1);
    let (mut trained, mut tensors, mut numbers, mut moved) = (0, 0, 0, 0);
    for file in &files {
        let name = file.display();
        let Ok(plain) = load_graph(file, &Options::default()) else { continue };
        let mut loaded = load_graph(file, &options()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let parameters = loaded.parameters.clone();
        let point: Vec<f64> = (0..plain.graph.input_len()).map(|_| rng.f64()).collect();
        let value = |g: &theriac::network::graph::Graph| g.eval(&point, Rounding::Double).unwrap();
        let before = value(&plain.graph);
        // The same sums in another form: biases of 0, shifts that are not part of a layer.
        for (a, b) in before.iter().zip(value(&loaded.graph)) {
            assert!((a - b).abs() <= 1e-12 * (1.0 + a.abs()), "{name}: {a} {b}");
        }
        let again = loaded.graph.clone();
        parameters.write(&parameters.vector(), &mut loaded.graph);
        assert_eq!(again, loaded.graph, "{name}");
        if parameters.is_empty() {
            continue;
        }
        trained += 1;
        tensors += parameters.tensors.len();
        numbers += parameters.len();
        let change = |v: &f64| f64::from((v + rng.f64() - 0.5) as f32);
        let vector: Vec<f64> = parameters.vector().iter().map(change).collect();
        parameters.write(&vector, &mut loaded.graph);
        let starts = parameters.starts();
        let new: BTreeMap<&str, &[f64]> = parameters
            .tensors
            .iter()
            .enumerate()
            .map(|(k, t)| (t.name.as_str(), &vector[starts[k]..starts[k + 1]]))
            .collect();
        let bytes = std::fs::read(file).unwrap();
        let written = rewrite(&bytes, &new).unwrap_or_else(|e| panic!("{name}: {e}"));
        let read = load_graph_bytes(file, written.clone().into(), &options()).unwrap();
        assert_eq!(read.graph, loaded.graph, "{name}");
        assert_eq!(read.parameters.vector(), vector, "{name}");
        moved += usize::from(value(&read.graph) != before);
        // The old numbers again: the file as it was, up to where the numbers stand in it.
        let old: BTreeMap<&str, &[f64]> =
            parameters.tensors.iter().map(|t| (t.name.as_str(), t.values.as_slice())).collect();
        let back = rewrite(&written, &old).unwrap();
        assert_eq!(back, rewrite(&bytes, &old).unwrap(), "{name}");
        let back = load_graph_bytes(file, back.into(), &options()).unwrap();
        assert_eq!(back.graph, again, "{name}");
    }
    assert!(
        trained >= 40 && tensors >= 100 && numbers > 5_000 && moved >= trained - 2,
        "{} files: {trained} {tensors} {numbers} {moved}",
        files.len()
    );
}

#[test]
fn what_is_no_tensor_of_the_file_is_refused() {
    let file = root().join("tests/data/steps/init/moons_2-4-1_s1.onnx");
    let bytes = std::fs::read(&file).unwrap();
    let loaded = load_graph(&file, &options()).unwrap();
    let names: Vec<&str> = loaded.parameters.tensors.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["W1", "b1", "W2", "b2"]);
    assert_eq!(loaded.parameters.len(), 2 * 4 + 4 + 4 + 1);
    let told = |name: &str, list: &[f64]| {
        rewrite(&bytes, &BTreeMap::from([(name, list)])).unwrap_err().to_string()
    };
    assert!(told("W9", &[1.0]).contains("W9"), "{}", told("W9", &[1.0]));
    assert!(told("b1", &[1.0]).contains('4'), "{}", told("b1", &[1.0]));
    assert!(rewrite(&bytes[..40], &BTreeMap::new()).is_err());
}
