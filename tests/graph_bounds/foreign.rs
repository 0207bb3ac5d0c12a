//! Networks with bounds recorded from auto_LiRPA. See `tests/data/graph_bounds/README.md`.

use serde_json::Value;
use theriac::bounds::Interval;
use theriac::network::graph::{Conv, Dense, Graph, NodeId, Op, Port, Unary};

pub struct Recorded {
    pub graph: Graph,
    pub inputs: Vec<Interval>,
    /// Bounds of the operand of each ReLU and of the output.
    pub bounds: Vec<(NodeId, Vec<Interval>)>,
}

fn numbers(v: &Value) -> Vec<f64> {
    v.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn counts(v: &Value) -> Vec<usize> {
    v.as_array().unwrap().iter().map(|x| x.as_u64().unwrap() as usize).collect()
}

fn intervals(v: &Value) -> Vec<Interval> {
    let all = v.as_array().unwrap().iter().map(numbers);
    all.map(|p| Interval::new(p[0], p[1])).collect()
}

pub fn load(name: &str) -> Recorded {
    let path = format!("{}/tests/data/graph_bounds/{name}", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut graph = Graph::default();
    let mut wanted = Vec::new();
    for n in file["nodes"].as_array().unwrap() {
        let node = |key: &str| NodeId(n[key].as_u64().unwrap() as u32);
        let count = |key: &str| n[key].as_u64().unwrap() as usize;
        let op = match n["op"].as_str().unwrap() {
            "input" => Op::Input { port: 0 },
            "relu" => {
                wanted.push(node("x"));
                Op::Unary { x: node("x"), f: Unary::Relu }
            }
            "add" => Op::Add { terms: vec![(node("a"), false), (node("b"), false)] },
            "dense" => {
                let (weight, bias) = (numbers(&n["w"]), numbers(&n["b"]));
                let by = Dense { weight, bias, inputs: count("i"), outputs: count("o") };
                Op::Dense { x: node("x"), by }
            }
            "conv" => {
                let pads = counts(&n["p"]);
                let by = Conv {
                    weight: numbers(&n["w"]),
                    weight_shape: counts(&n["ws"]),
                    bias: numbers(&n["b"]),
                    groups: count("g"),
                    strides: counts(&n["st"]),
                    dilations: counts(&n["d"]),
                    pads_begin: pads[..2].to_vec(),
                    pads_end: pads[2..].to_vec(),
                    transposed: false,
                };
                Op::Conv { x: node("x"), by }
            }
            other => panic!("{other}"),
        };
        let shape = counts(&n["shape"]);
        let is_input = matches!(op, Op::Input { .. });
        let node = graph.push(op, shape.clone(), "");
        if is_input {
            graph.inputs.push(Port { name: "x".into(), node, shape });
        }
    }
    let out = NodeId(file["out"].as_u64().unwrap() as u32);
    wanted.push(out);
    let shape = graph.node(out).shape.clone();
    graph.outputs.push(Port { name: "y".into(), node: out, shape });
    let bounds = file["bounds"].as_array().unwrap().iter().map(intervals);
    let bounds = wanted.into_iter().zip(bounds).collect();
    Recorded { graph, inputs: intervals(&file["box"]), bounds }
}
