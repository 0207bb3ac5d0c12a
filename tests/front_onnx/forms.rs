//! What is read: every form of an operator, against what it means and against a runtime.

use std::path::Path;

use super::build::{base, base_with, chain, int, load, refusal};
use ndarray::array;
use onnx_oracle::build::onnx_protobuf::attribute_proto::AttributeType;
use onnx_oracle::build::{
    Build, attribute, boolean, doubles, float_attribute, floats, int64s, raw_doubles, raw_floats,
    tensor_attribute,
};
use theriac::front::onnx::{ElementType, Fold, FoldKind};
use theriac::network::Layer;

#[test]
fn a_gemm_in_all_its_forms_is_one_matrix() {
    let trans_b = || vec![int("transB", 1)];
    let forms = [
        base().node("Gemm", &["x", "w", "b"], "y", trans_b()),
        base().node("Gemm", &["x", "t", "b"], "y", vec![int("transB", 0)]),
        base().node("Gemm", &["x", "t", "b"], "y", vec![]),
        base_with(&[1, 3]).node("Gemm", &["x", "t", "b"], "y", vec![]),
        base_with(&[3, 1]).node("Gemm", &["x", "t", "b"], "y", vec![int("transA", 1)]),
        base().node("MatMul", &["x", "t"], "h", vec![]).node("Add", &["h", "b"], "y", vec![]),
        base().node("MatMul", &["x", "t"], "h", vec![]).node("Add", &["b", "h"], "y", vec![]),
        base_with(&[3]).node("MatMul", &["x", "t"], "h", vec![]).node(
            "Add",
            &["b", "h"],
            "y",
            vec![],
        ),
        base_with(&[3]).node("MatMul", &["w", "x"], "h", vec![]).node(
            "Add",
            &["h", "b"],
            "y",
            vec![],
        ),
        base_with(&[1, 1, 3]).node("MatMul", &["x", "t"], "h", vec![]).node(
            "Add",
            &["h", "b"],
            "y",
            vec![],
        ),
    ];
    for (i, form) in forms.iter().enumerate() {
        let loaded = chain(form);
        assert_eq!(loaded.network.layers.len(), 1, "form {i}");
        let Layer::Affine(affine) = &loaded.network.layers[0] else { panic!("form {i}") };
        let exact = |v: f32| f64::from(v);
        let weight = array![[1.5, -2.0, 0.25], [3.0, exact(0.1), exact(-0.7)]];
        assert_eq!(affine.weight, weight, "form {i}");
        assert!(affine.weight.is_standard_layout(), "form {i}");
        assert_eq!(affine.bias, Some(array![0.5, -1.0]), "form {i}");
        assert!(loaded.folds.is_empty());
        assert!(loaded.clone().for_training(Path::new("net.onnx")).is_ok());
        assert_eq!(loaded.element_type, ElementType::Float);
    }
}

#[test]
fn a_matrix_on_the_left_of_a_column() {
    let column_bias = || floats("cb", &[2, 1], &[0.5, -1.0]);
    let forms =
        [
            base_with(&[3, 1])
                .constant(column_bias())
                .node("MatMul", &["w", "x"], "h", vec![])
                .node("Add", &["h", "cb"], "y", vec![]),
            base_with(&[3, 1]).constant(column_bias()).node("Gemm", &["w", "x", "cb"], "y", vec![]),
            base_with(&[3, 1]).constant(column_bias()).node(
                "Gemm",
                &["t", "x", "cb"],
                "y",
                vec![int("transA", 1)],
            ),
            base_with(&[1, 3]).constant(column_bias()).node(
                "Gemm",
                &["w", "x", "cb"],
                "y",
                vec![int("transB", 1)],
            ),
            base_with(&[0, 3, 1])
                .constant(column_bias())
                .node("MatMul", &["w", "x"], "h", vec![])
                .node("Relu", &["h"], "y", vec![]),
        ];
    for form in &forms {
        let loaded = chain(form);
        let affine = loaded.network.affine().next().unwrap();
        assert_eq!(affine.weight.dim(), (2, 3));
        assert_eq!(affine.weight[[1, 0]], 3.0);
    }
}

#[test]
fn vectors_as_matrices() {
    let v = || floats("v", &[3], &[1.0, -2.0, 0.5]);
    for build in [
        base_with(&[3]).constant(v()).node("MatMul", &["x", "v"], "y", vec![]),
        base_with(&[3]).constant(v()).node("MatMul", &["v", "x"], "y", vec![]),
        base().constant(v()).node("MatMul", &["x", "v"], "y", vec![]),
        base_with(&[3, 1]).constant(v()).node("MatMul", &["v", "x"], "y", vec![]),
    ] {
        let loaded = chain(&build);
        assert_eq!(loaded.network.affine().next().unwrap().weight, array![[1.0, -2.0, 0.5]]);
    }
}

#[test]
fn scales_fold_exactly_and_are_told() {
    let attributes =
        vec![float_attribute("alpha", 0.3), float_attribute("beta", -0.7), int("transB", 1)];
    let loaded = chain(&base().node("Gemm", &["x", "w", "b"], "y", attributes));
    let affine = loaded.network.affine().next().unwrap();
    assert_eq!(affine.weight[[0, 1]], f64::from(0.3f32) * -2.0);
    assert_eq!(affine.bias, Some(array![f64::from(-0.7f32) * 0.5, f64::from(0.7f32)]));
    let fold = |kind| Fold { node: "Gemm_y".into(), operator: "Gemm".into(), kind };
    let (alpha, beta) = (f64::from(0.3f32), f64::from(-0.7f32));
    assert_eq!(loaded.folds, [fold(FoldKind::Alpha(alpha)), fold(FoldKind::Beta(beta))]);

    let two = base().node("Gemm", &["x", "w", "b"], "h", vec![int("transB", 1)]).node(
        "Add",
        &["h", "c"],
        "y",
        vec![],
    );
    let loaded = chain(&two);
    assert_eq!(loaded.network.affine().next().unwrap().bias, Some(array![0.75, 7.0]));
    assert_eq!(
        loaded.folds,
        [Fold { node: "Add_y".into(), operator: "Add".into(), kind: FoldKind::SecondBias }]
    );
    assert_eq!(
        loaded.for_training(Path::new("net.onnx")).unwrap_err().to_string(),
        "net.onnx: node \"Add_y\" (Add): the bias is the sum of two tensors, and training it is not \
         training the tensors of the file; change the model before export"
    );
}

#[test]
fn shared_tensors_are_told() {
    let build = base()
        .node("Gemm", &["x", "t", "b"], "h", vec![])
        .node("Identity", &["t"], "i", vec![])
        .node("Gemm", &["h", "i"], "y", vec![int("transB", 1)]);
    let loaded = chain(&build);
    let kind = FoldKind::Shared("t".into());
    assert_eq!(loaded.folds, [Fold { node: "Gemm_y".into(), operator: "Gemm".into(), kind }]);
}

/// Doubles, where products and sums do round.
#[test]
fn folds_that_round_are_refused() {
    let model = |weight: f64, bias: f64| {
        Build::new(13)
            .typed_input("x", 11, &[0, 1])
            .output("y")
            .constant(raw_doubles("w", &[1, 1], &[weight]))
            .constant(doubles("b", &[1], &[bias]))
            .constant(doubles("d", &[1], &[1.0]))
    };
    let alpha = || vec![float_attribute("alpha", 0.3)];
    let scaled = |w| model(w, 1.0).node("Gemm", &["x", "w", "b"], "y", alpha());
    assert_eq!(chain(&scaled(0.75)).element_type, ElementType::Double);
    let problem = refusal(&scaled(0.1));
    assert_eq!(
        problem,
        "net.onnx: node \"Gemm_y\" (Gemm): 0.30000001192092896 * 0.1 is not exact in double \
         precision, and weights are never rounded; fold it before export"
    );
    let summed = |b| {
        model(1.0, b).node("Gemm", &["x", "w", "b"], "h", vec![]).node(
            "Add",
            &["h", "d"],
            "y",
            vec![],
        )
    };
    assert_eq!(chain(&summed(0.5)).network.affine().next().unwrap().bias, Some(array![1.5]));
    let problem = refusal(&summed(1e-20));
    assert!(
        problem.contains("\"Add_y\" (Add): 0.00000000000000000001 + 1 is not exact"),
        "{problem}"
    );
}

/// Nodes that move no numbers, in any order, for opsets 7 to 25.
#[test]
fn everything_that_is_not_arithmetic() {
    for opset in 7..=25 {
        let mut build = Build::new(opset)
            .input("x", &[0, 1, 2, 2])
            .output("y")
            .constant(raw_floats("w1", &[12], &[1., 2., 3., 4., -1., 0.5, 0., 1., 2., -2., 1., 1.]))
            .constant(int64s("shape", &[3, 4]))
            .constant(int64s("flat", &[-1, 4]))
            .node("Add", &["p", "k"], "z", vec![])
            .node("MatMul", &["d", "w2"], "p", vec![])
            .node("Identity", &["z"], "y", vec![])
            .node("Dropout", &["r"], "d", vec![])
            .node("Relu", &["g"], "r", vec![])
            .node("Gemm", &["f", "w"], "g", vec![int("transB", 1)])
            .node("Reshape", &["w1", "shape"], "w", vec![])
            .node("Reshape", &["i", "flat"], "f", vec![])
            .node("Flatten", &["x"], "i", vec![])
            .node("Identity", &["k0"], "k", vec![])
            .node(
                "Constant",
                &[],
                "w2",
                vec![tensor_attribute("value", floats("", &[3, 1], &[1., -1., 2.]))],
            );
        let mut list = attribute("value_floats", AttributeType::FLOATS);
        list.floats = vec![0.125];
        build = build.node("Constant", &[], "k0", vec![list]);
        let loaded = chain(&build);
        assert_eq!(loaded.opset, opset);
        assert_eq!(loaded.input_shape, [1, 1, 2, 2]);
        let nodes: Vec<&str> = loaded
            .network
            .layers
            .iter()
            .map(|l| match l {
                Layer::Affine(a) => a.node.as_str(),
                Layer::Relu { node } => node.as_str(),
            })
            .collect();
        assert_eq!(nodes, ["Gemm_g", "Relu_r", "MatMul_p"]);
        // A node that leads nowhere is left out.
        let with_dead_node = build.node("Sigmoid", &["x"], "unused", vec![]);
        assert_eq!(load(&with_dead_node).unwrap().network, loaded.network);
    }
}

#[test]
fn dropout_forms() {
    let gemm = |b: Build| b.node("Gemm", &["x", "t", "b"], "h", vec![]);
    let ratio = || floats("ratio", &[], &[0.5]);
    let old = {
        let mut build =
            gemm(base()).node("Dropout", &["h"], "y", vec![float_attribute("ratio", 0.5)]);
        build.model.opset_import[0].version = 10;
        build
    };
    chain(&old);
    let training = |mode| {
        gemm(base()).constant(ratio()).constant(boolean("mode", mode)).node(
            "Dropout",
            &["h", "ratio", "mode"],
            "y",
            vec![int("seed", 3)],
        )
    };
    chain(&training(false));
    assert_eq!(
        refusal(&training(true)),
        "net.onnx: node \"Dropout_y\" (Dropout): training_mode is true; export the model for inference"
    );
    let absent = gemm(base()).constant(boolean("mode", false)).node(
        "Dropout",
        &["h", "", "mode"],
        "y",
        vec![],
    );
    chain(&absent);
    let mut masked =
        gemm(base()).node("Dropout", &["h"], "d", vec![]).node("Relu", &["mask"], "y", vec![]);
    masked.graph().node[1].output.push("mask".into());
    assert!(refusal(&masked).contains("the mask of a Dropout node is used"));
}

/// Before IR version 4 constants are listed as inputs.
#[test]
fn constants_among_the_inputs() {
    let mut build = base();
    build.model.ir_version = 3;
    let build = build.input("w", &[2, 3]).input("b", &[2]).node(
        "Gemm",
        &["x", "w", "b"],
        "y",
        vec![int("transB", 1)],
    );
    let loaded = chain(&build);
    assert_eq!((loaded.ir_version, loaded.input.as_str(), loaded.output.as_str()), (3, "x", "y"));
    assert_eq!(loaded.producer, "test");
    assert_eq!(loaded.sha256.len(), 64);
}

/// Weights are the real numbers of the file, down to the smallest subnormal float.
#[test]
fn weights_are_exact() {
    let values = [f32::from_bits(1), f32::MAX, -0.0, 0.1, f32::MIN_POSITIVE, -1e-40];
    for stored in [raw_floats("w", &[1, 6], &values), floats("w", &[1, 6], &values)] {
        let build = Build::new(13).input("x", &[0, 6]).output("y").constant(stored).node(
            "Gemm",
            &["x", "w"],
            "y",
            vec![int("transB", 1)],
        );
        let network = load(&build).unwrap().network;
        let weight = &network.affine().next().unwrap().weight;
        for (read, &value) in weight.iter().zip(&values) {
            assert_eq!(read.to_bits(), f64::from(value).to_bits());
        }
        assert_eq!(network.affine().next().unwrap().bias, None);
    }
}
