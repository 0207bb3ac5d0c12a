//! Bounds over balls: exact where the set has a closed form, true at points of it everywhere, and not
//! looser than a foreign tool's.

use dashu::rational::RBig;
use fastrand::Rng;
use serde_json::Value;
use theriac::bounds::Interval;
use theriac::bounds::graph::branch::{BranchOptions, Verdict, branch, verify_tree};
use theriac::bounds::graph::{
    BackwardOptions, GraphBounds, Plan, backward, bound_linear, interval, interval_of,
};
use theriac::front::onnx::{Options, load_graph};
use theriac::network::graph::{Dense, Graph, NodeId, Op, Port, Unary};
use theriac::question::verify::{Ball, BallNorm, Case, Formula, Truth, Variable};

use super::branch::{METHODS, instance, judge, options};
use super::exact::{evaluate, exact};
use super::random::{Numbers, graph};
use super::{boxes, check, holds};

const NORMS: [BallNorm; 2] = [BallNorm::L1, BallNorm::L2];

/// A ball around a point of doubles. `cut` is the chance that an end of the ball's own box is moved
/// inwards, so that the ball reaches over it, perhaps without its centre.
fn ball(rng: &mut Rng, center: &[f64], norm: BallNorm, radius: f64, cut: f64) -> Case {
    let end = |c: f64, rng: &mut Rng| match rng.f64() < cut {
        true => radius * (1.1 * rng.f64() - 0.1) * if c == 0.0 { 1.0 } else { 0.7 },
        false => radius,
    };
    let ends = center.iter().map(|&c| {
        let (lo, hi) = (c - end(c, rng), c + end(c, rng));
        if lo <= hi { Interval::new(lo, hi) } else { Interval::point(c) }
    });
    let mut case = Case::of_box(ends.collect(), Formula::TRUE);
    let center = center.iter().map(|&c| Interval::point(c)).collect();
    case.balls = vec![Ball { norm, center, radius: Interval::point(radius) }];
    case
}

/// Points of the set: in every direction as far as it goes, to the vertices of the l1 ball, inside.
fn points(rng: &mut Rng, case: &Case, count: usize) -> Vec<Vec<f64>> {
    let ball = &case.balls[0];
    let mut found = Vec::new();
    for k in 0..count {
        let n = case.outer.len();
        let (axis, sparse) = (rng.usize(0..n), k % 3 == 0);
        let direction: Vec<f64> =
            (0..n).map(|i| if sparse && i != axis { 0.0 } else { 2.0 * rng.f64() - 1.0 }).collect();
        let size = match ball.norm {
            BallNorm::L1 => direction.iter().map(|d| d.abs()).sum::<f64>(),
            BallNorm::L2 => direction.iter().map(|d| d * d).sum::<f64>().sqrt(),
        };
        let mut far = ball.radius.lo / size * if k % 4 == 0 { rng.f64() } else { 1.0 };
        for _ in 0..8 {
            let at = |i: usize| ball.center[i].lo + far * direction[i];
            let x: Vec<f64> =
                (0..n).map(|i| at(i).clamp(case.outer[i].lo, case.outer[i].hi)).collect();
            if case.admits(&x) == Truth::Yes {
                found.push(x);
                break;
            }
            far *= if far > 0.9 * ball.radius.lo / size { 1.0 - 1e-15 } else { 0.5 };
        }
    }
    found
}

/// Layers of the given widths with ReLUs between.
fn layers(rng: &mut Rng, widths: &[usize]) -> Graph {
    let mut graph = Graph::default();
    let mut last = graph.push(Op::Input { port: 0 }, vec![1, widths[0]], "x");
    graph.inputs.push(Port { name: "x".into(), node: last, shape: vec![1, widths[0]] });
    for (k, w) in widths.windows(2).enumerate() {
        if k > 0 {
            last = graph.push(Op::Unary { x: last, f: Unary::Relu }, vec![1, w[0]], "relu");
        }
        let mut weight = || 2.0 * rng.f64() - 1.0;
        let by = Dense {
            weight: (0..w[0] * w[1]).map(|_| weight()).collect(),
            bias: (0..w[1]).map(|_| 0.3 * weight()).collect(),
            inputs: w[0],
            outputs: w[1],
        };
        last = graph.push(Op::Dense { x: last, by }, vec![1, w[1]], "dense");
    }
    let shape = vec![1, widths[widths.len() - 1]];
    graph.outputs.push(Port { name: "y".into(), node: last, shape });
    graph
}

fn bounded(plan: &Plan<'_>, case: &Case) -> GraphBounds {
    let mut bounds = interval_of(plan, case).unwrap();
    assert!(backward(plan, &mut bounds, &BackwardOptions::default()).unwrap().complete);
    bounds
}

fn center(rng: &mut Rng, n: usize) -> Vec<f64> {
    (0..n).map(|_| if rng.u8(0..4) == 0 { 0.0 } else { 2.0 * rng.f64() - 1.0 }).collect()
}

/// Rows of a single dense layer, with their biases.
fn rows(graph: &Graph) -> Vec<(Vec<f64>, f64)> {
    let Op::Dense { by, .. } = &graph.nodes[1].op else { panic!() };
    by.weight.chunks(by.inputs).map(<[f64]>::to_vec).zip(by.bias.iter().copied()).collect()
}

/// `a . c - r ||a||*` in rational arithmetic: bounds lie outside of it and no more than 1e-9 off.
#[test]
fn affine_layers_have_their_closed_form() {
    for seed in 0..120 {
        let mut rng = Rng::with_seed(seed);
        let n = rng.usize(1..30);
        let graph = layers(&mut rng, &[n, 5]);
        let plan = Plan::new(&graph);
        let at = center(&mut rng, n);
        let radius = [1e-3, 0.1, 3.0][seed as usize % 3];
        for norm in NORMS {
            let found = bounded(&plan, &ball(&mut rng, &at, norm, radius, 0.0));
            for ((a, b), v) in rows(&graph).iter().zip(found.of(NodeId(1))) {
                let dot = a.iter().zip(&at).map(|(a, c)| exact(*a) * exact(*c));
                let middle: RBig = dot.fold(exact(*b), |s, p| s + p);
                for off in [&middle - exact(v.lo), exact(v.hi) - &middle] {
                    let less = (&off - exact(1e-9)).max(RBig::ZERO);
                    let (off, less, dual) = match norm {
                        BallNorm::L1 => {
                            let most = a.iter().fold(0.0, |m: f64, a| m.max(a.abs()));
                            (off, less, exact(radius) * exact(most))
                        }
                        BallNorm::L2 => {
                            let squares = a.iter().map(|a| exact(*a) * exact(*a));
                            let dual = exact(radius) * exact(radius);
                            let dual = dual * squares.fold(RBig::ZERO, |s, p| s + p);
                            (&off * &off, &less * &less, dual)
                        }
                    };
                    assert!(off >= dual && less <= dual, "seed {seed} {norm:?} {v:?}");
                }
            }
        }
    }
}

/// The least value of `a . d` over box and ball, at a point of both: offsets are moved as far as a
/// threshold allows, which is found by bisection.
fn least(a: &[f64], case: &Case) -> f64 {
    let ball = &case.balls[0];
    let ends: Vec<(f64, f64)> =
        case.outer.iter().zip(&ball.center).map(|(v, c)| (v.lo - c.lo, v.hi - c.lo)).collect();
    let at = |t: f64| -> Vec<f64> {
        let d = |(a, e): (&f64, &(f64, f64))| match ball.norm {
            BallNorm::L2 => (-a * t).max(e.0).min(e.1),
            BallNorm::L1 if t * a.abs() < 1.0 => 0.0f64.max(e.0).min(e.1),
            BallNorm::L1 if *a > 0.0 => e.0,
            BallNorm::L1 => e.1,
        };
        a.iter().zip(&ends).map(d).collect()
    };
    let size = |d: &[f64]| match ball.norm {
        BallNorm::L1 => d.iter().map(|d| d.abs()).sum::<f64>(),
        BallNorm::L2 => d.iter().map(|d| d * d).sum::<f64>().sqrt(),
    };
    let (mut low, mut high) = (0.0, 1e9);
    if size(&at(high)) <= ball.radius.lo {
        low = high;
    }
    for _ in 0..300 {
        let t = 0.5 * (low + high);
        if size(&at(t)) <= ball.radius.lo { low = t } else { high = t }
    }
    // For l1 the last one moves in part: between both sides of the threshold.
    let (p, q) = (at(low), at(high));
    let (s, t) = (size(&p), size(&q));
    let part = if t > s { ((ball.radius.lo - s) / (t - s)).min(1.0) } else { 0.0 };
    let d = p.iter().zip(&q).map(|(p, q)| p + part * (q - p));
    a.iter().zip(d.zip(&ball.center)).map(|(a, (d, c))| a * (d + c.lo)).sum()
}

/// Where a box cuts the ball, the bound is the optimum of both together.
#[test]
fn a_box_that_cuts_the_ball_is_used_with_it() {
    let (mut better, mut excluded) = (0, 0);
    for seed in 0..200 {
        let mut rng = Rng::with_seed(seed);
        let n = rng.usize(2..25);
        let graph = layers(&mut rng, &[n, 4]);
        let plan = Plan::new(&graph);
        let at = center(&mut rng, n);
        for norm in NORMS {
            let case = ball(&mut rng, &at, norm, 0.5, 0.6);
            let Ok(mut found) = interval_of(&plan, &case) else { continue };
            let away = |(v, c): (&Interval, &f64)| (v.lo - c).max(c - v.hi).max(0.0);
            let near: Vec<f64> = case.outer.iter().zip(&at).map(away).collect();
            if near.iter().sum::<f64>() > 0.45 {
                // Hardly a point is left: see the test of points.
                continue;
            }
            excluded += u32::from(near.iter().any(|d| *d > 0.0));
            backward(&plan, &mut found, &BackwardOptions::default()).unwrap();
            let plain = interval(&plan, &case.outer).unwrap();
            let mut whole = case.clone();
            whole.outer = at.iter().map(|c| Interval::new(c - 0.5, c + 0.5)).collect();
            let alone = bounded(&plan, &whole);
            for (k, (a, b)) in rows(&graph).iter().enumerate() {
                let v = found.of(NodeId(1))[k];
                let minus: Vec<f64> = a.iter().map(|a| -a).collect();
                let truth = [least(a, &case) + b, -least(&minus, &case) + b];
                let off = [truth[0] - v.lo, v.hi - truth[1]];
                let what = format!("seed {seed} {norm:?} row {k}: {v:?}, {truth:?}");
                assert!(off.iter().all(|o| (-1e-13..1e-9).contains(o)), "{what}");
                let (p, q) = (plain.of(NodeId(1))[k], alone.of(NodeId(1))[k]);
                assert!(v.lo >= p.lo.max(q.lo - 1e-12) && v.hi <= p.hi.min(q.hi + 1e-12), "{what}");
                better += u32::from(v.lo > p.lo.max(q.lo) + 1e-3);
            }
        }
    }
    assert!(better > 100 && excluded > 50, "{better} {excluded}");
}

#[test]
fn bounds_hold_at_points_of_balls() {
    let mut tried = [0; 2];
    for seed in 0..800 {
        let spread = [0, 1, 4, 20][seed as usize % 4];
        let mut n = Numbers { rng: Rng::with_seed(seed), spread };
        let size = n.rng.usize(2..12);
        let graph = graph(&mut n, size);
        let norm = NORMS[n.rng.usize(0..2)];
        let at: Vec<f64> = boxes(&mut n, graph.input_len()).iter().map(|v| v.lo).collect();
        let (radius, cut) = (n.weight().abs(), [0.0, 0.3][n.rng.usize(0..2)]);
        let case = ball(&mut n.rng, &at, norm, radius, cut);
        let plan = Plan::new(&graph);
        let samples = points(&mut n.rng, &case, 12);
        tried[usize::from(cut > 0.0)] += samples.len();
        let steps = seed as usize % 3;
        let options = BackwardOptions { steps, ..BackwardOptions::default() };
        let mut functions = Vec::new();
        for _ in 0..4 {
            let mut terms = vec![(Variable::Input(0), Interval::point(n.weight()))];
            terms.push((Variable::Output(0), Interval::point(n.weight())));
            functions.push(terms);
        }
        let Ok(mut bounds) = interval_of(&plan, &case) else {
            assert!(samples.is_empty(), "seed {seed}");
            continue;
        };
        if backward(&plan, &mut bounds, &options).is_err() {
            assert!(samples.is_empty(), "seed {seed}");
            continue;
        }
        let crown = GraphBounds { nodes: bounds.crown.clone(), ..GraphBounds::default() };
        let linear = bound_linear(&plan, &mut bounds, &functions, &options).unwrap();
        for x in &samples {
            let rng = &mut n.rng;
            let values = evaluate(&graph, x, &mut |lo, hi| if rng.bool() { lo } else { hi });
            check(&graph, &bounds, &values, &format!("seed {seed}, {norm:?}"));
            check(&graph, &crown, &values, &format!("seed {seed}, {norm:?}, CROWN's own"));
            let y = &values[graph.outputs[0].node.index()][0];
            for (f, v) in functions.iter().zip(&linear) {
                let value = exact(f[0].1.lo) * exact(x[0]) + exact(f[1].1.lo) * y;
                assert!(holds(v.unwrap(), &value), "seed {seed}: {v:?} of {f:?} at {x:?}");
            }
        }
    }
    assert!(tried.iter().all(|t| *t > 1000), "{tried:?}");
}

/// The same for networks of ReLUs, where the ball takes much from the bounds of a box.
#[test]
fn bounds_of_networks_hold_and_are_narrower() {
    let (mut widths, mut tried) = ([[0.0; 2]; 2], 0);
    for seed in 0..150 {
        let mut rng = Rng::with_seed(seed);
        let n = rng.usize(4..12);
        let graph = layers(&mut rng, &[n, 8, 6, 3]);
        let plan = Plan::new(&graph);
        let at = center(&mut rng, n);
        let (norm, cut) = (NORMS[seed as usize % 2], if seed % 4 < 2 { 0.0 } else { 0.2 });
        let case = ball(&mut rng, &at, norm, 0.4, cut);
        let samples = points(&mut rng, &case, 60);
        if samples.is_empty() {
            continue;
        }
        tried += samples.len();
        let within = bounded(&plan, &case);
        let box_ = bounded(&plan, &Case { balls: Vec::new(), ..case.clone() });
        let steps = BackwardOptions { steps: 8, ..BackwardOptions::default() };
        let mut climbed = interval_of(&plan, &case).unwrap();
        backward(&plan, &mut climbed, &steps).unwrap();
        for x in &samples {
            let values = evaluate(&graph, x, &mut |lo, _| lo);
            check(&graph, &within, &values, &format!("seed {seed}, {norm:?}"));
            check(&graph, &climbed, &values, &format!("seed {seed}, {norm:?}, slopes"));
        }
        for (k, (v, p)) in within.of(NodeId(1)).iter().zip(box_.of(NodeId(1))).enumerate() {
            assert!(v.lo >= p.lo && v.hi <= p.hi, "seed {seed} neuron {k}: {v:?} in {p:?}");
        }
        let width = |b: &GraphBounds| b.outputs(&graph).iter().map(|v| v.hi - v.lo).sum::<f64>();
        let l2 = usize::from(norm == BallNorm::L2);
        widths[l2][0] += width(&within);
        widths[l2][1] += width(&box_);
        assert!(width(&climbed) <= width(&within), "seed {seed}");
    }
    assert!(tried > 4000, "{tried}");
    assert!(widths.iter().all(|w| w[0] < 0.7 * w[1]), "{widths:?}");
}

/// Trees of both methods over balls, replayed; what they refute holds on the ball alone.
#[test]
fn searches_over_balls_are_right() {
    let mut counts = [[0; 2]; 2];
    let mut needed = 0;
    for seed in 0..120 {
        let (graph, mut case, _) = instance(seed);
        let mut rng = Rng::with_seed(seed);
        let at: Vec<f64> = case.outer.iter().map(|v| 0.5 * v.lo + 0.5 * v.hi).collect();
        let radius = case.outer.iter().map(|v| 0.5 * (v.hi - v.lo)).fold(0.0, f64::max);
        let within = ball(&mut rng, &at, NORMS[seed as usize % 2], 0.8 * radius, 0.1);
        (case.outer, case.inner, case.balls) = (within.outer, within.inner, within.balls);
        let samples = points(&mut rng, &case, 60);
        let plan = Plan::new(&graph);
        for (m, method) in METHODS.into_iter().enumerate() {
            let found = branch(&plan, &case, &options(method, 300));
            judge(&graph, &case, &found, &samples, &format!("seed {seed} {method:?}"));
            match found.verdict {
                Verdict::Refuted(tree) => {
                    counts[m][0] += 1;
                    let box_ = Case { balls: Vec::new(), ..case.clone() };
                    let walked = verify_tree(&plan, &box_, &tree, &BranchOptions::default());
                    needed += u32::from(walked.is_err());
                }
                Verdict::Attack(_) => counts[m][1] += 1,
                Verdict::Unknown { .. } => {}
            }
        }
    }
    assert!(counts.iter().all(|c| c[0] > 30 && c[1] > 10) && needed > 5, "{counts:?} {needed}");
}

#[test]
fn a_ball_that_misses_its_box_is_empty() {
    let mut rng = Rng::with_seed(1);
    let graph = layers(&mut rng, &[3, 2]);
    let plan = Plan::new(&graph);
    for norm in NORMS {
        let mut case = ball(&mut rng, &[0.0; 3], norm, 1.0, 0.0);
        case.outer = vec![Interval::new(0.5, 1.0); 3];
        assert_eq!(interval_of(&plan, &case).is_err(), norm == BallNorm::L1);
        case.outer = vec![Interval::new(0.625, 1.0); 3];
        assert!(interval_of(&plan, &case).is_err());
    }
}

/// Bounds around a digit, recorded from auto_LiRPA: `tests/data/graph_bounds/README.md`.
#[test]
fn balls_around_a_digit_are_not_looser_than_crown() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let network = root.join("examples/data/digits_784-10-10-10.onnx");
    let graph = load_graph(&network, &Options::default()).unwrap().graph;
    let text = std::fs::read_to_string(root.join("tests/data/graph_bounds/digit_balls.json"));
    let file: Value = serde_json::from_str(&text.unwrap()).unwrap();
    let numbers = |v: &Value| -> Vec<f64> {
        v.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
    };
    let at: Vec<f64> = numbers(&file["pixels"]).iter().map(|p| p / 255.0).collect();
    let plan = Plan::new(&graph);
    let relus: Vec<NodeId> = graph
        .nodes
        .iter()
        .filter_map(|n| match n.op {
            Op::Unary { x, f: Unary::Relu } => Some(x),
            _ => None,
        })
        .collect();
    let label = file["label"].as_u64().unwrap() as u32;
    for recorded in file["balls"].as_array().unwrap() {
        let norm = NORMS[recorded["norm"].as_u64().unwrap() as usize - 1];
        let radius = recorded["radius"].as_f64().unwrap();
        let case = ball(&mut Rng::with_seed(0), &at, norm, radius, 0.0);
        let mut bounds = bounded(&plan, &case);
        let what = format!("{norm:?} {radius}");
        for (id, theirs) in relus.iter().zip(recorded["operands"].as_array().unwrap()) {
            for (v, pair) in bounds.of(*id).iter().zip(theirs.as_array().unwrap()) {
                let pair = numbers(pair);
                let loose = (pair[0] - v.lo).max(v.hi - pair[1]);
                assert!(loose < 1e-6 || v.lo >= 0.0 || v.hi <= 0.0, "{what}: {v:?}, {pair:?}");
            }
        }
        let others = (0..10).filter(|k| *k != label);
        let margin = |k: u32| {
            let one = |o, by| (Variable::Output(o), Interval::point(by));
            vec![one(label, 1.0), one(k, -1.0)]
        };
        let functions: Vec<_> = others.map(margin).collect();
        let options = BackwardOptions::default();
        let found = bound_linear(&plan, &mut bounds, &functions, &options).unwrap();
        for (v, margin) in found.iter().zip(numbers(&recorded["margins"])) {
            let low = v.unwrap().lo;
            assert!(low >= margin - 1e-6, "{what}: {low} is below {margin}");
        }
    }
}
