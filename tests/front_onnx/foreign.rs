//! Every ONNX file must look the same through theriac's reader and through `onnx-protobuf`, and
//! networks must compute what other programs computed.
//!
//! `THERIAC_ONNX_DIR` names a further folder whose ONNX files are compared too.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use onnx_oracle::build::onnx_protobuf::{Message, TensorProto};
use onnx_oracle::run::{dense, run};
use onnx_oracle::view::{AttributeView, NodeView, TensorView, ValueView, View, view};
use theriac::front::csv::{self, CsvSpec, LabelSpec};
use theriac::front::onnx::{self, proto};
use theriac::question::Target;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All ONNX files under a folder, in the order of their paths.
fn onnx_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "onnx") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The oracle's view, made from theriac's messages.
fn own_view(model: &proto::Model) -> Option<View> {
    let graph = model.graph.as_ref()?;
    let node = |n: &proto::Node| NodeView {
        names: [n.name.clone(), n.op_type.clone(), n.domain.clone()],
        inputs: n.input.clone(),
        outputs: n.output.clone(),
        attributes: n.attribute.iter().map(own_attribute).collect(),
    };
    let sparse = graph.sparse_initializer.iter().filter_map(|s| s.values.as_ref());
    Some(View {
        ir_version: model.ir_version,
        producer: (model.producer_name.clone(), model.producer_version.clone()),
        opsets: model.opset_import.iter().map(|o| (o.domain.clone(), o.version)).collect(),
        functions: model.functions.iter().map(|f| (f.domain.clone(), f.name.clone())).collect(),
        inputs: graph.input.iter().map(own_value).collect(),
        outputs: graph.output.iter().map(own_value).collect(),
        nodes: graph.node.iter().map(node).collect(),
        initializers: graph.initializer.iter().map(own_tensor).collect(),
        sparse: sparse.map(|t| t.name.clone()).collect(),
    })
}

fn own_value(info: &proto::ValueInfo) -> ValueView {
    let Some(tensor) = info.r#type.as_ref().and_then(|t| t.tensor_type.as_ref()) else {
        return (info.name.clone(), None, None);
    };
    let dim = |d: &proto::Dimension| match &d.value {
        Some(proto::DimensionValue::Number(n)) => n.to_string(),
        Some(proto::DimensionValue::Name(name)) => format!("name {name}"),
        None => "?".to_owned(),
    };
    let dims = tensor.shape.as_ref().map(|s| s.dim.iter().map(dim).collect());
    (info.name.clone(), Some(tensor.elem_type), dims)
}

fn own_attribute(a: &proto::Attribute) -> AttributeView {
    AttributeView {
        names: [a.name.clone(), a.ref_attr_name.clone()],
        kind: a.r#type,
        f: a.f.to_bits(),
        i: a.i,
        strings: std::iter::once(&a.s).chain(&a.strings).map(|s| s.to_vec()).collect(),
        tensor: a.t.as_ref().map(own_tensor),
        floats: a.floats.iter().map(|v| v.to_bits()).collect(),
        ints: a.ints.clone(),
    }
}

fn own_tensor(t: &proto::Tensor) -> TensorView {
    TensorView {
        name: t.name.clone(),
        dims: t.dims.clone(),
        data_type: t.data_type,
        raw: t.raw_data.as_deref().unwrap_or_default().to_vec(),
        floats: t.float_data.iter().map(|v| v.to_bits()).collect(),
        doubles: t.double_data.iter().map(|v| v.to_bits()).collect(),
        int32s: t.int32_data.clone(),
        int64s: t.int64_data.clone(),
        external: t.external_data.iter().map(|e| (e.key.clone(), e.value.clone())).collect(),
        location: t.data_location,
        segment: t.segment.as_ref().map(|s| (s.begin, s.end)),
    }
}

/// Largest difference of two lists, relative to the largest entry (at least 1).
fn difference(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    let scale = a.iter().chain(b).fold(1.0, |m: f64, v| m.max(v.abs()));
    a.iter().zip(b).fold(0.0, |m: f64, (x, y)| m.max((x - y).abs())) / scale
}

/// Compares the two readings of one file; a chain must also compute what the oracle's
/// interpreter computes. Whether the file is a chain.
fn compare(path: &Path) -> bool {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let bytes = Bytes::from(bytes);
    let model = onnx::decode(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let theirs = view(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let ours = own_view(&model).unwrap_or_else(|| panic!("{}: no graph", path.display()));
    assert!(ours == theirs, "{}: the readers differ", path.display());
    let Ok(loaded) = onnx::load(path) else { return false };
    let mut rng = fastrand::Rng::with_seed(3);
    for _ in 0..3 {
        let input: Vec<f64> = (0..loaded.network.inputs).map(|_| rng.f64() * 2.0 - 1.0).collect();
        let truth = run(&bytes, &input).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let found = difference(&loaded.network.eval(&input), &truth);
        assert!(found < 1e-12, "{}: outputs differ by {found:e}", path.display());
    }
    true
}

#[test]
fn both_readers_see_the_same() {
    let files: Vec<PathBuf> =
        ["examples", "tests", "golden"].iter().flat_map(|f| onnx_files(&root().join(f))).collect();
    let chains = files.iter().filter(|path| compare(path)).count();
    assert!(chains >= 13 && files.len() >= 18, "{chains} chains in {} files", files.len());
    if let Ok(folder) = std::env::var("THERIAC_ONNX_DIR") {
        let files = onnx_files(Path::new(&folder));
        let chains = files.iter().filter(|path| compare(path)).count();
        println!("{folder}: {} files the same, {chains} of them chains", files.len());
    }
}

/// Files in `tests/data/onnx` with outputs recorded by onnxruntime in single precision; each row
/// of the batch is one input.
#[test]
fn outputs_recorded_by_onnxruntime() {
    let mut folders = vec![root().join("tests/data/onnx")];
    folders.extend(std::env::var("THERIAC_ONNX_DIR").map(PathBuf::from));
    for folder in folders {
        let mut compared = 0;
        for path in onnx_files(&folder) {
            let Some(around) = path.parent() else { continue };
            let Some((input, output)) = recorded(around) else { continue };
            let Ok(loaded) = onnx::load(&path) else { continue };
            let network = &loaded.network;
            let batch = input.len() / network.inputs;
            assert_eq!(output.len(), batch * network.outputs, "{}", path.display());
            for (x, y) in input.chunks(network.inputs).zip(output.chunks(network.outputs)) {
                let found = difference(&network.eval(x), y);
                assert!(found < 1e-5, "{}: outputs differ by {found:e}", path.display());
                compared += 1;
            }
        }
        println!("{}: {compared} recorded outputs", folder.display());
        assert!(compared >= 16, "{compared}");
    }
}

fn recorded(folder: &Path) -> Option<(Vec<f64>, Vec<f64>)> {
    let read = |name: &str| {
        let here = std::fs::read(folder.join(name));
        let bytes = here.or_else(|_| std::fs::read(folder.join("test_data_set_0").join(name)));
        let tensor = TensorProto::parse_from_bytes(&bytes.ok()?).ok()?;
        dense(&tensor).ok().map(|t| t.data)
    };
    Some((read("input_0.pb")?, read("output_0.pb")?))
}

/// Mean losses of the start networks on the whole training data, as another program computed
/// them in double precision.
#[test]
fn recorded_training_losses() {
    let folder = root().join("examples/data");
    let own = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<String>>();
    let numbered = |prefix: &str, count| (0..count).map(|i| format!("{prefix}{i}")).collect();
    let moons = CsvSpec {
        name: "train".into(),
        features: numbered("x", 2),
        labels: own(&["target"]),
        mapping: LabelSpec::Signs(vec![("0".into(), -1), ("1".into(), 1)]),
    };
    let iris = CsvSpec {
        name: "train".into(),
        features: numbered("x", 4),
        labels: numbered("y", 3),
        mapping: LabelSpec::OneHot,
    };
    let diabetes = CsvSpec {
        name: "train".into(),
        features: numbered("x", 10),
        labels: own(&["y0"]),
        mapping: LabelSpec::Real,
    };
    let moons_file = "moons_n100_noise0.1_seed0.csv";
    for (network, data, spec, loss) in [
        ("moons_2-1_s1.onnx", moons_file, &moons, 1.2323196289606966),
        ("moons_2-4-1_s1.onnx", moons_file, &moons, 0.9681831956284634),
        ("moons_2-4-4-1_s1.onnx", moons_file, &moons, 0.9822626164457167),
        ("iris3_4-3_s1.onnx", "iris3_train.csv", &iris, 0.9329983820825638),
        ("diabetes_10-1_s1.onnx", "diabetes_train.csv", &diabetes, 1.87491728972524),
    ] {
        let network = onnx::load(&folder.join(network)).unwrap().network;
        let data = csv::load(&folder.join(data), spec).unwrap().dataset;
        let sum: f64 = (0..data.len())
            .map(|i| {
                let out = network.eval(&data.row(i));
                match data.target(i) {
                    Target::Sign(y) => (1.0 - y * out[0]).max(0.0),
                    Target::Class(c) => {
                        let top = out.iter().fold(f64::MIN, |m, &v| m.max(v));
                        top + out.iter().map(|v| (v - top).exp()).sum::<f64>().ln() - out[c]
                    }
                    Target::Real(y) => (out[0] - y[0]).powi(2),
                }
            })
            .sum();
        let mean = sum / data.len() as f64;
        assert!(((mean - loss) / loss).abs() < 1e-12, "{mean} instead of {loss}");
    }
}
