//! What is wrong with a file is said in one sentence that names the place and what to do.

use std::path::Path;

use bytes::Bytes;
use onnx_oracle::build::onnx_protobuf::attribute_proto::AttributeType;
use onnx_oracle::build::onnx_protobuf::{AttributeProto, StringStringEntryProto, TensorProto};
use onnx_oracle::build::{Build, attribute, floats, int_attribute, int64s, raw_floats, tensor};
use theriac::front::onnx::{Options, load_graph, load_graph_bytes};

fn message(build: &Build) -> String {
    let bytes = Bytes::from(build.bytes());
    match load_graph_bytes(Path::new("net.onnx"), bytes, &Options::default()) {
        Ok(loaded) => panic!("it is read: {:?}", loaded.graph),
        Err(e) => e.to_string(),
    }
}

/// One sentence: no full stop inside, a place in front, words that must occur.
fn refused(build: &Build, words: &[&str]) {
    let message = message(build);
    assert!(message.starts_with("net.onnx: "), "{message}");
    assert!(message.contains("; "), "says what to do: {message}");
    assert!(!message.contains(". ") && !message.contains('\n'), "{message}");
    for word in words {
        assert!(message.contains(word), "{word:?} is missing in: {message}");
    }
}

fn net() -> Build {
    Build::new(13).input("x", &[1, 4]).output("y")
}

#[test]
fn cycles_missing_and_repeated_names() {
    let cycle = net().node("Add", &["x", "b"], "a", vec![]).node("Add", &["x", "a"], "b", vec![]);
    refused(&cycle.node("Relu", &["b"], "y", vec![]), &["(Add)", "its own output"]);
    refused(&net().node("Add", &["x", "w"], "y", vec![]), &["value \"w\"", "nothing in the graph"]);
    let twice = net().node("Relu", &["x"], "y", vec![]).node("Abs", &["x"], "y", vec![]);
    refused(&twice, &["value \"y\"", "own name"]);
    let named = net().constant(floats("x2", &[1], &[1.0])).constant(floats("x2", &[1], &[2.0]));
    refused(&named.node("Add", &["x", "x2"], "y", vec![]), &["value \"x2\"", "own name"]);
    refused(&Build::new(13).input("x", &[1]), &["no output"]);
}

#[test]
fn shapes_that_disagree() {
    let w = |dims: &[i64]| raw_floats("w", dims, &vec![1.0; dims.iter().product::<i64>() as usize]);
    let mul = net().constant(w(&[3, 2])).node("MatMul", &["x", "w"], "y", vec![]);
    refused(&mul, &["\"MatMul_y\" (MatMul)", "[1, 4]", "[3, 2]", "matrix product"]);
    let add = net().constant(w(&[3])).node("Add", &["x", "w"], "y", vec![]);
    refused(&add, &["(Add)", "[1, 4]", "[3]", "element by element"]);
    let shape = net().constant(int64s("s", &[3, -1])).node("Reshape", &["x", "s"], "y", vec![]);
    refused(&shape, &["(Reshape)", "[3, -1]", "numbers of elements"]);
    let conv = Build::new(13).input("x", &[1, 2, 5, 5]).output("y").constant(w(&[1, 3, 2, 2]));
    refused(&conv.node("Conv", &["x", "w"], "y", vec![]), &["(Conv)", "channels"]);
    let axis = net().node("Concat", &["x", "x"], "y", vec![int_attribute("axis", 2)]);
    refused(&axis, &["(Concat)", "axis", "does not exist"]);
    let gather = net().constant(int64s("i", &[4]));
    let gather = gather.node("Gather", &["x", "i"], "y", vec![int_attribute("axis", 1)]);
    refused(&gather, &["(Gather)", "index 4", "dimension of 4"]);
    let window = Build::new(13).input("x", &[1, 1, 2, 2]).output("y").constant(w(&[1, 1, 3, 3]));
    refused(&window.node("Conv", &["x", "w"], "y", vec![]), &["(Conv)", "smaller than the window"]);
}

#[test]
fn types_that_are_not_read() {
    let int8 = TensorProto { raw_data: vec![1; 4], ..tensor("w", &[4], 3) };
    let net8 = net().constant(int8).node("Add", &["x", "w"], "y", vec![]);
    refused(&net8, &["tensor \"w\"", "int8", "quantisation"]);
    let half = TensorProto { raw_data: vec![0; 8], ..tensor("w", &[4], 10) };
    refused(&net().constant(half).node("Add", &["x", "w"], "y", vec![]), &["float16"]);
    let input = Build::new(13).typed_input("x", 2, &[1, 4]).output("y");
    refused(&input.node("Relu", &["x"], "y", vec![]), &["value \"x\"", "uint8"]);
    let nan = net().constant(floats("w", &[4], &[0.0, 1.0, f32::NAN, 0.0]));
    refused(&nan.node("Mul", &["x", "w"], "y", vec![]), &["(Mul)", "element 2 is NaN"]);
    let mixed = net().constant(int64s("w", &[1, 2, 3, 4])).node("Add", &["x", "w"], "y", vec![]);
    refused(&mixed, &["(Add)", "int64"]);
    refused(&net().node("QLinearConv", &["x"], "y", vec![]), &["(QLinearConv)", "not supported"]);
    refused(&net().node("Loop", &["x"], "y", vec![]), &["(Loop)", "opset 13"]);
}

#[test]
fn behaviour_that_is_not_read() {
    refused(&net().node("Floor", &["x"], "y", vec![]), &["(Floor)", "rounding"]);
    let divided = net().constant(floats("w", &[4], &[1.0, 0.0, 2.0, 3.0]));
    refused(&divided.node("Div", &["x", "w"], "y", vec![]), &["(Div)", "element 1", "zero"]);
    let attribute = vec![int_attribute("axis", 1)];
    refused(&net().node("Relu", &["x"], "y", attribute), &["(Relu)", "\"axis\""]);
    refused(&net().node("Relu", &["x", "x"], "y", vec![]), &["(Relu)", "2 inputs"]);
    let labels = net().node("ArgMax", &["x"], "k", vec![]).node(
        "Cast",
        &["k"],
        "f",
        vec![int_attribute("to", 1)],
    );
    refused(&labels.node("Relu", &["f"], "y", vec![]), &["(ArgMax)", "scores"]);
    let old = Build::new(6).input("x", &[1, 4]).output("y").node("Add", &["x", "x"], "y", vec![]);
    refused(&old, &["(Add)", "opset 6", "opset 7 or later"]);
    let huge = net().constant(int64s("s", &[60_000, 60_000, 4]));
    refused(&huge.node("Expand", &["x", "s"], "y", vec![]), &["(Expand)", "too large"]);
    let large = net().constant(int64s("s", &[60_000, 6_000, 4]));
    refused(&large.node("Expand", &["x", "s"], "y", vec![]), &["(Expand)", "far more than"]);
}

#[test]
fn dimensions_without_a_value() {
    let mut build = Build::new(13).input("x", &[0, 0, 3]).output("y");
    build = build.node("Relu", &["x"], "y", vec![]);
    refused(&build, &["value \"x\"", "dimension 1 (N)"]);
    let mut options = Options::default();
    options.dimensions.insert("N".into(), 5);
    let bytes = Bytes::from(build.bytes());
    let loaded = load_graph_bytes(Path::new("net.onnx"), bytes.clone(), &options).unwrap();
    assert_eq!(loaded.graph.inputs[0].shape, [5, 5, 3]);
    options.shapes.insert("x".into(), vec![1, 2, 4]);
    let e = load_graph_bytes(Path::new("net.onnx"), bytes.clone(), &options).unwrap_err();
    assert!(e.to_string().contains("size 4 in dimension 2"), "{e}");
    options.shapes.clear();
    options.shapes.insert("z".into(), vec![1]);
    let e = load_graph_bytes(Path::new("net.onnx"), bytes, &options).unwrap_err();
    assert!(e.to_string().contains("no input has this name; the graph has x"), "{e}");
}

/// `w` in another file: found, missing, short, long, outside.
#[test]
fn external_data() {
    let dir = tempfile::tempdir().unwrap();
    let model = dir.path().join("net.onnx");
    let load = |entries: &[(&str, &str)]| {
        let external_data = entries
            .iter()
            .map(|&(key, value)| StringStringEntryProto {
                key: key.into(),
                value: value.into(),
                ..Default::default()
            })
            .collect();
        let mut w = TensorProto { external_data, ..tensor("w", &[4], 1) };
        w.data_location =
            onnx_oracle::build::onnx_protobuf::tensor_proto::DataLocation::EXTERNAL.into();
        let build = net().constant(w).node("Add", &["x", "w"], "y", vec![]);
        std::fs::write(&model, build.bytes()).unwrap();
        load_graph(&model, &Options::default()).map_err(|e| e.to_string())
    };
    let numbers = [9.0f32, 1.5, -2.0, 0.25, 8.0];
    let bytes: Vec<u8> = numbers.iter().flat_map(|v| v.to_le_bytes()).collect();
    std::fs::write(dir.path().join("w.bin"), &bytes).unwrap();
    let good = load(&[("location", "w.bin"), ("offset", "4"), ("length", "16")]).unwrap();
    assert_eq!(good.external.len(), 1);
    assert_eq!(good.external[0].location, "w.bin");
    let y = good.graph.eval(&[0.0; 4], theriac::network::graph::Rounding::Double).unwrap();
    assert_eq!(y, [1.5, -2.0, 0.25, 8.0]);
    let words = |entries: &[(&str, &str)], parts: &[&str]| {
        let e = load(entries).unwrap_err();
        for part in ["tensor \"w\"", "the external data in"].iter().chain(parts) {
            assert!(e.contains(part), "{part:?} is missing in: {e}");
        }
        assert!(!e.contains(". ") && e.contains("; "), "{e}");
    };
    words(&[("location", "none.bin")], &["none.bin", "cannot be read"]);
    words(&[("location", "w.bin"), ("offset", "8")], &["ends after 20 bytes", "from byte 8"]);
    words(&[("location", "w.bin"), ("length", "12")], &["12 bytes", "need 16"]);
    words(&[("location", "w.bin"), ("offset", "-1")], &["\"-1\"", "no count"]);
    words(&[("offset", "0")], &["no location"]);
    std::fs::create_dir(dir.path().join("sub")).unwrap();
    for outside in ["../w.bin", "/etc/passwd", "sub/../../w.bin"] {
        words(&[("location", outside)], &["outside the folder"]);
    }
    #[cfg(unix)]
    {
        let elsewhere = tempfile::tempdir().unwrap();
        std::fs::write(elsewhere.path().join("w.bin"), &bytes).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("link")).unwrap();
        words(&[("location", "link/w.bin")], &["outside the folder"]);
    }
}

/// With a scale of 0.6 in single precision the third element's coordinate is just below 2 as a real
/// number, and 2 as runtimes compute it.
#[test]
fn a_resize_that_rounding_decides_is_refused() {
    let resize = |scale: f32| {
        let text = |name: &str, value: &str| AttributeProto {
            s: value.as_bytes().to_vec(),
            ..attribute(name, AttributeType::STRING)
        };
        let modes = vec![
            text("mode", "nearest"),
            text("coordinate_transformation_mode", "half_pixel"),
            text("nearest_mode", "floor"),
        ];
        Build::new(13)
            .input("x", &[1, 5])
            .output("y")
            .constant(floats("s", &[2], &[1.0, scale]))
            .node("Resize", &["x", "", "s"], "y", modes)
    };
    refused(&resize(0.6), &["(Resize)", "scale 0.60", "rounding decides"]);
    let bytes = Bytes::from(resize(0.5).bytes());
    load_graph_bytes(Path::new("net.onnx"), bytes, &Options::default()).unwrap();
}
