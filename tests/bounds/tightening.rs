//! Bound tightening by linear programs and branching: every run stays inside, more effort is never
//! looser, a record proves what it says and no more, and threads change nothing.
//!
//! What needs HiGHS is skipped, and says so, where it is not installed.

use crate::support;
use std::collections::BTreeMap;

use crate::support::random::{self, Shape};
use fastrand::Rng;
use theriac::bounds::Interval;
use theriac::bounds::obbt::{
    Duals, Node, Relaxation, Source, Tightened, Tightening, Tree, compile_tightened, tree_value,
};
use theriac::ir::{Family, Model, Place, QuadTerm, Role, Rule, Sense, VarId, VarKind};
use theriac::question::*;
use theriac::solve::discover;
use theriac::solve::highs_lib::HighsLibrary;
use theriac::train::replay;

fn library(test: &str) -> Option<HighsLibrary> {
    let found = HighsLibrary::find(&discover());
    if found.is_none() {
        println!("{test}: skipped, no HiGHS library is installed");
    }
    Some(found?.unwrap())
}

const LEVELS: [Tighten; 3] = [Tighten::Linear, Tighten::Integer, Tighten::Nonconvex];

fn tightened(q: &Question, source: Source<'_>) -> Tightened {
    compile_tightened(q, None, None, source).unwrap_or_else(|e| panic!("{e}: {q:?}"))
}

/// A random question whose program is small enough for many linear programs.
fn small(rng: &mut Rng, shape: Shape) -> Question {
    loop {
        let q = random::question(rng, shape);
        let program = theriac::encode::compile(&q, None).expect("a program");
        if program.model.row_count() < 150 {
            return q;
        }
    }
}

/// A random effort that exercises every option.
fn effort(rng: &mut Rng) -> TightenOptions {
    TightenOptions {
        nodes: rng.usize(1..8),
        fraction: [0.0, 0.5, 1.0][rng.usize(0..3)],
        window: [None, Some(1), Some(2)][rng.usize(0..3)],
        rounds: rng.usize(1..4),
        seconds: 1e6,
        ..TightenOptions::default()
    }
}

/// Points of the program that random runs determine; runs with a tie are left out.
fn points(rng: &mut Rng, q: &Question, program: &theriac::encode::Program) -> Vec<Vec<f64>> {
    let mut all = Vec::new();
    for _ in 0..6 {
        let attack = membership::project(q, random::attack(rng, q));
        let run = replay(q, &attack, 1e-9).expect("a replay");
        if run.ties.iter().all(|t| t.distance.abs() >= 1e-9) && run.value.is_finite() {
            all.push(program.start(q, &attack));
        }
    }
    all
}

/// Asserts that the points satisfy the program and every tightened range; how many there were.
fn inside(q: &Question, made: &Tightened, points: &[Vec<f64>], what: &str) -> usize {
    for x in points {
        let violation = made.program.model.violation(x);
        assert!(violation.amount < 1e-9, "{what}: {violation:?}\n{q:?}");
        for (role, l) in &made.quantities {
            let (range, value) = (l.range.widen(1e-9), l.value(x));
            assert!(range.contains(value), "{what}: {role:?} {value} not in {range:?}\n{q:?}");
        }
    }
    points.len()
}

#[test]
fn every_run_stays_inside_at_every_level() {
    let Some(library) = library("every_run_stays_inside_at_every_level") else { return };
    let mut rng = Rng::with_seed(3);
    let (mut runs, mut trees, mut rounds, mut smaller) = (0, 0, 0, 0);
    for round in 0..60 {
        let mut q = small(&mut rng, Shape::default());
        for level in LEVELS {
            (q.encode.tighten, q.encode.effort) = (level, effort(&mut rng));
            let what = format!("{round} {level:?} {:?}", q.encode.effort);
            let made = tightened(&q, Source::Solver(&library));
            let at = points(&mut rng, &q, &made.program);
            runs += inside(&q, &made, &at, &what);
            let calls = || made.record.rounds.iter().flatten();
            let all = || calls().flat_map(|c| c.low.iter().chain(&c.high));
            trees += all().filter(|t| t.len() > 1).count();
            rounds += usize::from(made.record.rounds.len() > 1);
            smaller += made.shrinkage.values().filter(|s| s.ratio() < 0.99).count();
            // The record gives the same program without a solver.
            let again = tightened(&q, Source::Record(&made.record));
            assert!(again.repeated && again.program == made.program, "{what}");
        }
    }
    println!(
        "{runs} runs, {trees} trees, {rounds} with further rounds, {smaller} smaller families"
    );
    assert!(runs > 500 && trees > 100 && rounds > 20 && smaller > 100);
}

/// Below a cutoff, later rounds may use it: every run that is as bad must still be inside.
#[test]
fn a_cutoff_comes_back_to_earlier_steps() {
    let Some(library) = library("a_cutoff_comes_back_to_earlier_steps") else { return };
    let mut rng = Rng::with_seed(8);
    let (mut runs, mut gained) = (0, 0);
    for round in 0..45 {
        let mut q = small(&mut rng, Shape { discrete: false, linear: round % 2 == 0 });
        q.encode.tighten = LEVELS[round % 3];
        (q.encode.effort.nodes, q.encode.effort.seconds) = (6, 1e6);
        let all = theriac::encode::compile(&q, None).expect("a program");
        let mut values: Vec<(f64, Attack)> = Vec::new();
        for _ in 0..10 {
            let attack = membership::project(&q, random::attack(&mut rng, &q));
            let run = replay(&q, &attack, 1e-9).expect("a replay");
            if run.ties.is_empty() && run.value.is_finite() {
                values.push((all.model.objective_at(&all.start(&q, &attack)), attack));
            }
        }
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let Some(cutoff) = values.get(values.len() / 3).map(|v| v.0) else { continue };
        let mut widths = Vec::new();
        for rounds in [1, 3] {
            q.encode.effort.rounds = rounds;
            let source = Source::Solver(&library);
            let made = compile_tightened(&q, Some(cutoff), None, source).expect("a program");
            let kept = values.iter().filter(|v| v.0 <= cutoff);
            let at: Vec<Vec<f64>> = kept.map(|v| made.program.start(&q, &v.1)).collect();
            runs += inside(&q, &made, &at, &format!("{round}, {rounds} rounds"));
            widths.push(made.shrinkage.values().map(|s| s.after).sum::<f64>());
        }
        gained += usize::from(widths[1] < 0.999 * widths[0]);
    }
    println!("{runs} runs, {gained} questions gained by rounds");
    assert!(runs > 100 && gained > 10);
}

/// Ranges of what both levels tightened and left open.
fn by_role(made: &Tightened) -> BTreeMap<Role, Interval> {
    made.quantities.iter().map(|(role, l)| (*role, l.range)).collect()
}

#[test]
fn more_effort_is_never_looser_and_sometimes_tighter() {
    let Some(library) = library("more_effort_is_never_looser_and_sometimes_tighter") else {
        return;
    };
    let mut rng = Rng::with_seed(4);
    let mut tighter = [0; 3];
    for round in 0..40 {
        let mut q = small(&mut rng, Shape { discrete: round % 2 == 0, linear: true });
        (q.encode.effort.nodes, q.encode.effort.seconds) = (12, 1e6);
        let made = LEVELS.map(|level| {
            q.encode.tighten = level;
            by_role(&tightened(&q, Source::Solver(&library)))
        });
        q.encode.effort.fraction = 0.5;
        q.encode.tighten = Tighten::Integer;
        let half = by_role(&tightened(&q, Source::Solver(&library)));
        let pairs = [(&made[0], &made[1]), (&made[1], &made[2]), (&made[0], &half)];
        for (k, (less, more)) in pairs.into_iter().enumerate() {
            for (role, a) in less {
                // Of a switch only the side matters once it is decided.
                let parameter = matches!(role.family, Family::Weight | Family::Bias);
                let Some(b) = more.get(role).filter(|_| parameter) else { continue };
                // A tree of limited size need not be better than another one of its size.
                assert!(
                    k == 1 || b.width() <= a.width() * (1.0 + 1e-6) + 1e-7,
                    "{round} pair {k}: {role:?} {a:?} {b:?}\n{q:?}"
                );
                tighter[k] += usize::from(b.width() < 0.99 * a.width());
            }
        }
    }
    println!("strictly tighter: {tighter:?}");
    assert!(tighter.iter().all(|t| *t > 0), "{tighter:?}");
}

#[test]
fn threads_and_a_wide_window_change_nothing() {
    let Some(library) = library("threads_and_a_wide_window_change_nothing") else { return };
    let mut rng = Rng::with_seed(6);
    let (mut calls, mut narrow) = (0, 0);
    for round in 0..30 {
        let mut q = small(&mut rng, Shape::default());
        q.encode.tighten = LEVELS[round % 3];
        q.encode.effort =
            TightenOptions { nodes: 8, rounds: 2, seconds: 1e6, ..TightenOptions::default() };
        let bytes = |made: &Tightened| serde_json::to_vec(&made.record).unwrap();
        let plain = tightened(&q, Source::Solver(&library));
        q.encode.effort.workers = 2;
        let threads = tightened(&q, Source::Solver(&library));
        assert!(bytes(&plain) == bytes(&threads), "{round}: two workers");
        assert_eq!(plain.program, threads.program, "{round}");
        q.encode.effort.rounds = 1;
        let plain = tightened(&q, Source::Solver(&library));
        q.encode.effort.window = Some(q.training.steps());
        let wide = tightened(&q, Source::Solver(&library));
        assert!(bytes(&plain) == bytes(&wide), "{round}: a window of all steps");
        assert_eq!(plain.program, wide.program, "{round}");
        calls += plain.record.rounds[0].len();
        q.encode.effort.window = Some(0);
        narrow += usize::from(tightened(&q, Source::Solver(&library)).program != plain.program);
    }
    assert!(calls > 100 && narrow > 0, "{calls} calls, {narrow} questions narrower");
}

/// Whatever is done to a record, the program that it gives still holds every run.
#[test]
fn an_edited_record_proves_no_more_than_is_true() {
    let Some(library) = library("an_edited_record_proves_no_more_than_is_true") else { return };
    let mut rng = Rng::with_seed(9);
    let (mut runs, mut looser) = (0, 0);
    for round in 0..60 {
        let mut q = small(&mut rng, Shape::default());
        (q.encode.tighten, q.encode.effort) = (LEVELS[round % 3], effort(&mut rng));
        let made = tightened(&q, Source::Solver(&library));
        for edit in 0..4 {
            let mut record = made.record.clone();
            edited(&mut rng, &mut record);
            let what = format!("{round}, edit {edit}");
            let again = tightened(&q, Source::Record(&record));
            let at = points(&mut rng, &q, &again.program);
            runs += inside(&q, &again, &at, &what);
            looser += usize::from(again.program != made.program || !again.repeated);
        }
    }
    assert!(runs > 500 && looser > 50, "{runs} runs, {looser} records told apart");
}

/// Makes a few random changes.
fn edited(rng: &mut Rng, record: &mut Tightening) {
    let calls = record.rounds.iter_mut().flatten();
    for tree in calls.flat_map(|c| c.low.iter_mut().chain(&mut c.high)) {
        if rng.u8(0..3) > 0 {
            continue;
        }
        let k = rng.usize(0..tree.len());
        match rng.u8(0..6) {
            0 => drop(tree.remove(k)),
            1 => tree.insert(k, Node::Empty(Duals::new())),
            2 => tree[k] = Node::Empty(duals(rng, 40)),
            3 => tree[k] = Node::Split(rng.u32(0..30), rng.f64() * 2.0 - 1.0, Duals::new()),
            4 => tree.truncate(k),
            _ => match &mut tree[k] {
                Node::Bound(d) | Node::Empty(d) | Node::Split(_, _, d) => {
                    for y in d.iter_mut() {
                        y.1 *= rng.f64() * 4.0 - 1.0;
                    }
                    d.extend(duals(rng, 40));
                }
            },
        }
    }
}

fn duals(rng: &mut Rng, rows: u32) -> Duals {
    (0..3).map(|_| (rng.u32(0..rows), rng.f64() * 4.0 - 2.0)).collect()
}

#[test]
fn directional_bounds_report_what_they_gain() {
    let mut rng = Rng::with_seed(13);
    let (mut open, mut decided, mut before, mut after) = (0, 0, 0.0, 0.0);
    for round in 0..40 {
        let mut q = support::random_linear_flips(&mut rng);
        q.encode.tighten = Tighten::Interval;
        let plain = theriac::encode::compile(&q, None).expect("a program");
        assert_eq!(plain.directional.open, 0, "{round}");
        q.encode.tighten = Tighten::Directional;
        let s = theriac::encode::compile(&q, None).expect("a program").directional;
        assert!(s.after <= s.before && s.decided <= s.open, "{round}: {s:?}");
        (open, decided) = (open + s.open, decided + s.decided);
        (before, after) = (before + s.before, after + s.after);
    }
    assert!(open > 100 && decided > 5 && after < 0.8 * before, "{open} {decided} {after} {before}");
}

fn named(model: &mut Model, kind: VarKind, low: f64, high: f64) -> VarId {
    let role = Family::Named.at(Place::NONE.i(model.var_count()));
    model.names.push(format!("x{}", model.var_count()));
    model.add_var(kind, low, high, role)
}

/// `max a + b` of two binaries with `a + b <= 1.5`: the tree proves 1, the linear program 1.5.
#[test]
fn a_tree_by_hand() {
    let mut model = Model::new();
    let a = named(&mut model, VarKind::Binary, 0.0, 1.0);
    let b = named(&mut model, VarKind::Binary, 0.0, 1.0);
    let origin = Rule::Foreign.at(Place::NONE);
    model.add_row(&[(a, 1.0), (b, 1.0)], Sense::Le, 1.5, origin);
    let relaxation = Relaxation::of(&model, |_| true);
    let terms = [(a, -1.0), (b, -1.0)];
    let value = |tree: &Tree| tree_value(&relaxation, &terms, tree);
    assert_eq!(value(&vec![Node::Bound(vec![(0, -1.0)])]), -1.5);
    let whole = vec![
        Node::Split(0, 0.5, vec![]),
        Node::Bound(vec![]),
        Node::Split(1, 0.0, vec![(0, -1.0)]),
        Node::Bound(vec![]),
        Node::Empty(vec![(0, -1.0)]),
    ];
    assert_eq!(value(&whole), -1.0);
    // A tree that lacks a leaf, or has one too many, proves nothing.
    for k in 1..whole.len() {
        let mut less = whole.clone();
        less.remove(k);
        assert_eq!(value(&less), f64::NEG_INFINITY, "without node {k}");
        let mut more = whole.clone();
        more.insert(k, Node::Bound(vec![]));
        assert_eq!(value(&more), f64::NEG_INFINITY, "with another node {k}");
    }
    assert_eq!(value(&vec![]), f64::NEG_INFINITY);
    // A leaf that is not empty is not believed to be, nor a multiplier of the wrong sign.
    let mut liar = whole.clone();
    liar[1] = Node::Empty(vec![(0, -1.0)]);
    assert_eq!(value(&liar), f64::NEG_INFINITY);
    assert_eq!(value(&vec![Node::Bound(vec![(0, 1.0)])]), -2.0);
    // An unknown row counts for nothing, an unknown column cannot be split.
    assert_eq!(value(&vec![Node::Bound(vec![(7, -1.0)])]), -2.0);
    let unknown = vec![Node::Split(7, 0.5, vec![]), Node::Bound(vec![]), Node::Bound(vec![])];
    assert_eq!(value(&unknown), f64::NEG_INFINITY);
    // A deep chain does not exhaust the stack.
    let mut deep = vec![Node::Split(0, 0.5, vec![]); 20_000];
    deep.extend(vec![Node::Bound(vec![(0, -1.0)]); 20_001]);
    assert_eq!(value(&deep), f64::NEG_INFINITY.max(value(&deep)));
    assert!(value(&deep) <= -1.0);
}

/// No tree, however odd, proves more than the smallest value over a grid of the true program:
/// `w = x y`, `v = x^2`, a whole number, and random rows.
#[test]
fn no_tree_proves_more_than_the_truth() {
    let mut rng = Rng::with_seed(12);
    let (mut finite, mut close) = (0, 0);
    for round in 0..3_000 {
        let mut model = Model::new();
        let mut half = |a: i32, b: i32| f64::from(rng.i32(a..b)) / 2.0;
        let boxes = [(half(-4, 1), half(1, 5)), (half(-4, 1), half(1, 5))];
        let mut ids: Vec<VarId> = Vec::new();
        for (l, u) in boxes {
            ids.push(named(&mut model, VarKind::Continuous, l, u));
        }
        ids.push(named(&mut model, VarKind::Integer, -1.0, 2.0));
        for _ in 0..2 {
            ids.push(named(&mut model, VarKind::Continuous, -4.0, 4.0));
        }
        let (x, y, w, v) = (ids[0], ids[1], ids[3], ids[4]);
        let origin = Rule::Foreign.at(Place::NONE);
        for (p, i, j) in [(w, x, y), (v, x, x)] {
            let quad = [QuadTerm { i, j, coefficient: -1.0 }];
            model.add_quad_row(&[(p, 1.0)], &quad, Sense::Eq, 0.0, origin);
        }
        let row: Vec<(VarId, f64)> = ids.iter().map(|id| (*id, half(-3, 4))).collect();
        let rhs = half(-2, 6);
        model.add_row(&row, Sense::Le, rhs, origin);
        let terms: Vec<(VarId, f64)> = ids.iter().map(|id| (*id, half(-3, 4))).collect();
        let relaxation = Relaxation::of(&model, |_| true);
        assert_eq!(relaxation.products.len(), 2);
        let mut tree = Tree::new();
        grow(&mut rng, &mut tree, 0, model.var_count() as u32);
        let proved = tree_value(&relaxation, &terms, &tree);
        let mut truth = f64::INFINITY;
        for k in 0..=8 * 8 * 4 {
            let (s, t) = (f64::from(k % 9) / 8.0, f64::from(k / 9 % 9) / 8.0);
            let at = |b: (f64, f64), s: f64| b.0 + (b.1 - b.0) * s;
            let (px, py, z) = (at(boxes[0], s), at(boxes[1], t), f64::from(k / 81) - 1.0);
            let point = [px, py, z, px * py, px * px];
            let dot = |c: &[(VarId, f64)]| c.iter().map(|(v, a)| a * point[v.index()]).sum::<f64>();
            if dot(&row) <= rhs {
                truth = truth.min(dot(&terms));
            }
        }
        assert!(proved <= truth + 1e-9, "{round}: {proved} > {truth}: {tree:?}");
        finite += usize::from(proved.is_finite());
        close += usize::from(proved > truth - 1.0);
    }
    assert!(finite > 1_000 && close > 20, "{finite} finite, {close} close");
}

fn grow(rng: &mut Rng, tree: &mut Tree, depth: usize, columns: u32) {
    let some = if rng.bool() { duals(rng, 8) } else { Duals::new() };
    match rng.u8(0..8) {
        0 => tree.push(Node::Empty(some)),
        1..=5 if depth < 4 => {
            tree.push(Node::Split(rng.u32(0..columns), rng.f64() * 4.0 - 2.0, some));
            grow(rng, tree, depth + 1, columns);
            grow(rng, tree, depth + 1, columns);
        }
        _ => tree.push(Node::Bound(some)),
    }
}
