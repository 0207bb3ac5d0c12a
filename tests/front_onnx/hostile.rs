//! Damaged and hostile ONNX files: a clear error or a network, never a panic, and memory in
//! proportion to the file.

use std::path::Path;

use crate::damage::damaged;
use crate::memory::measured;
use bytes::Bytes;
use onnx_oracle::build::{Build, floats, int64s, raw_floats};
use theriac::front::onnx::wire::{Limits, WireProblem, scan};
use theriac::front::onnx::{self, OnnxProblem, Place};

fn load(bytes: Vec<u8>) -> Result<onnx::LoadedNetwork, onnx::OnnxError> {
    onnx::load_bytes(Path::new("net.onnx"), Bytes::from(bytes))
}

fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    [
        "examples/data/moons_2-4-1_s1.onnx",
        "examples/data/iris3_4-3_s1.onnx",
        "tests/data/onnx/marabou__fc_2-2-3/model.onnx",
        "tests/data/onnx/marabou__gemm/model.onnx",
        "tests/data/onnx/marabou__dropout_training_mode_false/model.onnx",
        "tests/data/onnx/omlt__keras_linear_131_relu/model.onnx",
        "tests/data/onnx/pyscipopt_ml__sk_3_42_0_0_relu/model.onnx",
    ]
    .iter()
    .map(|file| std::fs::read(root.join(file)).unwrap())
    .collect()
}

/// 10,000 truncations, bit flips, exchanged and inserted bytes.
#[test]
fn mutations_never_panic() {
    let seeds = seeds();
    let mut rng = fastrand::Rng::with_seed(11);
    let (mut good, mut wire, mut other) = (0, 0, 0);
    for round in 0..10_000 {
        let bytes = damaged(&seeds[round % seeds.len()], &mut rng);
        let size = bytes.len();
        let (result, peak) = measured(|| load(bytes));
        assert!(peak < 40 * size + 20_000, "{peak} bytes for a file of {size}");
        match result {
            Ok(loaded) => {
                good += 1;
                let input = vec![0.5; loaded.network.inputs];
                assert_eq!(loaded.network.eval(&input).len(), loaded.network.outputs);
                for layer in loaded.network.affine() {
                    assert!(layer.weight.iter().all(|w| w.is_finite()));
                }
            }
            Err(e) => {
                assert!(e.to_string().starts_with("net.onnx"), "{e}");
                if matches!(e.place, Place::Byte(_)) { wire += 1 } else { other += 1 }
            }
        }
    }
    println!("{good} read, {wire} stopped by the scan, {other} refused later");
    assert!(good > 500 && wire > 1000 && other > 1000, "{good} {wire} {other}");
}

/// Every prefix of a file is an error: the last field is needed.
#[test]
fn every_truncation_is_an_error() {
    for whole in seeds() {
        if load(whole.clone()).is_ok() {
            // The opset import comes last or the graph does; either is needed.
            for end in 0..whole.len() {
                let cut = load(whole[..end].to_vec());
                assert!(cut.is_err(), "{end} of {} bytes are read", whole.len());
            }
        }
    }
}

fn number(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

/// A field with a length.
fn field(tag: u64, content: &[u8]) -> Vec<u8> {
    [number(tag << 3 | 2), number(content.len() as u64), content.to_vec()].concat()
}

fn wire_problem(bytes: Vec<u8>) -> WireProblem {
    let size = bytes.len();
    let (result, peak) = measured(|| load(bytes));
    assert!(peak < 10_000, "{peak} bytes for a file of {size}");
    let error = result.unwrap_err();
    assert!(matches!(error.place, Place::Byte(_)), "{error}");
    let OnnxProblem::Wire(problem) = *error.problem else { panic!("{error}") };
    problem
}

#[test]
fn lengths_that_leave_their_parent() {
    let claim = |tag: u64, length: u64| [number(tag << 3 | 2), number(length), vec![0]].concat();
    for length in [2, 100, 2_000_000_000, u64::MAX] {
        let problem = wire_problem(claim(7, length));
        assert_eq!(problem, WireProblem::Length { length, left: 1 });
        // Inside a graph inside a node, with enough bytes in the file but not in the node.
        let mut nested = field(7, &field(1, &claim(3, length)));
        nested.extend(field(6, &[b'x'; 200]));
        assert_eq!(wire_problem(nested), WireProblem::Length { length, left: 1 });
    }
}

#[test]
fn groups_and_unknown_wire_types() {
    let groups = vec![0x7bu8; 3_000_000];
    assert_eq!(wire_problem(groups), WireProblem::WireType { wire: 3 });
    for wire in [3, 4, 6, 7] {
        let bytes = field(7, &field(1, &[5 << 3 | wire]));
        assert_eq!(wire_problem(bytes), WireProblem::WireType { wire });
    }
}

#[test]
fn damaged_numbers_and_lists() {
    assert_eq!(wire_problem(vec![0x08]), WireProblem::CutNumber);
    assert_eq!(wire_problem(vec![0x08, 0x80]), WireProblem::CutNumber);
    assert_eq!(wire_problem([vec![0x08], vec![0xff; 11]].concat()), WireProblem::LongNumber);
    let overflow = [vec![0x08], vec![0xff; 9], vec![2]].concat();
    assert_eq!(wire_problem(overflow), WireProblem::LongNumber);
    assert_eq!(wire_problem(vec![0, 0]), WireProblem::FieldNumber { number: 0 });
    let tensor = |content: Vec<u8>| field(7, &field(5, &content));
    let floats = tensor(field(4, &[0; 7]));
    assert_eq!(wire_problem(floats), WireProblem::List { size: 4, length: 7 });
    let doubles = tensor(field(10, &[0; 12]));
    assert_eq!(wire_problem(doubles), WireProblem::List { size: 8, length: 12 });
    assert_eq!(wire_problem(tensor(field(1, &[0x80, 0x80]))), WireProblem::CutNumber);
}

/// Subgraphs in subgraphs, 5,000 levels deep.
#[test]
fn deep_nesting() {
    let mut graph = Vec::new();
    for _ in 0..5_000 {
        graph = field(1, &field(5, &field(6, &graph)));
    }
    let problem = wire_problem(field(7, &graph));
    assert_eq!(problem, WireProblem::Limit { what: "levels of nesting", limit: 32 });
    // Types nest as well: an optional of an optional of ...
    let mut kind = Vec::new();
    for _ in 0..1000 {
        kind = field(9, &field(1, &kind));
    }
    let problem = wire_problem(field(7, &field(11, &field(2, &kind))));
    assert_eq!(problem, WireProblem::Limit { what: "levels of nesting", limit: 32 });
}

/// Two bytes of file become some hundred bytes of memory for an empty message.
#[test]
fn masses_of_empty_things() {
    let limits = Limits::default();
    let many = |unit: &[u8], times: usize| field(7, &unit.repeat(times));
    let limit = |what, limit| WireProblem::Limit { what, limit };
    let nodes = wire_problem(many(&field(1, &[]), 3_000_000));
    assert_eq!(nodes, limit("nodes", limits.nodes));
    let tensors = wire_problem(many(&field(5, &[]), 3_000_000));
    assert_eq!(tensors, limit("tensors", limits.tensors));
    let values = wire_problem(many(&field(13, &[]), 3_000_000));
    assert_eq!(values, limit("messages", limits.messages));
    let names = wire_problem(field(7, &field(1, &field(1, &[]).repeat(3_000_000))));
    assert_eq!(names, limit("strings", limits.strings));
    let dims = wire_problem(field(7, &field(5, &field(1, &vec![0; 5_000_000]))));
    assert_eq!(dims, limit("integers in lists", limits.integers));
    let unpacked = wire_problem(field(7, &field(5, &[8, 0].repeat(5_000_000))));
    assert_eq!(unpacked, limit("integers in lists", limits.integers));
    let text = wire_problem(field(6, &vec![b'x'; 65 << 20]));
    assert_eq!(text, limit("bytes of strings", limits.string_bytes));
}

/// At the limits themselves a file of empty messages still decodes in bounded memory.
#[test]
fn what_the_limits_admit_stays_small() {
    let limits = Limits::default();
    let nodes = usize::try_from(limits.nodes).unwrap();
    let file = field(7, &field(1, &[]).repeat(nodes));
    let (result, peak) = measured(|| load(file));
    assert!(result.is_err());
    assert!(peak < 100 << 20, "{peak} bytes");
}

/// The scan counts what is there.
#[test]
fn counts_of_a_known_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/moons_2-4-1_s1.onnx");
    let found = scan(&std::fs::read(path).unwrap(), &Limits::default()).unwrap();
    assert_eq!((found.nodes, found.tensors), (3, 4));
    // Dimensions of W1, b1, W2, b2.
    assert_eq!(found.integers, 2 + 1 + 2 + 1);
    let tight = Limits { tensors: 3, ..Limits::default() };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/moons_2-4-1_s1.onnx");
    let (_, problem) = scan(&std::fs::read(path).unwrap(), &tight).unwrap_err();
    assert_eq!(problem, WireProblem::Limit { what: "tensors", limit: 3 });
}

/// `nodes` nodes of an operator in a row from `x` to `y`.
fn row_of(mut build: Build, operator: &str, others: &[&str], nodes: usize) -> Build {
    for i in 0..nodes {
        let from = if i == 0 { "x".to_owned() } else { format!("v{i}") };
        let to = if i + 1 == nodes { "y".to_owned() } else { format!("v{}", i + 1) };
        let inputs: Vec<&str> =
            std::iter::once(from.as_str()).chain(others.iter().copied()).collect();
        build = build.node(operator, &inputs, &to, vec![]);
    }
    build
}

/// Files whose parts are small and whose meaning is large.
#[test]
fn small_files_do_not_become_large_networks() {
    let failing = |build: Build, reason: &str| {
        let bytes = build.bytes();
        let size = bytes.len();
        let (result, peak) = measured(|| load(bytes));
        let message = result.unwrap_err().to_string();
        assert!(message.contains(reason), "{message}");
        peak / size
    };
    let model = |size| Build::new(13).input("x", &[0, size]).output("y");
    // One matrix of 1,000,000 floats, used by 200 layers.
    let square = raw_floats("w", &[1000, 1000], &vec![1.0; 1_000_000]);
    let shared = row_of(model(1000).constant(square), "MatMul", &["w"], 200);
    assert!(failing(shared, "layers share tensors of more than 16777216 numbers") < 100);
    // A shape of a million dimensions, copied through 1,000 nodes.
    let ones = int64s("s", &vec![1; 1_000_000]);
    let mut long = model(1).constant(ones).node("Reshape", &["x", "s"], "z", vec![]);
    long = row_of(long, "Identity", &[], 1000);
    long.graph().node[1].input[0] = "z".into();
    assert!(failing(long, "tensor \"s\": the dimensions [1000000] are") < 30);
    let flat = floats("w", &vec![1; 1_000_000], &[1.0]);
    let flat = row_of(model(1).constant(flat), "MatMul", &["w"], 1000);
    assert!(failing(flat, "tensor \"w\": the dimensions (1000000 of them) are") < 30);
    assert!(
        failing(
            Build::new(13).input("x", &vec![1; 100_000]).output("y"),
            "the network input has more than 64 dimensions"
        ) < 60
    );
}

/// Long chains are read without recursion.
#[test]
fn a_chain_of_many_nodes() {
    let model =
        Build::new(13).input("x", &[0, 1]).output("y").constant(floats("w", &[1, 1], &[2.0]));
    let mut build = row_of(model, "Identity", &[], 20_000);
    build.graph().node[0].op_type = "MatMul".into();
    build.graph().node[0].input.push("w".into());
    build.graph().node.reverse();
    assert_eq!(load(build.bytes()).unwrap().network.eval(&[3.0]), [6.0]);
}
