//! What graphs look like: few operations, exact constants, no movement without need.

use std::path::Path;

use bytes::Bytes;
use onnx_oracle::build::{
    Build, boolean, floats, int_attribute, int64s, onnx_protobuf::AttributeProto,
    onnx_protobuf::attribute_proto::AttributeType, raw_floats,
};
use theriac::front::onnx::import::{Kind, Stripped};
use theriac::front::onnx::{LoadedGraph, Options, load_graph_bytes};
use theriac::network::graph::{Op, Rounding, Unary};

fn load(build: &Build) -> LoadedGraph {
    load_graph_bytes(Path::new("net.onnx"), Bytes::from(build.bytes()), &Options::default())
        .unwrap_or_else(|e| panic!("{e}"))
}

fn eval(loaded: &LoadedGraph, x: &[f64]) -> Vec<f64> {
    loaded.graph.eval(x, Rounding::Double).unwrap()
}

/// Names of the operations in order.
fn ops(loaded: &LoadedGraph) -> Vec<&'static str> {
    loaded.graph.nodes.iter().map(|n| n.op.name()).collect()
}

fn ints(name: &str, list: &[i64]) -> AttributeProto {
    use onnx_oracle::build::attribute;
    AttributeProto { ints: list.to_vec(), ..attribute(name, AttributeType::INTS) }
}

#[test]
fn a_matrix_product_and_its_bias_are_one_layer() {
    let w = raw_floats("w", &[2, 3], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    // Nodes stand in the wrong order, and the weight is listed as an input too.
    let build = Build::new(9)
        .input("x", &[0, 2])
        .input("w", &[2, 3])
        .output("y")
        .constant(w)
        .constant(floats("b", &[3], &[0.5, 0.0, -0.5]))
        .node("Relu", &["s"], "y", vec![])
        .node("Add", &["b", "p"], "s", vec![])
        .node("MatMul", &["x", "w"], "p", vec![]);
    let loaded = load(&build);
    assert_eq!(ops(&loaded), ["input", "dense", "unary"]);
    let Op::Dense { by, .. } = &loaded.graph.nodes[1].op else { panic!() };
    assert_eq!(by.weight, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    assert_eq!(by.bias, [0.5, 0.0, -0.5]);
    assert_eq!(loaded.graph.nodes[1].origin, "MatMul_p");
    assert_eq!(eval(&loaded, &[1.0, -1.0]), [0.0, 0.0, 0.0]);
    assert_eq!(eval(&loaded, &[1.0, 1.0]), [5.5, 7.0, 8.5]);
    assert_eq!(loaded.input_kinds, [Kind::Float]);
    assert_eq!((loaded.opset, loaded.ir_version, loaded.producer.as_str()), (9, 8, "test"));
}

#[test]
fn movements_are_composed_and_vanish() {
    let build = Build::new(12)
        .input("x", &[1, 2, 3])
        .output("y")
        .node("Transpose", &["x"], "a", vec![ints("perm", &[0, 2, 1])])
        .node("Flatten", &["a"], "b", vec![])
        .node("Unsqueeze", &["b"], "c", vec![ints("axes", &[0])])
        .constant(int64s("shape", &[1, 3, 2]))
        .node("Reshape", &["c", "shape"], "d", vec![])
        .node("Transpose", &["d"], "e", vec![ints("perm", &[0, 2, 1])])
        .node("Relu", &["e"], "y", vec![]);
    let loaded = load(&build);
    assert_eq!(ops(&loaded), ["input", "unary"]);
    assert_eq!(loaded.graph.outputs[0].shape, [1, 2, 3]);
    let slice = Build::new(12)
        .input("x", &[1, 4])
        .output("y")
        .constant(int64s("from", &[3]))
        .constant(int64s("to", &[-9]))
        .constant(int64s("axes", &[1]))
        .constant(int64s("steps", &[-2]))
        .node("Slice", &["x", "from", "to", "axes", "steps"], "s", vec![])
        .node("Concat", &["s", "x"], "y", vec![int_attribute("axis", -1)]);
    let loaded = load(&slice);
    assert_eq!(ops(&loaded), ["input", "move"]);
    assert_eq!(eval(&loaded, &[1.0, 2.0, 3.0, 4.0]), [4.0, 2.0, 1.0, 2.0, 3.0, 4.0]);
}

/// `(x - 0.1) / 3` keeps its divisor, and constants are not rounded into one another.
#[test]
fn constants_that_would_round_are_kept() {
    let build = Build::new(13)
        .input("x", &[1, 2])
        .output("y")
        .constant(floats("c", &[1], &[0.1]))
        .constant(floats("d", &[1], &[3.0]))
        .node("Div", &["c", "d"], "q", vec![])
        .node("Sub", &["x", "q"], "y", vec![]);
    let loaded = load(&build);
    assert_eq!(ops(&loaded), ["input", "constant", "scale", "move", "add"]);
    let exact = loaded.graph.eval_exact(&[dashu::rational::RBig::ZERO, dashu::rational::RBig::ONE]);
    let tenth = dashu::rational::RBig::try_from(f64::from(0.1f32)).unwrap();
    let third = tenth / dashu::rational::RBig::from(3u8);
    assert_eq!(exact.unwrap()[0], -third);
    // A product of two floats is a double, and then a weight.
    let folded = Build::new(13)
        .input("x", &[1, 2])
        .output("y")
        .constant(floats("c", &[1], &[0.1]))
        .constant(floats("d", &[2, 2], &[0.3, 0.7, 1.0, 2.0]))
        .node("Mul", &["d", "c"], "w", vec![])
        .node("MatMul", &["x", "w"], "y", vec![]);
    let loaded = load(&folded);
    assert_eq!(ops(&loaded), ["input", "dense"]);
    let Op::Dense { by, .. } = &loaded.graph.nodes[1].op else { panic!() };
    assert_eq!(by.weight[0], f64::from(0.1f32) * f64::from(0.3f32));
}

/// The sign of binarised networks: `Where(a >= 0, 1, -1)` is one step.
#[test]
fn conditions_become_steps_and_choices() {
    let sign = Build::new(13)
        .input("x", &[1, 3])
        .output("y")
        .constant(floats("zero", &[], &[0.0]))
        .constant(floats("one", &[], &[1.0]))
        .constant(floats("minus", &[], &[-1.0]))
        .node("GreaterOrEqual", &["x", "zero"], "c", vec![])
        .node("Where", &["c", "one", "minus"], "y", vec![]);
    let loaded = load(&sign);
    assert_eq!(ops(&loaded), ["input", "unary"]);
    let step = Unary::Step { below: -1.0, at: 1.0, above: 1.0 };
    assert!(matches!(&loaded.graph.nodes[1].op, Op::Unary { f, .. } if *f == step));
    let choice = Build::new(13)
        .input("x", &[1, 3])
        .output("y")
        .constant(floats("two", &[], &[2.0]))
        .node("Less", &["two", "x"], "c", vec![])
        .node("Not", &["c"], "n", vec![])
        .node("Neg", &["x"], "m", vec![])
        .node("Where", &["n", "x", "m"], "y", vec![]);
    let loaded = load(&choice);
    assert_eq!(eval(&loaded, &[1.0, 2.0, 3.0]), [1.0, 2.0, -3.0]);
    let fixed = Build::new(13)
        .input("x", &[1, 3])
        .output("y")
        .constant(boolean("c", true))
        .node("Neg", &["x"], "m", vec![])
        .node("Where", &["c", "x", "m"], "y", vec![]);
    assert_eq!(ops(&load(&fixed)), ["input"]);
}

#[test]
fn larger_and_smaller_values() {
    let build = Build::new(13)
        .input("x", &[1, 3])
        .output("y")
        .constant(floats("c", &[3], &[0.0, 1.0, 2.0]))
        .constant(floats("zero", &[], &[0.0]))
        .node("Min", &["x", "c"], "m", vec![])
        .node("Max", &["m", "zero"], "y", vec![]);
    let loaded = load(&build);
    assert_eq!(eval(&loaded, &[-1.0, 5.0, 1.5]), [0.0, 1.0, 1.5]);
    assert_eq!(ops(&loaded).last(), Some(&"unary"));
}

/// The last function is left out with a note; before the end, or on demand, it is lowered.
#[test]
fn what_ends_an_output_is_noted() {
    let build = |tail: &[(&str, &str, &str)]| {
        let mut b = Build::new(13).input("x", &[1, 3]).output("y");
        for (operator, from, to) in tail {
            b = b.node(operator, &[from], to, vec![]);
        }
        b
    };
    let last = load(&build(&[("Softmax", "x", "p"), ("Identity", "p", "y")]));
    assert_eq!(ops(&last), ["input"]);
    let [note] = &last.notes[..] else { panic!("{:?}", last.notes) };
    assert_eq!((note.output, note.function, note.axes), (0, Stripped::Softmax, (1, 2)));
    assert!(note.to_string().contains("Softmax_p"), "{note}");
    let inside = load(&build(&[("Softmax", "x", "p"), ("Relu", "p", "y")]));
    assert!(inside.notes.is_empty());
    let p = eval(&inside, &[0.0, 0.0, 2f64.ln()]);
    assert!((p[0] - 0.25).abs() < 1e-12 && (p[2] - 0.5).abs() < 1e-12, "{p:?}");
    let bytes = Bytes::from(build(&[("LogSoftmax", "x", "y")]).bytes());
    let options = Options { keep_last: true, ..Options::default() };
    let kept = load_graph_bytes(Path::new("net.onnx"), bytes, &options).unwrap();
    assert!(kept.notes.is_empty());
    assert!((eval(&kept, &[0.0, 0.0, 2f64.ln()])[2] - 0.5f64.ln()).abs() < 1e-12);
    // The scores are an output too: the function may not be left out for them.
    let both = build(&[("Softmax", "x", "y"), ("Relu", "y", "z")]).output("z");
    assert!(load(&both).notes.is_empty());
    let mut labels = Build::new(13).input("x", &[1, 3]).output("y");
    labels = labels.node("ArgMax", &["x"], "y", vec![int_attribute("axis", 1)]);
    let labels = load(&labels);
    assert_eq!(labels.notes[0].function, Stripped::ArgMax { select_last: false });
    assert_eq!((labels.output_kinds[0], labels.graph.outputs[0].len()), (Kind::Int64, 3));
}

/// Several inputs and outputs, and a network that is compressed.
#[test]
fn several_ports_and_packed_files() {
    let build = Build::new(13)
        .input("a", &[1, 2])
        .input("b", &[1, 2])
        .output("sum")
        .output("product")
        .node("Mul", &["a", "b"], "product", vec![])
        .node("Add", &["a", "b"], "sum", vec![]);
    let loaded = load(&build);
    assert_eq!(eval(&loaded, &[1.0, 2.0, 3.0, 5.0]), [4.0, 7.0, 3.0, 10.0]);
    let names: Vec<&str> = loaded.graph.outputs.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["sum", "product"]);
    let packed = zstd::encode_all(build.bytes().as_slice(), 3).unwrap();
    let path = Path::new("net.onnx.zst");
    let again = load_graph_bytes(path, Bytes::from(packed), &Options::default()).unwrap();
    assert_eq!(again.graph, loaded.graph);
    assert_ne!(again.sha256, loaded.sha256);
}

/// What only a convolution sees as an image is no movement; a second view of the same numbers is one.
#[test]
fn images_behind_layers() {
    let w = raw_floats("w", &[4, 2], &[1.0; 8]);
    let build = |second: &str| {
        Build::new(13)
            .input("x", &[1, 2])
            .output("y")
            .output("z")
            .constant(w.clone())
            .constant(raw_floats("k", &[1, 1, 1, 1], &[2.0]))
            .constant(int64s("tall", &[1, 1, 4, 1]))
            .constant(int64s("wide", &[1, 1, 1, 4]))
            .node("Gemm", &["x", "w"], "g", vec![int_attribute("transB", 1)])
            .node("Reshape", &["g", "tall"], "a", vec![])
            .node("Reshape", &["g", second], "b", vec![])
            .node("Conv", &["a", "k"], "y", vec![])
            .node("Conv", &["b", "k"], "z", vec![])
    };
    assert_eq!(ops(&load(&build("tall"))), ["input", "dense", "conv", "conv"]);
    let both = load(&build("wide"));
    assert_eq!(ops(&both), ["input", "dense", "conv", "move", "conv"]);
    assert_eq!(eval(&both, &[1.0, 2.0]), [6.0; 8]);
    assert_eq!(both.graph.outputs[1].shape, [1, 1, 1, 4]);
}

/// `[N, ?]` that is reshaped to `[-1, 2, 3]` has six features.
#[test]
fn a_dimension_is_inferred_from_a_reshape() {
    let build = |target: &[i64]| {
        Build::new(13).input("x", &[0, 0]).output("y").constant(int64s("s", target)).node(
            "Reshape",
            &["x", "s"],
            "y",
            vec![],
        )
    };
    let loaded = load(&build(&[-1, 2, 3]));
    assert_eq!(loaded.graph.inputs[0].shape, [1, 6]);
    assert_eq!(loaded.graph.outputs[0].shape, [1, 2, 3]);
    for unclear in [&[2, -1][..], &[-1, -1], &[-1, 0]] {
        let bytes = Bytes::from(build(unclear).bytes());
        let e = load_graph_bytes(Path::new("net.onnx"), bytes, &Options::default()).unwrap_err();
        assert!(e.to_string().contains("dimension 1 (N)"), "{e}");
    }
}

/// Three operands are one sum; their mean keeps its divisor.
#[test]
fn sums_of_several() {
    for (operator, factor) in [("Sum", 1.0), ("Mean", 1.0 / 3.0)] {
        let build = Build::new(13)
            .input("a", &[2])
            .input("b", &[2])
            .input("c", &[2])
            .output("y")
            .node(operator, &["a", "b", "c"], "y", vec![]);
        let loaded = load(&build);
        assert_eq!(ops(&loaded)[3], "add");
        assert_eq!(eval(&loaded, &[1.0, 2.0, 4.0, 8.0, 4.0, 5.0]), [9.0 * factor, 15.0 * factor]);
    }
}

/// No axes and `noop_with_empty_axes`: every element is reduced alone, as onnxruntime 1.31 and the
/// reference evaluator of onnx 1.23 do, although older texts speak of the operand itself.
#[test]
fn reductions_over_no_axes_keep_their_function() {
    let value = |operator: &str| {
        let noop = int_attribute("noop_with_empty_axes", 1);
        let build = Build::new(18).input("x", &[2]).output("y");
        let loaded = load(&build.node(operator, &["x"], "y", vec![noop]));
        eval(&loaded, &[0.25, -2.0])
    };
    assert_eq!(value("ReduceSum"), [0.25, -2.0]);
    assert_eq!(value("ReduceMean"), [0.25, -2.0]);
    assert_eq!(value("ReduceLogSumExp"), [0.25, -2.0]);
    assert_eq!(value("ReduceSumSquare"), [0.0625, 4.0]);
    assert_eq!(value("ReduceL1"), [0.25, 2.0]);
    assert_eq!(value("ReduceL2"), [0.25, 2.0]);
    assert_eq!(value("ReduceLogSum")[0], 0.25f64.ln());
}
