//! CROWN's bounds of a real network, recorded from auto_LiRPA. See `tests/data/graph_bounds/README.md`.

use std::path::{Path, PathBuf};

use serde_json::Value;
use theriac::bounds::Interval;
use theriac::bounds::graph::{BackwardOptions, Plan, backward, interval};
use theriac::front::onnx::{Options, load_graph};
use theriac::network::graph::{NodeId, Op, Unary};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/graph_bounds").join(name)
}

fn intervals(v: &Value) -> Vec<Interval> {
    let end = |p: &Value, k: usize| p[k].as_f64().unwrap();
    v.as_array().unwrap().iter().map(|p| Interval::new(end(p, 0), end(p, 1))).collect()
}

#[test]
fn no_bound_is_looser_than_crowns() {
    let graph = load_graph(&data("acasxu_1_1.onnx"), &Options::default()).unwrap().graph;
    let text = std::fs::read_to_string(data("acasxu_1_1.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let mut wanted: Vec<(NodeId, Vec<Interval>)> = Vec::new();
    for relu in file["relus"].as_array().unwrap() {
        let name = relu["name"].as_str().unwrap();
        let operand = graph.nodes.iter().find_map(|n| match &n.op {
            Op::Unary { x, f: Unary::Relu } if n.origin == name => Some(*x),
            _ => None,
        });
        wanted.push((operand.unwrap(), intervals(&relu["operand"])));
    }
    wanted.push((graph.outputs[0].node, intervals(&file["outputs"])));
    let plan = Plan::new(&graph);
    let plain = interval(&plan, &intervals(&file["box"])).unwrap();
    // The most by which one of ours reaches beyond theirs, by their width, and the number compared.
    let most = |crown: bool| {
        let mut bounds = plain.clone();
        let options = BackwardOptions { crown, ..BackwardOptions::default() };
        backward(&plan, &mut bounds, &options).unwrap();
        let (mut most, mut count) = (f64::NEG_INFINITY, 0);
        for (id, theirs) in &wanted {
            assert_eq!(theirs.len(), bounds.of(*id).len());
            for (e, v) in theirs.iter().enumerate() {
                // What is decided is replaced exactly, whatever its bounds.
                let ours = bounds.of(*id)[e];
                if *id == graph.outputs[0].node || (ours.lo < 0.0 && ours.hi > 0.0) {
                    most = f64::max(most, (v.lo - ours.lo).max(ours.hi - v.hi) / v.width());
                    count += 1;
                }
            }
        }
        (most, count)
    };
    let (looser, count) = most(true);
    assert!(looser < 1e-9, "looser by {looser:e}");
    assert!(count > 100, "{count}");
    // What the second set of relaxations is for: from the better bounds alone, some are worse.
    assert!(most(false).0 > 0.1);
}
