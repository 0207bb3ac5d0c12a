//! Harmed ONNX files, read as graphs: a sentence or a graph that can be evaluated, never a panic, and
//! memory within the limit.

use std::path::{Path, PathBuf};

use crate::damage::damaged;
use crate::memory::measured;
use bytes::Bytes;
use fastrand::Rng;
use onnx_oracle::build::onnx_protobuf::{Message, ModelProto};
use theriac::front::onnx::import::supported;
use theriac::front::onnx::{Options, load_graph_bytes};
use theriac::network::graph::{Op, Rounding, Source};

/// Numbers that a graph may have here.
const LIMIT: usize = 1 << 18;

fn seeds() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut files: Vec<PathBuf> = ["onnx", "onnx_nodes"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path().join("model.onnx"))
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    let contents = files.iter().map(|f| std::fs::read(f).unwrap());
    contents.filter(|bytes| bytes.len() < 20_000).collect()
}

/// Rounds of each test and the first number of its sequence; `THERIAC_MUTATIONS` is a factor, and
/// then the sequence is another one.
fn rounds() -> (usize, u64) {
    let factor = std::env::var("THERIAC_MUTATIONS").ok().and_then(|v| v.parse().ok());
    let factor = factor.unwrap_or(1).max(1);
    (5_000 * factor, factor as u64 - 1)
}

/// Reads a file; evaluates the graph that comes out. Whether one does.
fn survives(bytes: Vec<u8>) -> bool {
    let size = bytes.len();
    let options = Options { limit: Some(LIMIT), ..Options::default() };
    let bytes = Bytes::from(bytes);
    let (result, peak) = measured(|| load_graph_bytes(Path::new("net.onnx"), bytes, &options));
    let most = 64 * LIMIT + 100 * size + 200_000;
    assert!(peak < most, "{peak} bytes for a file of {size}, at most {most}");
    match result {
        Err(e) => {
            let text = e.to_string();
            assert!(text.starts_with("net.onnx"), "{text}");
            assert!(text.len() < 2_000 && !text.contains('\n'), "{text}");
            false
        }
        Ok(loaded) => {
            for (k, node) in loaded.graph.nodes.iter().enumerate() {
                assert!(!node.is_empty(), "{node:?}");
                assert!(node.op.operands().iter().all(|id| id.index() < k), "{node:?}");
                if let Op::Move { from, map } = &node.op {
                    assert_eq!(map.len(), node.len());
                    let inside = |s: &Source| match s {
                        Source::Fixed(v) => v.is_finite(),
                        Source::Element { operand, element } => {
                            let below = loaded.graph.node(from[*operand as usize]);
                            (*element as usize) < below.len()
                        }
                    };
                    assert!(map.iter().all(inside), "{node:?}");
                }
            }
            let x = vec![0.5; loaded.graph.input_len()];
            let y = loaded.graph.eval(&x, Rounding::Double).unwrap();
            assert_eq!(y.len(), loaded.graph.output_len());
            true
        }
    }
}

/// Truncations, bit flips, exchanged and inserted bytes.
#[test]
fn harmed_bytes() {
    let seeds = seeds();
    let (rounds, shift) = rounds();
    let mut rng = Rng::with_seed(5 + shift);
    let (mut good, mut bad) = (0, 0);
    for round in 0..rounds {
        let bytes = damaged(&seeds[round % seeds.len()], &mut rng);
        if survives(bytes) { good += 1 } else { bad += 1 }
    }
    println!("{good} read, {bad} refused");
    assert!(good > 300 && bad > 1_000, "{good} {bad}");
}

/// Well-formed files that say something else: dimensions, constants, attributes, operators, names.
#[test]
fn harmed_meaning() {
    let seeds = seeds();
    let (rounds, shift) = rounds();
    let mut rng = Rng::with_seed(6 + shift);
    let operators = supported();
    let (mut good, mut bad) = (0, 0);
    for round in 0..rounds {
        let mut model = ModelProto::parse_from_bytes(&seeds[round % seeds.len()]).unwrap();
        for _ in 0..rng.usize(1..4) {
            twist(&mut model, &operators, &mut rng);
        }
        if survives(model.write_to_bytes().unwrap()) { good += 1 } else { bad += 1 }
    }
    println!("{good} read, {bad} refused");
    assert!(good > 300 && bad > 1_000, "{good} {bad}");
}

fn number(rng: &mut Rng) -> i64 {
    const ODD: [i64; 14] =
        [0, 1, -1, 2, 3, -2, 5, 7, 64, 1000, 1 << 31, 1 << 32, i64::MAX, i64::MIN];
    if rng.bool() { rng.i64(-4..9) } else { *rng.choice(&ODD).unwrap() }
}

fn twist(model: &mut ModelProto, operators: &[(&str, i64, Option<i64>)], rng: &mut Rng) {
    if rng.u8(..12) == 0 {
        model.opset_import.iter_mut().for_each(|o| o.version = rng.i64(6..24));
        return;
    }
    let graph = model.graph.mut_or_insert_default();
    match rng.u8(..8) {
        0 => {
            let Some(input) = choose(&mut graph.input, rng) else { return };
            let dims = &mut input.type_.mut_or_insert_default().mut_tensor_type().shape;
            if let Some(dim) = choose(&mut dims.mut_or_insert_default().dim, rng) {
                dim.set_dim_value(number(rng));
            }
        }
        1 => {
            let Some(tensor) = choose(&mut graph.initializer, rng) else { return };
            if let Some(dim) = choose(&mut tensor.dims, rng) {
                *dim = number(rng);
            }
        }
        2 => {
            let Some(tensor) = choose(&mut graph.initializer, rng) else { return };
            let list = (0..rng.i64(0..5)).map(|_| number(rng)).collect::<Vec<_>>();
            tensor.dims = vec![list.len() as i64];
            tensor.data_type = 7;
            tensor.raw_data.clear();
            tensor.float_data.clear();
            tensor.int64_data = list;
        }
        3 => {
            // An input as a constant list, as shapes, axes and indices are.
            let Some(input) = choose(&mut graph.input, rng) else { return };
            let list = (0..rng.i64(0..5)).map(|_| number(rng)).collect::<Vec<_>>();
            let tensor = onnx_oracle::build::int64s(&input.name.clone(), &list);
            graph.initializer.push(tensor);
        }
        4 | 5 => {
            let Some(node) = choose(&mut graph.node, rng) else { return };
            let Some(attribute) = choose(&mut node.attribute, rng) else { return };
            attribute.i = number(rng);
            attribute.f = *rng.choice(&[0.0, -1.0, 1e30, f32::NAN, f32::INFINITY, 0.3]).unwrap();
            if let Some(value) = choose(&mut attribute.ints, rng) {
                *value = number(rng);
            }
            if rng.u8(..4) == 0 {
                attribute.ints.push(number(rng));
            }
        }
        6 => {
            let Some(node) = choose(&mut graph.node, rng) else { return };
            node.op_type = rng.choice(operators).unwrap().0.to_owned();
        }
        _ => {
            let names: Vec<String> =
                graph.node.iter().flat_map(|n| n.output.iter().chain(&n.input)).cloned().collect();
            let Some(node) = choose(&mut graph.node, rng) else { return };
            if let (Some(slot), Some(name)) = (choose(&mut node.input, rng), rng.choice(&names)) {
                slot.clone_from(name);
            }
        }
    }
}

fn choose<'a, T>(list: &'a mut [T], rng: &mut Rng) -> Option<&'a mut T> {
    if list.is_empty() { None } else { list.get_mut(rng.usize(..list.len())) }
}
