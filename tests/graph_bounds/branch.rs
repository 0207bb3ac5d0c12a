//! Branch and bound: what it refutes has no counterexample, and what it finds is one.

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::bounds::graph::Plan;
use theriac::bounds::graph::branch::{
    BranchOptions, Branched, Method, Reason, Split, Splits, Tree, TreeError, Verdict, branch,
    verify_tree,
};
use theriac::front::onnx::{Options, load_graph};
use theriac::network::graph::{Dense, Graph, Op, Port, Unary};
use theriac::question::verify::{Atom, Case, Formula, Relation, Truth, Variable};

use super::exact::{evaluate, exact};
use super::random::{Numbers, graph};
use super::{boxes, point};

/// Layers with functions of several linear pieces.
fn network(rng: &mut Rng, inputs: usize) -> Graph {
    let mut graph = Graph::default();
    let mut last = graph.push(Op::Input { port: 0 }, vec![1, inputs], "x");
    graph.inputs.push(Port { name: "x".into(), node: last, shape: vec![1, inputs] });
    let mut width = inputs;
    let layers = rng.usize(2..4);
    for layer in 0..layers {
        let outputs = if layer + 1 == layers { 2 } else { rng.usize(3..7) };
        let mut weight = || (rng.f64() - 0.5) * 2.0;
        let by = Dense {
            weight: (0..width * outputs).map(|_| weight()).collect(),
            bias: (0..outputs).map(|_| 0.5 * weight()).collect(),
            inputs: width,
            outputs,
        };
        last = graph.push(Op::Dense { x: last, by }, vec![1, outputs], "dense");
        if layer + 1 < layers {
            let f = match rng.u8(0..9) {
                0 => Unary::Abs,
                1 => Unary::Leaky { slope: 0.1 },
                2 => Unary::Clip { lo: -0.25, hi: 0.5 },
                3 => Unary::Step { below: -1.0, at: 0.0, above: 1.0 },
                4 => Unary::Threshold { threshold: 0.25 },
                _ => Unary::Relu,
            };
            last = graph.push(Op::Unary { x: last, f }, vec![1, outputs], "piecewise");
        }
        width = outputs;
    }
    graph.outputs.push(Port { name: "y".into(), node: last, shape: vec![1, 2] });
    graph
}

fn atom(terms: &[(u32, f64)], relation: Relation, k: f64) -> Formula {
    let terms = terms.iter().map(|t| (Variable::Output(t.0), Interval::point(t.1))).collect();
    Formula::Atom(Atom { terms, relation, constant: Interval::point(k), line: 0 })
}

/// Rational outputs.
fn outputs(graph: &Graph, x: &[f64]) -> Vec<RBig> {
    let values = evaluate(graph, x, &mut |lo, _| lo);
    graph.outputs.iter().flat_map(|p| values[p.node.index()].clone()).collect()
}

fn truth(case: &Case, graph: &Graph, x: &[f64]) -> Truth {
    let point: Vec<RBig> = x.iter().map(|v| exact(*v)).collect();
    case.goal.truth_exact(&point, &outputs(graph, x))
}

/// A goal that is nearly possible or just possible: its constants lie around the least values that
/// samples have.
fn goal(rng: &mut Rng, graph: &Graph, samples: &[Vec<f64>]) -> Formula {
    let least = |c: [f64; 2]| {
        let value = |x: &Vec<f64>| {
            let y = outputs(graph, x);
            (exact(c[0]) * &y[0] + exact(c[1]) * &y[1]).to_f64().value()
        };
        samples.iter().map(value).fold(f64::INFINITY, f64::min)
    };
    let mut part = || {
        let c = [[1.0, -1.0], [-1.0, 1.0], [1.0, 0.5], [-1.0, -0.25]][rng.usize(0..4)];
        let off = [-0.5, -0.05, 0.0, 0.01][rng.usize(0..4)];
        let relation = [Relation::AtMost, Relation::Below][rng.usize(0..2)];
        atom(&[(0, c[0]), (1, c[1])], relation, least(c) + off)
    };
    let (a, b, c) = (part(), part(), part());
    match rng.u8(0..4) {
        0 => a,
        1 => Formula::All(vec![a, b]),
        2 => Formula::Any(vec![a, b]),
        _ => Formula::Any(vec![Formula::All(vec![a, b]), c]),
    }
}

pub fn options(method: Method, nodes: usize) -> BranchOptions<'static> {
    let method = Some(method);
    BranchOptions { nodes, method, steps: 5, ..BranchOptions::default() }
}

/// Checks a result against samples, and its tree.
pub fn judge(graph: &Graph, case: &Case, found: &Branched, samples: &[Vec<f64>], what: &str) {
    let plan = Plan::new(graph);
    match &found.verdict {
        Verdict::Refuted(tree) => {
            for x in samples {
                assert_eq!(truth(case, graph, x), Truth::No, "{what}: refuted, but {x:?}");
            }
            let walked = verify_tree(&plan, case, tree, &BranchOptions::default());
            assert_eq!(walked, Ok(found.nodes), "{what}");
            assert_eq!(tree.len(), found.nodes, "{what}");
        }
        Verdict::Attack(replay) => {
            assert!(replay.is_attack() && case.admits(&replay.inputs) == Truth::Yes, "{what}");
            assert_eq!(truth(case, graph, &replay.inputs), Truth::Yes, "{what}");
        }
        Verdict::Unknown { reason, .. } => {
            assert!(matches!(reason, Reason::Nodes | Reason::Whole), "{what}: {reason:?}");
        }
    }
}

pub const METHODS: [Method; 2] = [Method::Inputs, Method::Neurons];

/// A network with a case around its least values, and samples.
pub fn instance(seed: u64) -> (Graph, Case, Vec<Vec<f64>>) {
    let mut rng = Rng::with_seed(seed);
    let inputs = rng.usize(1..4);
    let graph = network(&mut rng, inputs);
    let mut box_ = Vec::new();
    for _ in 0..inputs {
        let (x, r) = (rng.f64() - 0.5, 0.1 + rng.f64());
        box_.push(Interval::new(x - r, x + r));
    }
    let samples: Vec<Vec<f64>> = (0..40).map(|_| point(&mut rng, &box_)).collect();
    let goal = goal(&mut rng, &graph, &samples);
    (graph, Case::of_box(box_, goal), samples)
}

#[test]
fn verdicts_hold_at_exact_points() {
    // Refuted, attacked, unknown, by either method.
    let mut counts = [[0; 3]; 2];
    for seed in 0..100 {
        let (graph, case, samples) = instance(seed);
        let plan = Plan::new(&graph);
        let mut known = None;
        for (m, method) in METHODS.into_iter().enumerate() {
            let found = branch(&plan, &case, &options(method, 300));
            let what = format!("seed {seed}, {method:?}");
            judge(&graph, &case, &found, &samples, &what);
            let (k, verdict) = match &found.verdict {
                Verdict::Refuted(_) => (0, Some(false)),
                Verdict::Attack(_) => (1, Some(true)),
                Verdict::Unknown { .. } => (2, None),
            };
            counts[m][k] += 1;
            let other = known.replace(verdict).flatten();
            assert!(other.is_none() || verdict.is_none() || other == verdict, "{what}");
            let two = branch(&plan, &case, &BranchOptions { threads: 2, ..options(method, 300) });
            assert_eq!(two, found, "{what}, two threads");
        }
    }
    for c in counts {
        assert!(c[0] > 20 && c[1] > 15 && c[2] < 50, "{counts:?}");
    }
}

#[test]
fn all_operations_are_bounded() {
    let mut refuted = 0;
    for seed in 0..80 {
        let mut n = Numbers { rng: Rng::with_seed(seed), spread: 1 };
        let graph = graph(&mut n, 8);
        let inputs = boxes(&mut n, graph.input_len());
        let samples: Vec<Vec<f64>> = (0..12).map(|_| point(&mut n.rng, &inputs)).collect();
        // Factors may be enclosures here, so that only one of several runs is compared.
        let value = |x: &Vec<f64>| outputs(&graph, x)[0].to_f64().value();
        let least = samples.iter().map(value).fold(f64::INFINITY, f64::min);
        for off in [0.0, 0.5 * least.abs() + 0.5] {
            let case = Case::of_box(
                inputs.clone(),
                atom(&[(0, 1.0)], Relation::AtMost, (least - off).next_up()),
            );
            for method in METHODS {
                let plan = Plan::new(&graph);
                let options =
                    BranchOptions { attack: false, root_steps: Some(2), ..options(method, 40) };
                let found = branch(&plan, &case, &options);
                let Verdict::Refuted(tree) = found.verdict else { continue };
                assert!(off > 0.0, "seed {seed}, {method:?}: a sample is a counterexample");
                assert_eq!(verify_tree(&plan, &case, &tree, &options), Ok(found.nodes));
                refuted += 1;
            }
        }
    }
    assert!(refuted > 50, "{refuted}");
}

/// The tree with the subtree at `node` replaced.
fn graft(tree: &Tree, node: usize, by: &[Option<Split>]) -> Tree {
    let all = &tree.splits.0;
    let (mut end, mut open) = (node, 1);
    while open > 0 {
        open = open - 1 + if all[end].is_some() { 2 } else { 0 };
        end += 1;
    }
    let parts = [&all[..node], by, &all[end..]];
    Tree { splits: Splits(parts.concat()), ..tree.clone() }
}

#[test]
fn mutated_trees_are_refused() {
    let (mut tried, mut again) = (0, 0);
    for seed in 0..40 {
        let (graph, case, _) = instance(seed);
        let plan = Plan::new(&graph);
        for method in METHODS {
            let found = branch(&plan, &case, &options(method, 120));
            let Verdict::Refuted(tree) = found.verdict else { continue };
            let walk = |tree: &Tree| verify_tree(&plan, &case, tree, &BranchOptions::default());
            for (node, split) in tree.splits.0.iter().enumerate() {
                let Some(split) = split else { continue };
                tried += 1;
                // Bounds did not refute it before it was split.
                let cut = walk(&graft(&tree, node, &[None]));
                assert!(matches!(cut, Err(TreeError::Open { .. })), "seed {seed}: {cut:?}");
                let wrong = match *split {
                    Split::Input(_) => vec![
                        Split::Input(case.outer.len() as u32),
                        Split::Neuron { node: 2, element: 0, at: 0 },
                    ],
                    Split::Neuron { node, element, at } => vec![
                        Split::Input(0),
                        Split::Neuron { node: 0, element, at },
                        Split::Neuron { node: u32::MAX, element, at },
                        Split::Neuron { node, element: 1000, at },
                        Split::Neuron { node, element, at: at + 1 },
                    ],
                };
                for other in wrong {
                    let mut tree = tree.clone();
                    tree.splits.0[node] = Some(other);
                    let refused = walk(&tree);
                    // The second breakpoint of a clip is one.
                    let clip = matches!(other, Split::Neuron { at: 1, .. });
                    assert!(matches!(refused, Err(TreeError::Split { .. })) || clip, "{refused:?}");
                }
                if let Split::Neuron { .. } = split {
                    let twice = [Some(*split), Some(*split), None, None, None];
                    // Unless the first half is refuted, and so its split is not looked at.
                    let refused = walk(&graft(&tree, node, &twice));
                    again += u32::from(matches!(refused, Err(TreeError::Split { .. })));
                }
            }
            let mut short = tree.clone();
            short.splits.0.pop();
            assert!(matches!(walk(&short), Err(TreeError::Child { .. } | TreeError::Trees { .. })));
            let mut long = tree.clone();
            long.splits.0.push(None);
            assert!(matches!(walk(&long), Err(TreeError::Surplus { .. })));
            let steps = Tree { steps: u32::MAX, ..tree };
            assert!(matches!(walk(&steps), Err(TreeError::Steps { .. })));
        }
    }
    assert!(tried > 60 && again > 8, "{tried}, {again}");
}

/// No tree refutes a case with a counterexample.
#[test]
fn no_tree_hides_a_counterexample() {
    let mut walked = 0;
    for seed in 0..50 {
        let (graph, case, samples) = instance(seed);
        if !samples.iter().any(|x| truth(&case, &graph, x) == Truth::Yes) {
            continue;
        }
        let plan = Plan::new(&graph);
        let mut rng = Rng::with_seed(seed);
        let roots = case.goal.conjunctions(10).unwrap().len();
        for round in 0..20 {
            let method = METHODS[round % 2];
            let trees = if method == Method::Inputs { 1 } else { roots };
            let mut splits = Vec::new();
            let mut open = trees;
            while open > 0 {
                let split = match method {
                    _ if rng.u8(0..5) < 3 || splits.len() > 60 => None,
                    Method::Inputs => Some(Split::Input(rng.u32(0..case.outer.len() as u32))),
                    Method::Neurons => {
                        let node = 2 * rng.u32(1..graph.nodes.len() as u32 / 2);
                        Some(Split::Neuron { node, element: rng.u32(0..3), at: 0 })
                    }
                };
                open = open - 1 + if split.is_some() { 2 } else { 0 };
                splits.push(split);
            }
            let tree = Tree { method, steps: 3, root_steps: 0, splits: Splits(splits) };
            let refused = verify_tree(&plan, &case, &tree, &BranchOptions::default());
            assert!(refused.is_err(), "seed {seed}: {tree:?}");
            walked += u32::from(matches!(refused, Err(TreeError::Open { .. })));
        }
    }
    assert!(walked > 100, "{walked}");
}

#[test]
fn searches_stop_and_say_why() {
    let (graph, mut case, _) = instance(3);
    let plan = Plan::new(&graph);
    let raised = std::sync::atomic::AtomicBool::new(true);
    for method in METHODS {
        let stopped = BranchOptions { cancel: Some(&raised), ..options(method, 100) };
        let found = branch(&plan, &case, &stopped);
        assert!(matches!(found.verdict, Verdict::Unknown { reason: Reason::Stopped, .. }));
        let none = branch(&plan, &case, &options(method, 0));
        assert!(matches!(none.verdict, Verdict::Unknown { reason: Reason::Nodes, .. }));
    }
    // What is possible everywhere stays so in every part; the parts of one point cannot be split.
    case.goal = atom(&[(0, 0.0), (1, 1.0)], Relation::AtMost, 1e9);
    case.outer = case.outer.iter().map(|v| Interval::new(v.lo, v.lo.next_up())).collect();
    case.inner.clone_from(&case.outer);
    let no_attack = BranchOptions { attack: false, ..options(Method::Inputs, 1000) };
    let found = branch(&plan, &case, &no_attack);
    assert!(matches!(found.verdict, Verdict::Unknown { reason: Reason::Whole, .. }), "{found:?}");
    let found = branch(&plan, &case, &options(Method::Inputs, 1000));
    assert!(matches!(found.verdict, Verdict::Attack(_)), "{found:?}");
}

/// A part of the box of ACAS Xu's property 3 for network 1_1, which every tool of VNN-COMP that decided it
/// holds for true: "clear of conflict" is not the least score.
#[test]
fn a_part_of_a_known_property_is_refuted() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/graph_bounds/acasxu_1_1.onnx");
    let graph = load_graph(std::path::Path::new(path), &Options::default()).unwrap().graph;
    let ends = [(-0.3035, -0.3), (0.004, 0.0095), (0.4934, 0.5), (0.3, 0.4), (0.3, 0.4)];
    let box_ = ends.iter().map(|e| Interval::new(e.0, e.1)).collect();
    let least = (1..5).map(|k| atom(&[(0, 1.0), (k, -1.0)], Relation::AtMost, 0.0)).collect();
    let case = Case::of_box(box_, Formula::All(least));
    let plan = Plan::new(&graph);
    let found = branch(&plan, &case, &BranchOptions::default());
    let Verdict::Refuted(tree) = &found.verdict else { panic!("{found:?}") };
    assert_eq!(tree.method, Method::Inputs);
    assert!(found.nodes > 1 && found.nodes < 400, "{}", found.nodes);
    // About two bytes a node.
    assert!(tree.splits.to_string().len() < 2 * found.nodes);
    let two = BranchOptions { threads: 2, ..BranchOptions::default() };
    assert_eq!(branch(&plan, &case, &two), found);
    assert_eq!(verify_tree(&plan, &case, tree, &two), Ok(found.nodes));
}
