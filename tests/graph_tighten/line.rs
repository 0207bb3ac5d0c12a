//! Networks with one input, whose neurons' ranges are found by enumerating breakpoints.

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::network::graph::{Dense, Graph, NodeId, Op, Port, Unary};

use super::exact;

/// 1-6-6-5-2 with short binary fractions as weights.
pub fn network(rng: &mut Rng) -> Graph {
    let mut graph = Graph::default();
    let mut last = graph.push(Op::Input { port: 0 }, vec![1, 1], "x");
    graph.inputs.push(Port { name: "x".into(), node: last, shape: vec![1, 1] });
    let sizes = [1usize, 6, 6, 5, 2];
    for (k, pair) in sizes.windows(2).enumerate() {
        let (inputs, outputs) = (pair[0], pair[1]);
        let mut number = || f64::from(rng.i32(-16..=16)) / 8.0;
        let weight = (0..inputs * outputs).map(|_| number()).collect();
        let bias = (0..outputs).map(|_| number() / 2.0).collect();
        let by = Dense { weight, bias, inputs, outputs };
        last = graph.push(Op::Dense { x: last, by }, vec![1, outputs], format!("dense{k}"));
        if k + 2 < sizes.len() {
            let op = Op::Unary { x: last, f: Unary::Relu };
            last = graph.push(op, vec![1, outputs], format!("relu{k}"));
        }
    }
    graph.outputs.push(Port { name: "y".into(), node: last, shape: vec![1, 2] });
    graph
}

/// Exact ranges of the operands of all ReLUs. Between neighbouring breakpoints all neurons are linear,
/// so each has its extremes at breakpoints.
pub fn ranges(graph: &Graph, x: Interval) -> Vec<(NodeId, Vec<(RBig, RBig)>)> {
    let values = |at: &RBig| graph.values(std::slice::from_ref(at)).unwrap();
    let operands: Vec<NodeId> = graph
        .nodes
        .iter()
        .filter_map(|n| match &n.op {
            Op::Unary { x, .. } => Some(*x),
            _ => None,
        })
        .collect();
    let mut points = vec![exact(x.lo), exact(x.hi)];
    for id in &operands {
        // Zeros of this layer's operands, which are linear between the points so far.
        let mut more = Vec::new();
        for pair in points.windows(2) {
            let (a, b) = (values(&pair[0]), values(&pair[1]));
            for (p, q) in a.node(*id).iter().zip(b.node(*id)) {
                if (p.clone() * q) < RBig::ZERO {
                    let t = p.clone() / (p.clone() - q);
                    more.push(&pair[0] + t * (&pair[1] - &pair[0]));
                }
            }
        }
        points.extend(more);
        points.sort();
        points.dedup();
    }
    let all: Vec<_> = points.iter().map(values).collect();
    let range = |id: NodeId, e: usize| {
        let at = || all.iter().map(|v| v.node(id)[e].clone());
        (at().min().unwrap(), at().max().unwrap())
    };
    operands
        .iter()
        .map(|&id| (id, (0..graph.node(id).len()).map(|e| range(id, e)).collect()))
        .collect()
}
