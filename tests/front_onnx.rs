//! ONNX graphs as chains: every form that is read computes what a general interpreter computes, and
//! every form that is not is refused with its node and reason.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::path::Path;

use bytes::Bytes;
use ndarray::array;
use onnx_oracle::build::onnx_protobuf::{
    FunctionProto, SparseTensorProto, StringStringEntryProto, attribute_proto::AttributeType,
    tensor_proto::DataLocation,
};
use onnx_oracle::build::{
    Build, attribute, boolean, doubles, float_attribute, floats, int_attribute, int64s,
    raw_doubles, raw_floats, tensor, tensor_attribute,
};
use onnx_oracle::run::run;
use theriac::front::onnx::{self, ElementType, Fold, FoldKind, LoadedNetwork};
use theriac::network::Layer;

fn load(build: &Build) -> Result<LoadedNetwork, onnx::OnnxError> {
    onnx::load_bytes(Path::new("net.onnx"), Bytes::from(build.bytes()))
}

/// Loads a model and checks it against the interpreter on random inputs.
fn chain(build: &Build) -> LoadedNetwork {
    let loaded = load(build).unwrap_or_else(|e| panic!("{e}"));
    let mut rng = fastrand::Rng::with_seed(5);
    for _ in 0..20 {
        let input: Vec<f64> = (0..loaded.network.inputs).map(|_| rng.f64() * 4.0 - 2.0).collect();
        let truth = run(&build.bytes(), &input).unwrap_or_else(|e| panic!("{e}"));
        let found = loaded.network.eval(&input);
        assert_eq!(found.len(), truth.len());
        for (a, b) in found.iter().zip(&truth) {
            assert!((a - b).abs() <= 1e-13 * (1.0 + b.abs()), "{found:?} instead of {truth:?}");
        }
    }
    loaded
}

fn refusal(build: &Build) -> String {
    match load(build) {
        Ok(loaded) => panic!("read as {:?}", loaded.network),
        Err(e) => e.to_string(),
    }
}

/// `x [N, 3]`, a 2 x 3 matrix `w`, its transpose `t`, biases `b`, `c`; output `y`.
fn base() -> Build {
    let w = [1.5f32, -2.0, 0.25, 3.0, 0.1, -0.7];
    let t = [1.5f32, 3.0, -2.0, 0.1, 0.25, -0.7];
    Build::new(13)
        .input("x", &[0, 3])
        .output("y")
        .constant(raw_floats("w", &[2, 3], &w))
        .constant(floats("t", &[3, 2], &t))
        .constant(raw_floats("b", &[2], &[0.5, -1.0]))
        .constant(floats("c", &[1, 2], &[0.25, 8.0]))
}

/// `x` as one column `[3, 1]` or vector `[3]`.
fn base_with(dims: &[i64]) -> Build {
    let mut build = base();
    build.graph().input.clear();
    build.input("x", dims)
}

fn int(name: &str, value: i64) -> onnx_oracle::build::onnx_protobuf::AttributeProto {
    int_attribute(name, value)
}

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

type Change = fn(&mut Build);

/// Each case changes one thing of a good model: `Gemm`, `Relu`, `Gemm`.
#[test]
fn refusals_say_where_and_why() {
    let good = || {
        base()
            .node("Gemm", &["x", "w", "b"], "h", vec![int("transB", 1)])
            .node("Relu", &["h"], "r", vec![])
            .node("Gemm", &["r", "w"], "y", vec![])
    };
    chain(&good());
    let cases: [(&str, Change); 50] = [
        (
            "node \"Relu_r\" (Sigmoid): the operator is not supported; a network is a chain of",
            |b| b.graph().node[1].op_type = "Sigmoid".into(),
        ),
        ("node \"r\" (If): the operator is not supported", |b| {
            b.graph().node[1].op_type = "If".into();
            b.graph().node[1].name.clear();
        }),
        ("node \"Relu_r\" (Relu): the operator belongs to domain \"com.microsoft\"", |b| {
            b.graph().node[1].domain = "com.microsoft".into()
        }),
        (
            "node \"Relu_r\" (Relu): the operator belongs to domain \"\" or is defined in the file",
            |b| {
                b.model.functions.push(FunctionProto { name: "Relu".into(), ..Default::default() });
            },
        ),
        ("the file uses opset 6; export it with opset 7 or later", |b| {
            b.model.opset_import[0].version = 6
        }),
        ("does not state the version of its operators", |b| {
            b.model.opset_import[0].domain = "ai.onnx.ml".into()
        }),
        ("the file holds no graph", |b| b.model.graph = None.into()),
        ("the graph has 2 inputs (x, z)", |b| *b = b.clone().input("z", &[0, 2])),
        ("the graph has 0 inputs ()", |b| b.graph().input.clear()),
        ("the graph has 2 outputs (y, r)", |b| *b = b.clone().output("r")),
        ("the graph has 0 outputs ()", |b| b.graph().output.clear()),
        ("the network input is neither float nor double", |b| {
            *b = {
                b.graph().input.clear();
                b.clone().typed_input("x", 10, &[0, 3])
            }
        }),
        ("the network input is not a dense tensor", |b| b.graph().input[0].type_ = None.into()),
        ("the network input has no stated shape", |b| {
            b.graph().input[0].type_.mut_or_insert_default().mut_tensor_type().shape = None.into();
        }),
        ("has a symbolic dimension besides the batch", |b| {
            *b = {
                b.graph().input.clear();
                b.clone().input("x", &[1, 0])
            }
        }),
        ("has a symbolic dimension besides the batch", |b| {
            *b = {
                b.graph().input.clear();
                b.clone().input("x", &[0])
            }
        }),
        ("has a dimension that is zero, negative or too large", |b| {
            *b = {
                b.graph().input.clear();
                b.clone().input("x", &[1, -3])
            }
        }),
        ("has a dimension that is zero, negative or too large", |b| {
            *b = {
                b.graph().input.clear();
                b.clone().input("x", &[1 << 40, 1 << 40])
            }
        }),
        ("node \"Gemm_h\" (Gemm): [2, 3] and [2, 3] multiply several vectors at once", |b| {
            *b = {
                b.graph().input.clear();
                b.clone().input("x", &[2, 3])
            }
        }),
        ("node \"Gemm_h\" (Gemm): [batch, 4] and [2, 3] do not fit", |b| {
            *b = {
                b.graph().input.clear();
                b.clone().input("x", &[0, 4])
            }
        }),
        ("node \"Gemm_h\" (Gemm): [batch, 1, 3] and [2, 3] have ranks", |b| {
            *b = {
                b.graph().input.clear();
                b.clone().input("x", &[0, 1, 3])
            }
        }),
        ("node \"Gemm_h\" (Gemm): [batch, 3] and [2, 3] sum over the batch", |b| {
            b.graph().node[0].attribute.push(int("transA", 1))
        }),
        ("node \"Gemm_h\" (Gemm): the operator has no attribute \"broadcast\"", |b| {
            b.graph().node[0].attribute.push(int("broadcast", 1))
        }),
        ("node \"Gemm_h\" (Gemm): the attribute \"transB\" is given twice", |b| {
            b.graph().node[0].attribute.push(int("transB", 1))
        }),
        ("node \"Gemm_h\" (Gemm): the attribute \"alpha\" is not a float", |b| {
            b.graph().node[0].attribute.push(int("alpha", 1))
        }),
        ("node \"Gemm_h\" (Gemm): the attribute \"alpha\" is not finite", |b| {
            b.graph().node[0].attribute.push(float_attribute("alpha", f32::NAN))
        }),
        (
            "node \"Gemm_h\" (Gemm): the attribute \"transB\" refers to an attribute of a function",
            |b| b.graph().node[0].attribute[0].ref_attr_name = "q".into(),
        ),
        ("node \"Relu_r\" (Relu): the operator has no attribute \"alpha\"", |b| {
            b.graph().node[1].attribute.push(float_attribute("alpha", 1.0))
        }),
        ("node \"Relu_r\" (Relu): 2 inputs and 1 outputs fit no form", |b| {
            b.graph().node[1].input.push("h".into())
        }),
        ("node \"Relu_r\" (Relu): 1 inputs and 2 outputs fit no form", |b| {
            b.graph().node[1].output.push("s".into())
        }),
        ("node \"Gemm_h\" (Gemm): 1 inputs and 1 outputs fit no form", |b| {
            b.graph().node[0].input.truncate(1)
        }),
        ("value \"gone\": nothing in the graph computes this value", |b| {
            b.graph().node[1].input[0] = "gone".into()
        }),
        ("value \"gone\": nothing in the graph computes this value", |b| {
            b.graph().output[0].name = "gone".into()
        }),
        ("value \"r\": two constants, inputs or nodes define this value", |b| {
            b.graph().node[0].output[0] = "r".into()
        }),
        ("value \"w\": two constants, inputs or nodes define this value", |b| {
            b.graph().node[1].output[0] = "w".into()
        }),
        ("the node depends on its own output", |b| b.graph().node[0].input[0] = "r".into()),
        ("node \"Gemm_h\" (Gemm): the node depends on its own output", |b| {
            b.graph().node[0].input[0] = "h".into()
        }),
        ("node \"Gemm_y\" (Add): the node combines two values that depend on the input", |b| {
            b.graph().node[2].op_type = "Add".into();
            b.graph().node[2].input = vec!["r".into(), "h".into()];
        }),
        ("node \"Gemm_y\" (Add): the sum does not follow a MatMul or Gemm directly", |b| {
            b.graph().node[2].op_type = "Add".into();
            b.graph().node[2].input = vec!["r".into(), "b".into()];
        }),
        ("node \"Gemm_h\" (Gemm): the node computes with constants alone", |b| {
            b.graph().node[0].input[0] = "w".into()
        }),
        ("the output does not depend on the input", |b| b.graph().output[0].name = "w".into()),
        ("the network has no MatMul or Gemm", |b| b.graph().output[0].name = "x".into()),
        ("tensor \"w\": element 2 is NaN; weights must be finite", |b| {
            b.graph().initializer[0] = floats("w", &[2, 3], &[0., 0., f32::NAN, 0., 0., 0.])
        }),
        ("tensor \"b\": element 1 is inf; weights must be finite", |b| {
            b.graph().initializer[2] = raw_floats("b", &[2], &[0., f32::INFINITY])
        }),
        ("tensor \"w\": the dimensions need 6 * 4 bytes or elements but 20 are stored", |b| {
            b.graph().initializer[0].raw_data.truncate(20)
        }),
        ("tensor \"w\": the dimensions need 6 bytes or elements but 0 are stored", |b| {
            b.graph().initializer[0].raw_data.clear()
        }),
        ("tensor \"w\": the elements are stored twice or in the field of another type", |b| {
            b.graph().initializer[0].float_data = vec![1.0; 6]
        }),
        (
            "tensor \"w\": the elements are in another file (external data), which is not supported; save the model as one file, in Python: onnx.save(onnx.load(",
            |b| {
                let entry = StringStringEntryProto {
                    key: "location".into(),
                    value: "/etc/passwd".into(),
                    ..Default::default()
                };
                b.graph().initializer[0].external_data.push(entry);
                b.graph().initializer[0].data_location = DataLocation::EXTERNAL.into();
            },
        ),
        ("tensor \"w\": the constant is sparse", |b| {
            let values = b.graph().initializer.remove(0);
            b.graph()
                .sparse_initializer
                .push(SparseTensorProto { values: Some(values).into(), ..Default::default() });
        }),
        ("tensor \"w\": the constant has element type double, the network input float", |b| {
            b.graph().initializer[0] = doubles("w", &[2, 3], &[0.0; 6])
        }),
    ];
    for (reason, change) in cases {
        let mut build = good();
        change(&mut build);
        let message = refusal(&build);
        assert!(message.starts_with("net.onnx: "), "{message}");
        assert!(message.contains(reason), "{message}\nshould say\n{reason}");
    }
}

/// Biases, shapes and constants that would change what is computed.
#[test]
fn refusals_of_shapes_and_constants() {
    let gemm = |build: Build, c: &str| build.node("Gemm", &["x", "t", c], "y", vec![]);
    let after = |build: Build, op: &str, inputs: &[&str]| {
        build.node("MatMul", &["x", "t"], "h", vec![]).node(op, inputs, "y", vec![])
    };
    let reshape =
        |shape: &[i64]| after(base().constant(int64s("s", shape)), "Reshape", &["h", "s"]);
    let cases = [
        (
            gemm(base().constant(floats("s", &[1], &[1.0])), "s"),
            "share one bias among several outputs",
        ),
        (
            gemm(base().constant(floats("s", &[], &[1.0])), "s"),
            "share one bias among several outputs",
        ),
        (gemm(base().constant(floats("s", &[2, 1], &[1.0, 2.0])), "s"), "share one bias"),
        (gemm(base().constant(floats("s", &[3], &[1.0; 3])), "s"), "share one bias"),
        (gemm(base().constant(floats("s", &[1, 1, 2], &[1.0; 2])), "s"), "have ranks"),
        (gemm(base(), "x"), "combines two values"),
        (
            after(base().constant(floats("s", &[4, 1, 2], &[0.0; 8])), "Add", &["h", "s"]),
            "share one bias",
        ),
        (
            after(base().constant(floats("s", &[1, 1, 2], &[0.0; 2])), "Add", &["h", "s"]),
            "share one bias",
        ),
        (after(base(), "Add", &["h", "h"]), "combines two values"),
        (reshape(&[2]), "mixes the batch"),
        (reshape(&[2, -1]), "mixes the batch"),
        (reshape(&[3]), "the number of elements differs"),
        (
            after(base(), "Reshape", &["h", "b"]),
            "tensor \"b\": element type float is not supported here; int64 is needed",
        ),
        (after(base(), "Reshape", &["h", "x"]), "the shape is not a constant"),
        (base().node("MatMul", &["w", "x"], "y", vec![]), "sum over the batch"),
        (base().node("Gemm", &["w", "x"], "y", vec![int("transB", 1)]), "sum over the batch"),
        (base_with(&[1, 3]).node("MatMul", &["w", "x"], "y", vec![]), "do not fit"),
        (base_with(&[3, 2]).node("MatMul", &["w", "x"], "y", vec![]), "multiply several vectors"),
        (
            base_with(&[2, 1, 3]).node("MatMul", &["x", "t"], "y", vec![]),
            "multiply several vectors",
        ),
        (
            base().constant(tensor("e", &[0, 3], 1)).node("MatMul", &["x", "e"], "y", vec![]),
            "tensor \"e\": the dimensions [0, 3] are empty",
        ),
        (
            base().constant(tensor("e", &[-1, 3], 1)).node("MatMul", &["x", "e"], "y", vec![]),
            "the dimensions [-1, 3] are empty",
        ),
        (
            base().constant(tensor("e", &[i64::MAX, i64::MAX], 1)).node(
                "MatMul",
                &["x", "e"],
                "y",
                vec![],
            ),
            "negative or too large",
        ),
        (
            base().constant(tensor("e", &[3, 2], 10)).node("MatMul", &["x", "e"], "y", vec![]),
            "tensor \"e\": element type float16 is not supported here",
        ),
        (
            base().constant(int64s("e", &[1, 2, 3])).node("MatMul", &["x", "e"], "y", vec![]),
            "element type int64",
        ),
        (
            base().node("Flatten", &["x"], "f", vec![int("axis", 0)]).node(
                "Gemm",
                &["f", "t"],
                "y",
                vec![],
            ),
            "mixes the batch",
        ),
        (
            base().node("Flatten", &["x"], "f", vec![int("axis", 2)]).node(
                "Gemm",
                &["f", "t"],
                "y",
                vec![],
            ),
            "mixes the batch",
        ),
        (
            base()
                .node("Constant", &[], "k", vec![attribute("value_string", AttributeType::STRING)])
                .node("MatMul", &["x", "k"], "y", vec![]),
            "the constant is given as value_string",
        ),
        (
            base().node("Constant", &[], "k", vec![]).node("MatMul", &["x", "k"], "y", vec![]),
            "the attribute \"value\" is missing",
        ),
        (
            base()
                .node("Constant", &[], "k", vec![attribute("value", AttributeType::TENSOR)])
                .node("MatMul", &["x", "k"], "y", vec![]),
            "the attribute \"value\" holds no tensor",
        ),
    ];
    for (build, reason) in cases {
        let message = refusal(&build);
        assert!(message.contains(reason), "{message}\nshould say\n{reason}");
    }
}

#[test]
fn files_that_are_none() {
    let e = onnx::load(Path::new("no/such/net.onnx")).unwrap_err().to_string();
    assert!(e.starts_with("no/such/net.onnx: the file cannot be read ("), "{e}");
    let text = Bytes::from_static(b"network net = onnx \"a.onnx\"\n");
    let e = onnx::load_bytes(Path::new("a.thr"), text).unwrap_err().to_string();
    assert!(e.starts_with("a.thr, byte ") && e.contains("no ONNX"), "{e}");
    let e = onnx::load_bytes(Path::new("empty.onnx"), Bytes::new()).unwrap_err().to_string();
    assert_eq!(e, "empty.onnx: the file holds no graph; it is empty or no ONNX model");
}

/// A file above the size from which files are mapped reads the same as from memory.
#[test]
fn a_mapped_file() {
    let values: Vec<f32> = (0..300_000).map(|i: u32| i as f32 - 0.5).collect();
    let build = Build::new(13)
        .input("x", &[0, 1000])
        .output("y")
        .constant(raw_floats("w", &[1000, 300], &values))
        .node("MatMul", &["x", "w"], "y", vec![]);
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), build.bytes()).unwrap();
    let mapped = onnx::load(file.path()).unwrap();
    assert_eq!(mapped.network, load(&build).unwrap().network);
    assert_eq!(mapped.sha256, theriac::front::hash::sha256_file(file.path()).unwrap());
    let weight = &mapped.network.affine().next().unwrap().weight;
    assert_eq!((weight[[7, 2]], weight.dim()), (606.5, (300, 1000)));
}
