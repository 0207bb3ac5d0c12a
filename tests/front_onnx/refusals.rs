//! What is refused, and what the refusal says.

use std::path::Path;

use super::build::{base, base_with, chain, int, load, refusal};
use bytes::Bytes;
use onnx_oracle::build::onnx_protobuf::{
    FunctionProto, SparseTensorProto, StringStringEntryProto, attribute_proto::AttributeType,
    tensor_proto::DataLocation,
};
use onnx_oracle::build::{
    Build, attribute, doubles, float_attribute, floats, int64s, raw_floats, tensor,
};
use theriac::front::onnx;

/// Each case changes one thing of a good model: `Gemm`, `Relu`, `Gemm`.
type Change = fn(&mut Build);

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
