//! Encodings of graphs: every run of a network is a point of its program, and the program has no
//! better point than the runs have.

use crate::cuts::add_random;
use crate::graphs;
use crate::graphs::{Menu, Numbers, PLAIN};
use crate::milp;
use crate::properties;
use dashu::rational::RBig;
use theriac::bounds::Interval;
use theriac::encode::verify::branches;
use theriac::encode::verify::formula::{self, Simple};
use theriac::encode::verify::{
    Ask, Cases, SmoothForm, Source, Split, VerifyError, VerifyOptions, VerifyProgram, encode,
    encode_case,
};
use theriac::ir::{Family, Model, RowView, Sense, VarId, VarKind};
use theriac::lower::{Target, legalise};
use theriac::network::graph::{Graph, Op, Unary};
use theriac::question::verify::{
    Ball, BallNorm, Case, Formula, Lattice, Relation, Truth, Variable,
};

fn bounds(g: &Graph, region: &[Interval]) -> Vec<Vec<Interval>> {
    let values = g.values(region).expect("an enclosure");
    g.ids().map(|id| values.node(id).to_vec()).collect()
}

fn options(rng: &mut fastrand::Rng) -> VerifyOptions {
    let split = match rng.u8(0..7) {
        0 | 1 => Split::BigM,
        2 => Split::Indicator,
        3 => Split::Sos1,
        4 => Split::Complementarity,
        5 => Split::Partition { parts: rng.usize(1..4) },
        _ => Split::Partition { parts: usize::MAX },
    };
    VerifyOptions {
        split,
        cases: if rng.bool() { Cases::BigM } else { Cases::Indicator },
        smooth: if rng.bool() { SmoothForm::Exact } else { SmoothForm::Pieces(rng.usize(1..6)) },
        ask: if rng.u8(0..4) > 0 { Ask::Margin } else { Ask::Feasibility },
    }
}

fn region(rng: &mut fastrand::Rng, n: usize) -> Vec<Interval> {
    let one = |rng: &mut fastrand::Rng| {
        let (a, b) = (rng.f64() * 4.0 - 2.0, rng.f64() * 4.0 - 2.0);
        match rng.u8(0..8) {
            0 => Interval::point(a),
            1 => Interval::new(-1.0, 1.0),
            2 => Interval::new(0.0, 1.0),
            _ => Interval::new(a.min(b), a.max(b)),
        }
    };
    (0..n).map(|_| one(rng)).collect()
}

/// A ball or a lattice within the box, now and then.
fn set(rng: &mut fastrand::Rng, region: &[Interval], goal: Formula) -> Option<Case> {
    let mut case = Case::of_box(region.to_vec(), goal);
    match rng.u8(0..6) {
        0 => {
            let l = Lattice { times: 1.0, over: [4.0, 3.0, 255.0][rng.usize(0..3)] };
            // An input that is fixed lies on the lattice.
            if region.iter().any(|r| r.is_point()) {
                return None;
            }
            case.lattice = Some(l);
        }
        1 => {
            let center = region.iter().map(|r| {
                let c = r.lo + rng.f64() * (r.hi - r.lo);
                if rng.bool() { Interval::point(c) } else { Interval::new(c, c.next_up()) }
            });
            let center = center.collect();
            let norm = if rng.bool() { BallNorm::L1 } else { BallNorm::L2 };
            let center: Vec<Interval> = center;
            let ball = |norm, radius: f64| Ball {
                norm,
                center: center.clone(),
                radius: Interval::point(radius),
            };
            case.balls.push(ball(norm, rng.f64() * 3.0));
            if rng.u8(0..3) == 0 {
                let other = if norm == BallNorm::L1 { BallNorm::L2 } else { BallNorm::L1 };
                case.balls.push(ball(other, rng.f64() * 3.0));
            }
        }
        _ => return None,
    }
    Some(case)
}

/// A point of the box: anywhere, at ends, or where ties are likely.
fn point(rng: &mut fastrand::Rng, region: &[Interval]) -> Vec<f64> {
    let corner = rng.u8(0..4) == 0;
    let one = |rng: &mut fastrand::Rng, r: &Interval| match rng.u8(0..6) {
        0 => r.lo,
        1 => r.hi,
        _ if corner => {
            if rng.bool() {
                r.lo
            } else {
                r.hi
            }
        }
        2 => 0.0_f64.clamp(r.lo, r.hi),
        _ => (r.lo + rng.f64() * (r.hi - r.lo)).clamp(r.lo, r.hi),
    };
    region.iter().map(|r| one(rng, r)).collect()
}

/// By how much a point breaks a row, relative to what the row adds up.
fn broken(row: &RowView<'_>, smooth: &[f64], x: &[f64]) -> f64 {
    if row.guard.is_some_and(|g| (x[g.var.index()] > 0.5) != g.value) {
        return 0.0;
    }
    let (mut sum, mut size) = (-row.rhs, 1.0 + row.rhs.abs());
    let mut add = |t: f64| {
        sum += t;
        size += t.abs();
    };
    row.cols.iter().zip(row.vals).for_each(|(v, a)| add(a * x[v.index()]));
    row.quad.iter().for_each(|q| add(q.coefficient * x[q.i.index()] * x[q.j.index()]));
    if let Some(e) = row.smooth {
        add(smooth[e.0 as usize]);
    }
    let by = match row.sense {
        Sense::Le => sum,
        Sense::Ge => -sum,
        Sense::Eq => sum.abs(),
    };
    by / size
}

/// Every row to 1e-9 of its size, every bound and every set exactly.
fn holds(model: &Model, x: &[f64]) -> Result<(), String> {
    for v in model.vars.iter() {
        let value = x[v.id.index()];
        if !(v.lower <= value && value <= v.upper) {
            return Err(format!("{v:?} is {value}"));
        }
        if v.kind != VarKind::Continuous && value != value.round() {
            return Err(format!("{v:?} is {value}"));
        }
    }
    let smooth = model.exprs.values(x);
    for row in model.rows.iter() {
        let by = broken(&row, &smooth, x);
        if by.is_nan() || by > 1e-9 {
            return Err(format!("{row:?} by {by}"));
        }
    }
    for set in &model.sos1 {
        if set.members.iter().filter(|m| x[m.0.index()] != 0.0).count() > 1 {
            return Err(format!("{set:?}"));
        }
    }
    Ok(())
}

/// The value of a formula at a run, with requirements on inputs alone as in the program: nothing
/// where the run does not meet them.
fn value(f: &Formula, of: &impl Fn(Variable) -> f64) -> f64 {
    match f {
        Formula::Atom(a) => {
            let v: f64 = a.terms.iter().map(|(v, c)| c.lo * of(*v)).sum::<f64>() - a.constant.lo;
            match a.on_inputs() {
                false => v,
                true if v < 0.0 || (v == 0.0 && a.relation != Relation::Below) => f64::NEG_INFINITY,
                true => f64::INFINITY,
            }
        }
        Formula::All(all) => all.iter().map(|f| value(f, of)).fold(f64::NEG_INFINITY, f64::max),
        Formula::Any(any) => any.iter().map(|f| value(f, of)).fold(f64::INFINITY, f64::min),
    }
}

/// Columns that stand for an element of a node hold its exact value within their bounds.
fn exact_values_fit(p: &VerifyProgram, g: &Graph, x: &[f64]) -> usize {
    let exact: Vec<RBig> = x.iter().map(|v| RBig::try_from(*v).expect("finite")).collect();
    let Ok(values) = g.values(&exact) else { return 0 };
    let mut seen = 0;
    for v in p.model.vars.iter().filter(|v| v.role.family == Family::NodeValue) {
        let place = v.role.place;
        let value =
            &values.node(theriac::network::graph::NodeId(u32::from(place.layer)))[place.i as usize];
        let end = |e: f64| RBig::try_from(e).expect("finite");
        assert!(end(v.lower) <= *value && *value <= end(v.upper), "{v:?} is {value}");
        seen += 1;
    }
    seen
}

/// Every forward run is a point of the program: 12,000 triples of network, box and point whose
/// program has rows.
#[test]
fn every_run_is_a_point_of_the_program() {
    let mut rng = fastrand::Rng::with_seed(4);
    let (mut triples, mut refused, mut exact, mut starts, mut values) = (0, 0, 0, 0, 0);
    let mut in_sets = 0;
    let mut cut_rng = fastrand::Rng::with_seed(44);
    let (mut rows, mut cuts) = (0_usize, 0);
    while triples < 12_000 {
        let bilinear = rng.u8(0..3) == 0;
        let menu = Menu {
            numbers: Numbers::Mixed,
            inputs: 1,
            elements: 6,
            most: 12,
            smooth: rng.u8(0..4) == 0,
            products: bilinear,
            quotients: bilinear,
            jumps: true,
            inexact: rng.u8(0..3) == 0,
        };
        let steps = rng.usize(2..=8);
        let g = graphs::graph(&mut rng, menu, steps);
        let property = properties::property(&mut rng, &g, true);
        let region = region(&mut rng, g.input_len());
        let known = bounds(&g, &region);
        let options = options(&mut rng);
        let case = set(&mut rng, &region, property.formula.clone());
        let program = match &case {
            Some(case) => encode_case(&g, &known, case, &options),
            None => encode(&g, &known, &property, &options),
        };
        let mut program = match program {
            Ok(program) => program,
            Err(VerifyError::NoExpression { .. } | VerifyError::Smooth { .. }) => {
                refused += 1;
                continue;
            }
            Err(e) => panic!("{e}\n{g:?}"),
        };
        cuts += add_random(&mut cut_rng, &mut program);
        let checked = theriac::valid::validate(&program.model, None);
        assert!(checked.is_ok(), "{checked:?}");
        let simple = formula::simplify(&property.formula, &formula::ranges(&g, &known));
        for _ in 0..8 {
            let mut x = point(&mut rng, &region);
            if let Some(case) = &case {
                if let Some(l) = case.lattice {
                    x.iter_mut()
                        .for_each(|v| *v = (*v / l.times * l.over).round() * l.times / l.over);
                }
                if case.admits(&x) == Truth::No {
                    continue;
                }
                in_sets += 1;
            }
            let run = g.values(&x).expect("a run");
            let outputs = run.outputs(&g);
            let of = |v: Variable| match v {
                Variable::Input(k) => x[k as usize],
                Variable::Output(k) => outputs[k as usize],
            };
            let truth = value(&property.formula, &of);
            exact += exact_values_fit(&program, &g, &x);
            // What the program leaves out: inputs outside of the set, and for feasibility all
            // inputs at which the formula fails.
            if program.decided {
                assert!(
                    truth > 0.0 || has_strict(&property.formula),
                    "decided, but {truth} at {x:?}"
                );
                continue;
            }
            // What bounds decide is left out of the value: that changes it, but not its sign.
            let left = match &simple {
                Simple::Open(f) => value(f, &of),
                Simple::True => f64::NEG_INFINITY,
                Simple::False(_) => truth,
            };
            let strict =
                touches(&property.formula, &x) || (truth == 0.0 && has_strict(&property.formula));
            assert!((left > 0.0) == (truth > 0.0) || strict, "{left} for {truth}");
            if left == f64::INFINITY || (options.ask == Ask::Feasibility && left > 0.0) {
                continue;
            }
            let start = program.start(&x);
            if let Err(e) = holds(&program.model, &start) {
                panic!("{e}\n{options:?}\n{x:?}\n{property:?}\n{g:#?}\n{known:?}");
            }
            rows += program.model.row_count();
            starts += 1;
            triples += usize::from(program.model.row_count() > 0);
            let decoded = program.decode(&start);
            for (k, source) in program.inputs.iter().enumerate() {
                if matches!(source, Source::Column(_)) {
                    assert_eq!(decoded[k], x[k]);
                }
            }
            if options.ask == Ask::Margin
                && !strict
                && left.is_finite()
                && !mixed(&property.formula)
            {
                let claimed = program.model.objective_at(&start);
                let close = 1e-8 * (1.0 + claimed.abs() + program.interval.magnitude());
                assert!(
                    (claimed - left).abs() <= close,
                    "{claimed} for {left}\n{options:?}\n{x:?}\n{property:?}\n{region:?}"
                );
                values += 1;
            }
        }
    }
    println!(
        "{triples} triples, {starts} starts, {values} objectives, {rows} rows, {exact} exact values, \
         {refused} refused, {in_sets} points of balls and lattices, {cuts} cuts"
    );
    assert!(exact > 1_000 && values > 2_000 && cuts > 1_000, "{exact} {values} {cuts}");
}

fn has_strict(f: &Formula) -> bool {
    match f {
        Formula::Atom(a) => a.relation == Relation::Below,
        Formula::All(p) | Formula::Any(p) => p.iter().any(has_strict),
    }
}

/// Whether a formula speaks of inputs alone somewhere: a branch that does has the value 0 where the
/// program meets it, and minus infinity here.
fn mixed(f: &Formula) -> bool {
    match f {
        Formula::Atom(a) => a.on_inputs(),
        Formula::All(p) | Formula::Any(p) => p.iter().any(mixed),
    }
}

/// Whether some step, threshold or choice stands at its switching point in this run.
fn tied(g: &Graph, x: &[f64]) -> bool {
    let run = g.values(x).expect("a run");
    g.ids().any(|id| match &g.node(id).op {
        Op::Unary { x, f: Unary::Step { .. } } => run.node(*x).iter().any(|v| v.abs() < 1e-6),
        Op::Unary { x, f: Unary::Threshold { threshold } } => {
            run.node(*x).iter().any(|v| (v - threshold).abs() < 1e-6)
        }
        Op::Choose { condition, .. } => run.node(*condition).iter().any(|v| v.abs() < 1e-6),
        _ => false,
    })
}

/// Whether a run lies just at the end of a strict requirement on inputs, which the program closes.
fn touches(f: &Formula, x: &[f64]) -> bool {
    match f {
        Formula::Atom(a) => {
            let of = |v: Variable| match v {
                Variable::Input(k) => x[k as usize],
                Variable::Output(_) => f64::NAN,
            };
            let v: f64 = a.terms.iter().map(|(v, c)| c.lo * of(*v)).sum::<f64>() - a.constant.lo;
            v.abs() < 1e-9 && a.relation == Relation::Below
        }
        Formula::All(p) | Formula::Any(p) => p.iter().any(|f| touches(f, x)),
    }
}

/// Whole inputs of a box.
fn lattice(region: &[Interval]) -> Vec<Vec<f64>> {
    let mut all = vec![Vec::new()];
    for r in region {
        let mut next = Vec::new();
        for x in all {
            for k in r.lo as i32..=r.hi as i32 {
                let mut x: Vec<f64> = x.clone();
                x.push(f64::from(k));
                next.push(x);
            }
        }
        all = next;
    }
    all
}

/// `p n <= 0` for nonnegative columns says what a special ordered set does.
fn as_sets(model: &Model) -> Model {
    let mut out = model.clone();
    if model.rows.quad_terms() == 0 {
        return out;
    }
    out.rows = theriac::ir::Rows::default();
    for row in model.rows.iter() {
        let terms: Vec<(VarId, f64)> =
            row.cols.iter().copied().zip(row.vals.iter().copied()).collect();
        if let [q] = row.quad {
            let members = vec![(q.i, 1.0), (q.j, 2.0)];
            out.sos1.push(theriac::ir::Sos1 { members, origin: row.origin });
        } else {
            out.push_row(&terms, &[], row.guard, row.sense, row.rhs, row.origin);
        }
    }
    out
}

/// Over whole inputs, the least objective is the least value over all runs, for every formulation.
#[test]
fn the_least_objective_is_the_least_value_of_all_runs() {
    let mut rng = fastrand::Rng::with_seed(5);
    let mut cut_rng = fastrand::Rng::with_seed(45);
    let (mut agreed, mut decided, mut skipped, mut infeasible) = (0, 0, 0, 0);
    let numbers = Numbers::Mixed;
    let menu = Menu { numbers, inputs: 1, elements: 3, most: 4, jumps: true, ..PLAIN };
    while agreed < 500 {
        let steps = rng.usize(2..=6);
        let g = graphs::graph(&mut rng, menu, steps);
        let property = properties::property(&mut rng, &g, true);
        let region: Vec<Interval> = (0..g.input_len())
            .map(|_| {
                let lo = f64::from(rng.i32(-2..1));
                Interval::new(lo, lo + f64::from(rng.i32(0..4)))
            })
            .collect();
        let known = bounds(&g, &region);
        let options = options(&mut rng);
        let mut program = encode(&g, &known, &property, &options).expect("a program");
        add_random(&mut cut_rng, &mut program);
        let runs = lattice(&region);
        if runs.iter().any(|x| tied(&g, x) || touches(&property.formula, x)) {
            skipped += 1;
            continue;
        }
        let least = |f: &Formula| {
            let values = runs.iter().map(|x| {
                let outputs = g.values(x).expect("a run").outputs(&g);
                let of = |v: Variable| match v {
                    Variable::Input(k) => x[k as usize],
                    Variable::Output(k) => outputs[k as usize],
                };
                value(f, &of)
            });
            values.fold(f64::INFINITY, f64::min)
        };
        let truth = least(&property.formula);
        // Branch by branch is the same question.
        let parts = branches(&property);
        let apart = parts.iter().map(|p| least(&p.formula)).fold(f64::INFINITY, f64::min);
        assert_eq!(apart, truth, "{property:?}");
        if truth.abs() < 1e-5 {
            skipped += 1;
            continue;
        }
        if program.decided {
            assert!(truth > 0.0, "decided, but {truth}");
            decided += 1;
            continue;
        }
        let mut model = as_sets(&program.model);
        for source in &program.inputs {
            if let Source::Column(v) = source {
                model.vars.set_kind(*v, VarKind::Integer);
            }
        }
        let binaries = model.vars.iter().filter(|v| v.kind == VarKind::Binary).count();
        if binaries + model.sos1.len() > 14 {
            skipped += 1;
            continue;
        }
        let lowered = legalise(&model, Target::HighsMps).expect("a linear program");
        let found = milp::solve(&lowered.model);
        let context = || format!("{options:?}\n{property:?}\n{g:?}\n{region:?}");
        match (found, options.ask) {
            (None, Ask::Margin) => {
                assert_eq!(truth, f64::INFINITY, "{}", context());
                infeasible += 1;
            }
            (None, Ask::Feasibility) => {
                assert!(truth > 0.0, "infeasible, but {truth}\n{}", context());
                infeasible += 1;
            }
            (Some(_), Ask::Feasibility) => {
                assert!(truth < 1e-6, "feasible, but {truth}\n{}", context());
            }
            (Some((objective, x)), Ask::Margin) => {
                assert!(truth < f64::INFINITY, "{}", context());
                assert_eq!(objective > 0.0, truth > 0.0, "{objective} for {truth}\n{}", context());
                // What bounds decide is left out of the value: that changes it, but not its sign.
                let truth = match formula::simplify(&property.formula, &formula::ranges(&g, &known))
                {
                    Simple::Open(f) => least(&f).max(f64::NEG_INFINITY),
                    Simple::True | Simple::False(_) => objective,
                };
                let close = (objective - truth).abs() < 1e-5 * (1.0 + truth.abs());
                assert!(
                    close || truth == f64::NEG_INFINITY,
                    "{objective} for {truth}\n{}",
                    context()
                );
                let input = program.decode(&x);
                let outputs = g.values(&input).expect("a run").outputs(&g);
                let of = |v: Variable| match v {
                    Variable::Input(k) => input[k as usize].round(),
                    Variable::Output(k) => outputs[k as usize],
                };
                let replayed = value(&property.formula, &of);
                assert!(
                    (replayed - objective).abs() < 1e-4 * (1.0 + objective.abs())
                        || (replayed < 0.0 && objective <= 1e-6),
                    "replay {replayed}, objective {objective}, truth {truth}\n{}",
                    context()
                );
            }
        }
        agreed += 1;
    }
    println!("{agreed} agreed, {decided} by bounds, {skipped} skipped, {infeasible} infeasible");
}
