//! Relaxations of a ReLU: ideal cuts and partitions against the convex hull by enumeration.

use crate::milp;
use dashu::rational::RBig;
use theriac::bounds::Interval;
use theriac::encode::verify::{Cut, Split, VerifyOptions, VerifyProgram, encode};
use theriac::ir::{Model, Objective, VarId, VarKind, fingerprint};
use theriac::network::graph::{Dense, Graph, Op, Port, Scale, Unary};
use theriac::question::verify::{Atom, Formula, Property, Relation, Variable};

/// Adds cuts for random neurons and random sets of terms. The program
/// names itself anew.
pub fn add_random(rng: &mut fastrand::Rng, p: &mut VerifyProgram) -> usize {
    if p.neurons.is_empty() {
        return 0;
    }
    let cuts: Vec<Cut> = (0..rng.usize(1..=6))
        .map(|_| {
            let neuron = rng.usize(0..p.neurons.len());
            let terms = p.operand(neuron).expect("an expression").terms.len();
            let inside: Vec<bool> = (0..terms).map(|_| rng.bool()).collect();
            p.cut(neuron, &inside).expect("a cut")
        })
        .collect();
    let before = fingerprint::column(&p.model);
    p.add_cuts(&cuts);
    assert_ne!(fingerprint::column(&p.model), before);
    cuts.len()
}

struct Neuron {
    w: Vec<f64>,
    b: f64,
    region: Vec<Interval>,
}

fn neuron(rng: &mut fastrand::Rng) -> Neuron {
    loop {
        let n = rng.usize(1..5);
        let w: Vec<f64> = (0..n).map(|_| f64::from((rng.f32() - 0.5) * 4.0)).collect();
        let b = f64::from(rng.f32() - 0.5);
        let region: Vec<Interval> = (0..n)
            .map(|_| {
                let lo = rng.f64() * 2.0 - 1.5;
                Interval::new(lo, lo + 0.2 + rng.f64())
            })
            .collect();
        let range: Interval = w.iter().zip(&region).map(|(w, r)| r.scale(*w)).sum();
        if range.lo + b < -0.05 && range.hi + b > 0.05 {
            return Neuron { w, b, region };
        }
    }
}

fn program(n: &Neuron, split: Split) -> VerifyProgram {
    scaled(n, Interval::point(1.0), split)
}

/// `max(f (w x + b), 0)` with any factor `f` of the interval.
fn scaled(n: &Neuron, f: Interval, split: Split) -> VerifyProgram {
    let mut g = Graph::default();
    let inputs = n.w.len();
    let x = g.push(Op::Input { port: 0 }, vec![1, inputs], "in");
    let by = Dense { weight: n.w.clone(), bias: vec![n.b], inputs, outputs: 1 };
    let a = g.push(Op::Dense { x, by }, vec![1, 1], "gemm");
    let (divisor, shift) = (Vec::new(), Vec::new());
    let by = Scale { factor: vec![f], divisor, shift, count: 1, inner: 1 };
    let a = g.push(Op::Scale { x: a, by }, vec![1, 1], "scale");
    let y = g.push(Op::Unary { x: a, f: Unary::Relu }, vec![1, 1], "relu");
    g.inputs.push(Port { name: "in".into(), node: x, shape: vec![1, inputs] });
    g.outputs.push(Port { name: "out".into(), node: y, shape: vec![1, 1] });
    let most = g.values(&n.region).expect("an enclosure").outputs(&g)[0].hi;
    encode_output(&g, &n.region, (inputs, most / 2.0), split)
}

/// Whether the one output of a graph is at most a number.
fn encode_output(
    g: &Graph,
    region: &[Interval],
    (inputs, most): (usize, f64),
    split: Split,
) -> VerifyProgram {
    let values = g.values(region).expect("an enclosure");
    let bounds: Vec<Vec<Interval>> = g.ids().map(|id| values.node(id).to_vec()).collect();
    let one = Interval::point(1.0);
    let atom = Atom {
        terms: vec![(Variable::Output(0), one)],
        relation: Relation::AtMost,
        constant: Interval::point(most),
        line: 0,
    };
    let property = Property { formula: Formula::Atom(atom), inputs, outputs: 1 };
    let options = VerifyOptions { split, ..VerifyOptions::default() };
    encode(g, &bounds, &property, &options).expect("a program")
}

/// Vertices of the box cut by the half space on one side of `w x + b = 0`.
fn vertices(n: &Neuron, active: bool) -> Vec<Vec<f64>> {
    let a = |x: &[f64]| n.w.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + n.b;
    let mut out = Vec::new();
    for bits in 0..1_u32 << n.w.len() {
        let corner: Vec<f64> = (0..n.w.len())
            .map(|i| if bits >> i & 1 == 1 { n.region[i].hi } else { n.region[i].lo })
            .collect();
        let here = a(&corner);
        if (here >= 0.0) == active {
            out.push(corner.clone());
        }
        // Where an edge crosses the hyperplane.
        for i in 0..n.w.len() {
            let mut cross = corner.clone();
            cross[i] -= here / n.w[i];
            if n.region[i].contains(cross[i]) {
                out.push(cross);
            }
        }
    }
    out
}

/// Least value of a linear function of `(x, y, z)` over the convex hull of the ReLU and its switch.
fn hull(n: &Neuron, c: &[f64]) -> f64 {
    let k = n.w.len();
    let mut best = f64::INFINITY;
    for active in [false, true] {
        for x in vertices(n, active) {
            let a = n.w.iter().zip(&x).map(|(w, x)| w * x).sum::<f64>() + n.b;
            let y = if active { a } else { 0.0 };
            let z = f64::from(u8::from(active));
            let value =
                c[..k].iter().zip(&x).map(|(c, x)| c * x).sum::<f64>() + c[k] * y + c[k + 1] * z;
            best = best.min(value);
        }
    }
    best
}

fn relaxed(p: &VerifyProgram, c: &[f64]) -> Model {
    let mut model = p.model.clone();
    let k = c.len() - 2;
    let unit = p.neurons[0];
    let mut linear: Vec<(VarId, f64)> = (0..k).map(|i| (VarId(i as u32), c[i])).collect();
    linear.extend([(unit.output, c[k]), (unit.switch, c[k + 1])]);
    model.objective = Objective::new(&linear, &[], 0.0);
    without_integers(model)
}

fn without_integers(mut model: Model) -> Model {
    for j in 0..model.var_count() {
        model.vars.set_kind(VarId(j as u32), VarKind::Continuous);
    }
    model
}

#[test]
fn ideal_cuts_and_full_partitions_are_the_convex_hull() {
    let mut rng = fastrand::Rng::with_seed(20);
    let (mut cuts, mut weaker, mut between) = (0, 0, 0);
    for _ in 0..150 {
        let n = neuron(&mut rng);
        let k = n.w.len();
        let mut ideal = program(&n, Split::BigM);
        let whole = program(&n, Split::Partition { parts: usize::MAX });
        let single = program(&n, Split::Partition { parts: 1 });
        let halves = program(&n, Split::Partition { parts: 2 });
        for _ in 0..6 {
            let c: Vec<f64> = (0..k + 2).map(|_| rng.f64() * 2.0 - 1.0).collect();
            let truth = hull(&n, &c);
            let least = |p: &VerifyProgram| milp::solve(&relaxed(p, &c)).expect("an optimum").0;
            let big_m = least(&program(&n, Split::BigM));
            assert!((big_m - least(&single)).abs() < 1e-7, "one part is big-M");
            let two = least(&halves);
            assert!(big_m <= two + 1e-7 && two <= truth + 1e-7);
            assert!((least(&whole) - truth).abs() < 1e-7, "all parts are the hull");
            let mut rounds = 0;
            loop {
                let (value, x) = milp::solve(&relaxed(&ideal, &c)).expect("an optimum");
                let found = ideal.separate(&x, 1e-9);
                cuts += found.len();
                if found.is_empty() {
                    assert!((value - truth).abs() < 1e-7, "{value} with all cuts, hull {truth}");
                    break;
                }
                ideal.add_cuts(&found);
                rounds += 1;
                assert!(rounds < 100);
            }
            weaker += usize::from(big_m < truth - 1e-6);
            between += usize::from(big_m < two - 1e-6 && two < truth - 1e-6);
        }
    }
    println!("{cuts} cuts; big-M is weaker {weaker} times, two parts lie between {between} times");
    assert!(cuts > 100 && weaker > 100 && between > 10);
}

/// Cuts hold, in rationals, at every run with whole binaries.
#[test]
fn cuts_hold_at_every_run() {
    let mut rng = fastrand::Rng::with_seed(21);
    let exact = |x: f64| RBig::try_from(x).expect("finite");
    let mut checked = 0;
    for _ in 0..400 {
        let n = neuron(&mut rng);
        let p = program(&n, Split::BigM);
        let unit = p.neurons[0];
        let point: Vec<f64> = p
            .model
            .vars
            .iter()
            .map(|v| v.lower + rng.f64() * (v.upper.min(1e6) - v.lower))
            .collect();
        let random: Vec<bool> = n.w.iter().map(|_| rng.bool()).collect();
        let mut cuts = p.separate(&point, 0.0);
        cuts.extend(p.cut(0, &random));
        for cut in cuts {
            // A set alone says the whole cut.
            assert_eq!(p.cut(cut.neuron, &cut.inside).as_ref(), Some(&cut));
            for _ in 0..20 {
                let x: Vec<f64> = n
                    .region
                    .iter()
                    .map(|r| match rng.u8(0..3) {
                        0 => r.lo,
                        1 => r.hi,
                        _ => (r.lo + rng.f64() * (r.hi - r.lo)).min(r.hi),
                    })
                    .collect();
                let a = n.w.iter().zip(&x).fold(exact(n.b), |s, (w, x)| s + exact(*w) * exact(*x));
                let active = a > RBig::ZERO;
                let y = if active { a } else { RBig::ZERO };
                let z = if active { RBig::ONE } else { RBig::ZERO };
                let left = cut.terms.iter().fold(RBig::ZERO, |s, (v, c)| {
                    let value = if *v == unit.output {
                        y.clone()
                    } else if *v == unit.switch {
                        z.clone()
                    } else {
                        exact(x[v.index()])
                    };
                    s + exact(*c) * value
                });
                assert!(left <= exact(cut.rhs), "{cut:?} at {x:?}");
                checked += 1;
            }
        }
    }
    println!("{checked} points");
    assert!(checked > 8_000, "{checked}");
}

/// An expression with rounded coefficients is off by its slop at most: cuts hold for every factor.
#[test]
fn cuts_are_relaxed_by_the_slop() {
    let mut rng = fastrand::Rng::with_seed(24);
    let mut tight = 0;
    for _ in 0..300 {
        let n = neuron(&mut rng);
        let f = Interval::new(0.75, 1.25);
        let p = scaled(&n, f, Split::BigM);
        let Some(unit) = p.neurons.first() else { continue };
        assert!(unit.slop > 0.01, "{}", unit.slop);
        let inside: Vec<bool> = n.w.iter().map(|_| rng.bool()).collect();
        let cut = p.cut(0, &inside).expect("a cut");
        for bits in 0..1_u32 << n.w.len() {
            let end = |(i, r): (usize, &Interval)| if bits >> i & 1 == 1 { r.hi } else { r.lo };
            let x: Vec<f64> = n.region.iter().enumerate().map(end).collect();
            let a = n.w.iter().zip(&x).map(|(w, x)| w * x).sum::<f64>() + n.b;
            for f in [f.lo, 1.0, f.hi] {
                let (y, z) = ((f * a).max(0.0), f64::from(u8::from(a > 0.0)));
                let value = |v: VarId| match v {
                    v if v == unit.output => y,
                    v if v == unit.switch => z,
                    v => x[v.index()],
                };
                let left = cut.terms.iter().map(|(v, c)| c * value(*v)).sum::<f64>();
                assert!(left <= cut.rhs + 1e-9, "{cut:?} at {x:?} with {f}");
                // Without the slop it would not hold.
                tight += usize::from(left > cut.rhs - unit.slop + 1e-9);
            }
        }
    }
    assert!(tight > 50, "{tight}");
}

/// What is not a neuron, or not a set of its terms, has no cut.
#[test]
fn sets_of_other_lengths_have_no_cut() {
    let mut rng = fastrand::Rng::with_seed(22);
    let p = program(&neuron(&mut rng), Split::BigM);
    let terms = p.operand(0).expect("an expression").terms.len();
    assert!(p.cut(0, &vec![true; terms]).is_some());
    assert_eq!(p.cut(0, &vec![true; terms + 1]), None);
    assert_eq!(p.cut(0, &vec![true; terms - 1]), None);
    assert_eq!(p.cut(1, &vec![true; terms]), None);
}

/// Two layers of ReLUs over the box `[-1, 1]^3`, and whether the one output is at most 0.
fn network(rng: &mut fastrand::Rng, split: Split) -> VerifyProgram {
    let sizes = [3, 4, 4, 1];
    let mut g = Graph::default();
    let mut x = g.push(Op::Input { port: 0 }, vec![1, sizes[0]], "in");
    g.inputs.push(Port { name: "in".into(), node: x, shape: vec![1, sizes[0]] });
    for (k, pair) in sizes.windows(2).enumerate() {
        let (inputs, outputs) = (pair[0], pair[1]);
        let mut some = |n: usize| (0..n).map(|_| f64::from((rng.f32() - 0.5) * 3.0)).collect();
        let by = Dense { weight: some(inputs * outputs), bias: some(outputs), inputs, outputs };
        x = g.push(Op::Dense { x, by }, vec![1, outputs], "gemm");
        if k + 2 < sizes.len() {
            x = g.push(Op::Unary { x, f: Unary::Relu }, vec![1, outputs], "relu");
        }
    }
    g.outputs.push(Port { name: "out".into(), node: x, shape: vec![1, 1] });
    let region = vec![Interval::new(-1.0, 1.0); sizes[0]];
    encode_output(&g, &region, (sizes[0], 0.0), split)
}

/// Every round raises the relaxation of a network or leaves it, never above the optimum, which stays.
#[test]
fn rounds_tighten_the_relaxation_of_networks() {
    let mut rng = fastrand::Rng::with_seed(23);
    let (mut raised, mut again, mut open) = (0, 0, 0);
    while open < 60 {
        let split = if rng.bool() { Split::BigM } else { Split::Partition { parts: 2 } };
        let mut p = network(&mut rng, split);
        if p.decided || p.neurons.len() < 3 {
            continue;
        }
        open += 1;
        let optimum = milp::solve(&p.model).expect("an optimum").0;
        let close = 1e-6 * (1.0 + optimum.abs());
        let mut bounds = Vec::new();
        for _ in 0..5 {
            let (value, x) = milp::solve(&without_integers(p.model.clone())).expect("an optimum");
            assert!(value <= optimum + close, "{value} above {optimum}");
            bounds.push(value);
            let cuts = p.separate(&x, 1e-6);
            p.add_cuts(&cuts);
        }
        let after = milp::solve(&p.model).expect("an optimum").0;
        assert!((after - optimum).abs() < close, "{after} with cuts, {optimum} without");
        assert!(bounds.windows(2).all(|w| w[0] <= w[1] + close), "{bounds:?}");
        raised += usize::from(bounds[1] > bounds[0] + 10.0 * close);
        again += usize::from(bounds[4] > bounds[1] + 10.0 * close);
    }
    println!("{raised} of {open} relaxations were raised by a round, {again} by more");
    assert!(raised > 20 && again > 10, "{raised} {again}");
}
