//! Bounds of a graph's nodes hold exactly: the truth is rational arithmetic at points of the box.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "graph_bounds/ball.rs"]
mod ball;
#[path = "graph_bounds/branch.rs"]
mod branch;
#[path = "graph_bounds/exact.rs"]
mod exact;
#[path = "graph_bounds/foreign.rs"]
mod foreign;
#[path = "support/graphs/mod.rs"]
mod graphs;
#[path = "graph_bounds/random.rs"]
mod random;
#[path = "graph_tighten/mod.rs"]
mod tighten;

use dashu::rational::RBig;
use exact::{evaluate, exact};
use fastrand::Rng;
use random::{Numbers, graph};
use theriac::bounds::Interval;
use theriac::bounds::graph::{
    BackwardOptions, GraphBounds, Plan, backward, bound_linear, interval,
};
use theriac::network::graph::{Dense, Function, Graph, NodeId, Op, Port, Unary};
use theriac::question::verify::Variable;

fn holds(v: Interval, x: &RBig) -> bool {
    let below = v.lo == f64::NEG_INFINITY || exact(v.lo) <= *x;
    let above = v.hi == f64::INFINITY || *x <= exact(v.hi);
    below && above
}

fn point(rng: &mut Rng, inputs: &[Interval]) -> Vec<f64> {
    let kind = rng.u8(0..3);
    inputs
        .iter()
        .map(|v| match kind {
            0 => [v.lo, v.hi][rng.usize(0..2)],
            1 => (v.lo + (v.hi - v.lo) * rng.f64()).clamp(v.lo, v.hi),
            _ => [v.lo, v.hi, 0.5 * v.lo + 0.5 * v.hi, 0.0f64.clamp(v.lo, v.hi)][rng.usize(0..4)],
        })
        .collect()
}

fn boxes(n: &mut Numbers, len: usize) -> Vec<Interval> {
    (0..len)
        .map(|_| {
            let x = n.weight();
            let r = if n.rng.u8(0..5) == 0 { 0.0 } else { n.weight().abs() };
            Interval::new(x - r, x + r)
        })
        .collect()
}

fn check(graph: &Graph, bounds: &GraphBounds, values: &[Vec<RBig>], what: &str) {
    for id in graph.ids() {
        for (e, (v, x)) in bounds.of(id).iter().zip(&values[id.index()]).enumerate() {
            assert!(
                holds(*v, x),
                "{what}: element {e} of node {id:?} {:?} is {:e} outside {v:?}",
                graph.node(id).op,
                x.to_f64().value()
            );
        }
    }
}

fn case(seed: u64) {
    let spread = [1, 2, 8, 30][seed as usize % 4];
    let mut n = Numbers { rng: Rng::with_seed(seed), spread };
    let size = n.rng.usize(2..14);
    let graph = graph(&mut n, size);
    let inputs = boxes(&mut n, graph.input_len());
    let plan = Plan::new(&graph);
    let plain = interval(&plan, &inputs).unwrap();
    let mut bounds = plain.clone();
    let options = BackwardOptions { steps: seed as usize % 3, ..BackwardOptions::default() };
    let report = backward(&plan, &mut bounds, &options).unwrap();
    assert!(report.complete);
    let crown = GraphBounds { nodes: bounds.crown.clone(), ..GraphBounds::default() };
    let mut functions = Vec::new();
    for _ in 0..5 {
        let mut terms = Vec::new();
        for k in 0..graph.output_len() as u32 {
            let c = n.weight();
            terms.push((Variable::Output(k), Interval::new(c, c + c.abs() * 1e-10)));
        }
        terms.push((Variable::Input(0), Interval::point(n.weight())));
        functions.push(terms);
    }
    let bounded = bound_linear(&plan, &mut bounds, &functions, &options).unwrap();
    for _ in 0..6 {
        let at = point(&mut n.rng, &inputs);
        let rng = &mut n.rng;
        let values = evaluate(&graph, &at, &mut |lo, hi| if rng.bool() { lo } else { hi });
        check(&graph, &plain, &values, &format!("seed {seed}, interval"));
        check(&graph, &bounds, &values, &format!("seed {seed}, backward"));
        check(&graph, &crown, &values, &format!("seed {seed}, CROWN's own"));
        let y: Vec<&RBig> = graph.outputs.iter().flat_map(|p| &values[p.node.index()]).collect();
        for (f, v) in functions.iter().zip(&bounded) {
            let term = |t: &(Variable, Interval)| {
                let c = exact(if n.rng.bool() { t.1.lo } else { t.1.hi });
                match t.0 {
                    Variable::Input(k) => c * exact(at[k as usize]),
                    Variable::Output(k) => c * y[k as usize],
                }
            };
            let x: RBig = f.iter().map(term).fold(RBig::ZERO, |a, b| a + b);
            assert!(holds(v.unwrap(), &x), "seed {seed}: {:?} of {f:?}", v);
        }
    }
}

#[test]
fn bounds_hold_at_exact_points() {
    (0..1_200).for_each(case);
}

#[test]
fn threads_do_not_change_a_bit() {
    for seed in 0..40 {
        let mut n = Numbers { rng: Rng::with_seed(seed), spread: 2 };
        let graph = graph(&mut n, 12);
        let inputs = boxes(&mut n, graph.input_len());
        let plan = Plan::new(&graph);
        let run = |threads: usize| {
            let mut bounds = interval(&plan, &inputs).unwrap();
            let steps = seed as usize % 2;
            let options = BackwardOptions { threads, steps, ..BackwardOptions::default() };
            let report = backward(&plan, &mut bounds, &options).unwrap();
            (report, format!("{bounds:?}"))
        };
        assert_eq!(run(1), run(2));
        assert_eq!(run(1), run(5));
    }
}

#[test]
fn bounds_are_those_of_a_foreign_tool_or_better() {
    for name in ["dense.json", "residual.json"] {
        let recorded = foreign::load(name);
        let plan = Plan::new(&recorded.graph);
        let plain = interval(&plan, &recorded.inputs).unwrap();
        let run = |steps: usize| {
            let mut bounds = plain.clone();
            let options = BackwardOptions { steps, ..BackwardOptions::default() };
            backward(&plan, &mut bounds, &options).unwrap();
            bounds
        };
        let (fixed, optimised) = (run(0), run(20));
        let mut widths = [0.0; 3];
        for (id, theirs) in &recorded.bounds {
            for (e, v) in theirs.iter().enumerate() {
                let (ours, better) = (fixed.of(*id)[e], optimised.of(*id)[e]);
                // Interval arithmetic alone bounds what cannot be unstable.
                if plain.of(*id)[e].lo < 0.0 && plain.of(*id)[e].hi > 0.0 {
                    let slack = 1e-10 * v.magnitude().max(1.0);
                    assert!(
                        ours.lo >= v.lo - slack && ours.hi <= v.hi + slack,
                        "{name} {id:?} {e}"
                    );
                }
                for (w, i) in widths.iter_mut().zip([ours, better, plain.of(*id)[e]]) {
                    *w += i.hi - i.lo;
                }
            }
        }
        assert!(widths[0] < 0.7 * widths[2], "{name}: {widths:?}");
        assert!(widths[1] < 0.99 * widths[0], "{name}: {widths:?}");
    }
}

/// Dense, smooth, dense, and for logarithm and root a softplus before.
fn smooth_graph(n: &mut Numbers, f: Function) -> Graph {
    let mut graph = Graph::default();
    let shape = vec![1, 2];
    let x = graph.push(Op::Input { port: 0 }, shape.clone(), "x");
    graph.inputs.push(Port { name: "x".into(), node: x, shape });
    let mut last = x;
    let dense = |n: &mut Numbers, graph: &mut Graph, x: NodeId, inputs: usize| {
        let weight = (0..3 * inputs).map(|_| n.weight()).collect();
        let by = Dense { weight, bias: vec![n.weight(), 0.5, -0.25], inputs, outputs: 3 };
        graph.push(Op::Dense { x, by }, vec![1, 3], "dense")
    };
    let mut inputs = 2;
    for _ in 0..2 {
        last = dense(n, &mut graph, last, inputs);
        if matches!(f, Function::Log | Function::Sqrt) {
            let f = Unary::Smooth(Function::Softplus);
            last = graph.push(Op::Unary { x: last, f }, vec![1, 3], "softplus");
        }
        last = graph.push(Op::Unary { x: last, f: Unary::Smooth(f) }, vec![1, 3], "smooth");
        inputs = 3;
    }
    last = dense(n, &mut graph, last, inputs);
    graph.outputs.push(Port { name: "y".into(), node: last, shape: vec![1, 3] });
    graph
}

#[test]
fn smooth_functions_stay_within_their_bounds() {
    let all = [
        Function::Sigmoid,
        Function::Tanh,
        Function::Softplus,
        Function::Erf,
        Function::Exp,
        Function::Log,
        Function::Sqrt,
    ];
    for f in all {
        let (mut better, mut worse) = (0.0, 0.0);
        for seed in 0..60 {
            let mut n = Numbers { rng: Rng::with_seed(seed), spread: 0 };
            let graph = smooth_graph(&mut n, f);
            let inputs = boxes(&mut n, 2);
            let plan = Plan::new(&graph);
            let plain = interval(&plan, &inputs).unwrap();
            let mut bounds = plain.clone();
            backward(&plan, &mut bounds, &BackwardOptions::default()).unwrap();
            for (a, b) in bounds.outputs(&graph).iter().zip(plain.outputs(&graph)) {
                if b.hi - b.lo < 1e3 {
                    better += a.hi - a.lo;
                    worse += b.hi - b.lo;
                }
            }
            for _ in 0..30 {
                let at: Vec<Interval> =
                    point(&mut n.rng, &inputs).into_iter().map(Interval::point).collect();
                let truth = graph.eval_enclosed(&at).unwrap();
                for (v, y) in bounds.outputs(&graph).iter().zip(truth) {
                    // The true value is in both.
                    assert!(v.lo <= y.hi && y.lo <= v.hi, "{f:?} seed {seed}: {v:?}, {y:?}");
                }
            }
        }
        assert!(better < 0.95 * worse, "{f:?}: {better} against {worse}");
    }
}
