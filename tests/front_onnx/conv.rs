//! Convolutions: exact layers, the case that another tool gets wrong, and refusals.

use std::path::Path;

use super::build::{chain, int, load, refusal};
use onnx_oracle::build::onnx_protobuf::{
    AttributeProto, Message, TensorProto, attribute_proto::AttributeType,
};
use onnx_oracle::build::{Build, attribute, raw_floats};
use onnx_oracle::run::dense;
use theriac::bounds::interval::Interval;
use theriac::front::onnx;
use theriac::network::Layer;

fn ints(name: &str, values: &[i64]) -> AttributeProto {
    AttributeProto { ints: values.to_vec(), ..attribute(name, AttributeType::INTS) }
}

fn string(name: &str, value: &str) -> AttributeProto {
    AttributeProto { s: value.as_bytes().to_vec(), ..attribute(name, AttributeType::STRING) }
}

/// `x [batch, 2, 4, 5]`, a kernel `w [4, 2, 3, 2]`, a kernel `g` for two groups, a bias `b`.
fn image() -> Build {
    let numbers = |n: usize| (0..n).map(|k| (k as f32 * 0.7).sin()).collect::<Vec<f32>>();
    Build::new(13)
        .input("x", &[0, 2, 4, 5])
        .output("y")
        .constant(raw_floats("w", &[4, 2, 3, 2], &numbers(48)))
        .constant(raw_floats("g", &[4, 1, 3, 2], &numbers(24)))
        .constant(raw_floats("b", &[4], &[0.5, -1.0, 2.0, 0.1]))
        .constant(raw_floats("e", &[48, 3], &numbers(144)))
}

#[test]
fn every_attribute_is_one_matrix() {
    let cases: Vec<Vec<AttributeProto>> = vec![
        vec![],
        vec![ints("strides", &[2, 1]), ints("pads", &[1, 0, 2, 1])],
        vec![ints("dilations", &[1, 3]), ints("kernel_shape", &[3, 2])],
        vec![string("auto_pad", "SAME_UPPER"), ints("strides", &[2, 3])],
        vec![string("auto_pad", "SAME_LOWER"), ints("strides", &[3, 2]), ints("pads", &[0; 4])],
        vec![string("auto_pad", "VALID"), int("group", 1)],
        vec![string("auto_pad", "NOTSET"), ints("pads", &[2, 2, 2, 2])],
    ];
    for attributes in cases {
        let loaded = chain(&image().node("Conv", &["x", "w", "b"], "y", attributes.clone()));
        assert_eq!(loaded.input_shape, [1, 2, 4, 5]);
        chain(&image().node("Conv", &["x", "w"], "y", attributes.clone()));
        let grouped = attributes.into_iter().filter(|a| a.name != "group").chain([int("group", 2)]);
        chain(&image().node("Conv", &["x", "g", "b"], "y", grouped.collect()));
    }
}

/// Every entry of the matrix is a number of the file or zero, and training it is refused.
#[test]
fn weights_are_the_numbers_of_the_file() {
    let build = image().node("Conv", &["x", "w", "b"], "y", vec![ints("pads", &[1, 1, 1, 1])]);
    let loaded = load(&build).unwrap();
    let kernel: Vec<f64> = (0..48).map(|k| f64::from((k as f32 * 0.7).sin())).collect();
    let Layer::Affine(affine) = &loaded.network.layers[0] else { panic!("affine") };
    assert!(affine.weight.iter().all(|w| *w == 0.0 || kernel.contains(w)));
    let nonzero = affine.weight.iter().filter(|w| **w != 0.0).count();
    // 4 maps, 2 channels; every place of the kernel meets the rows and columns that it reaches.
    let meets = |size: i64, k: i64, outputs: i64| {
        (0..outputs).filter(|o| (0..size).contains(&(o - 1 + k))).count()
    };
    let rows: usize = (0..3).map(|k| meets(4, k, 4)).sum();
    let columns: usize = (0..2).map(|k| meets(5, k, 6)).sum();
    let zeros = kernel.iter().filter(|k| **k == 0.0).count();
    assert_eq!(zeros, 1, "sin(0)");
    let first_zero = meets(4, 0, 4) * meets(5, 0, 6);
    assert_eq!(nonzero, 8 * rows * columns - first_zero);
    let error = loaded.for_training(Path::new("net.onnx")).unwrap_err().to_string();
    assert!(error.contains("(Conv): the weight is a convolution written out, and"), "{error}");
}

#[test]
fn a_chain_goes_on_behind_a_convolution() {
    let build = |reshape: Build| reshape.node("MatMul", &["f", "e"], "y", vec![]);
    let conv = || {
        image().node("Conv", &["x", "w", "b"], "c", vec![ints("pads", &[1, 0, 1, 0])]).node(
            "Relu",
            &["c"],
            "r",
            vec![],
        )
    };
    // 4 maps of 4 times 4.
    let mut flat = conv();
    flat.graph().initializer.retain(|t| t.name != "e");
    let e: Vec<f32> = (0..192).map(|k| (k as f32 * 1.3).cos()).collect();
    let flat = flat.constant(raw_floats("e", &[64, 3], &e));
    chain(&build(flat.clone().node("Flatten", &["r"], "f", vec![])));
    let target = onnx_oracle::build::int64s("s", &[-1, 64]);
    chain(&build(flat.constant(target).node("Reshape", &["r", "s"], "f", vec![])));
}

/// OMLT 1.2 drops the bias: a kernel of ones on a box of zeros to ones gives it (0, 4), not 100 more.
#[test]
fn a_bias_is_not_dropped() {
    let build = Build::new(13)
        .input("x", &[0, 1, 2, 2])
        .output("y")
        .constant(raw_floats("w", &[1, 1, 2, 2], &[1.0; 4]))
        .constant(raw_floats("b", &[1], &[100.0]))
        .node("Conv", &["x", "w", "b"], "y", vec![]);
    let network = chain(&build).network;
    assert_eq!(network.eval(&[0.0; 4]), [100.0]);
    assert_eq!(network.eval(&[1.0; 4]), [104.0]);
    let Layer::Affine(affine) = &network.layers[0] else { panic!("affine") };
    let bias = Interval::point(affine.bias.as_ref().unwrap()[0]);
    let sum: Interval = affine.weight.iter().map(|w| Interval::new(0.0, 1.0).scale(*w)).sum();
    let bounds = sum + bias;
    assert_eq!((bounds.lo, bounds.hi), (100.0, 104.0));
}

#[test]
fn refusals_of_convolutions() {
    let conv = |attributes: Vec<AttributeProto>| {
        refusal(&image().node("Conv", &["x", "w", "b"], "y", attributes))
    };
    for (attributes, words) in [
        (vec![ints("pads", &[1, 1])], "attribute \"pads\" has another length"),
        (vec![ints("strides", &[0, 1])], "attribute \"strides\" has a number that is too small"),
        (vec![ints("pads", &[-1, 0, 0, 0])], "attribute \"pads\" has a number that is too small"),
        (vec![ints("kernel_shape", &[2, 3])], "do not agree with `kernel_shape`"),
        (vec![ints("dilations", &[4, 1])], "the kernel is larger than the input"),
        (vec![int("group", 2)], "do not fit for a convolution"),
        (vec![int("group", 0)], "do not fit for a convolution"),
        (vec![string("auto_pad", "SAME")], "is none of NOTSET, VALID"),
        (
            vec![string("auto_pad", "VALID"), ints("pads", &[1, 1, 1, 1])],
            "attribute \"auto_pad\" stands beside pads",
        ),
        (vec![int("auto_pad", 1)], "attribute \"auto_pad\" is no string"),
        (vec![ints("pads", &[1 << 40, 0, 0, 0])], "a matrix of more than 8388608 entries"),
        (vec![int("ceil_mode", 1)], "attribute \"ceil_mode\""),
    ] {
        let found = conv(attributes);
        assert!(found.contains("node \"Conv_y\" (Conv)") && found.contains(words), "{found}");
    }
    let large = Build::new(13)
        .input("x", &[0, 1, 100, 100])
        .output("y")
        .constant(raw_floats("w", &[1, 1, 1, 1], &[1.0]))
        .node("Conv", &["x", "w"], "y", vec![]);
    assert!(refusal(&large).contains("too large for a dense layer"));
    let mut several = image().node("Conv", &["x", "w"], "y", vec![]);
    several.graph().input.clear();
    let several = several.input("x", &[2, 2, 4, 5]);
    assert!(refusal(&several).contains("convolve several inputs at once"));
    let wrong_bias = image().node("Conv", &["x", "w", "w"], "y", vec![]);
    assert!(refusal(&wrong_bias).contains("do not fit for a convolution"));
    let flow = image().node("Conv", &["x", "x"], "y", vec![]);
    assert!(refusal(&flow).contains("the kernel"));
}

/// The recorded numbers are multiples of 1/64 or whole, so that the outputs agree to the last bit.
#[test]
fn recorded_outputs_are_met_exactly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/onnx");
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("conv__") && !name.starts_with("onnx__") {
            continue;
        }
        let tensor = |file: &str| {
            let bytes = std::fs::read(path.join(file)).unwrap();
            dense(&TensorProto::parse_from_bytes(&bytes).unwrap()).unwrap().data
        };
        let loaded = onnx::load(&path.join("model.onnx")).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(loaded.network.eval(&tensor("input_0.pb")), tensor("output_0.pb"), "{name}");
        seen += 1;
    }
    assert_eq!(seen, 32);
}
