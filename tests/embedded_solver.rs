//! The embedded solver against enumeration.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::atomic::AtomicBool;

use theriac::ir::{Family, Guard, Model, Objective, Place, QuadTerm, Rule, Sense, VarId, VarKind};
use theriac::sol::{Status, Values};
use theriac::solve::{Limits, Progress, SolveError, SolveReport, embedded};

fn role(k: usize) -> theriac::ir::Role {
    Family::Named.at(Place::NONE.i(k))
}

fn named(count: usize) -> Model {
    let mut m = Model::new();
    m.names = (0..count).map(|k| format!("v{k}")).collect();
    m
}

fn run(model: &Model, limits: &Limits) -> SolveReport {
    embedded::solve(model, limits, &[], &mut |_| {}, &AtomicBool::new(false)).unwrap()
}

struct Case {
    model: Model,
    integers: Vec<(i64, i64)>,
    real: (f64, f64),
    cost: Vec<f64>,
    rows: Vec<(Vec<f64>, Sense, f64)>,
}

/// Integers in small boxes and one real variable, the last.
fn random_case(rng: &mut fastrand::Rng) -> Case {
    let n = rng.usize(1..6);
    let integers: Vec<(i64, i64)> = (0..n)
        .map(|_| {
            let low = rng.i64(-2..2);
            if rng.bool() { (0, 1) } else { (low, low + rng.i64(0..4)) }
        })
        .collect();
    let real = (rng.i32(-3..1).into(), rng.i32(1..4).into());
    let mut coefficient = |zero: bool| -> f64 {
        let v = f64::from(rng.i32(-6..7)) / 2.0;
        if zero && rng.u8(..3) == 0 { 0.0 } else { v }
    };
    let cost: Vec<f64> = (0..=n).map(|_| coefficient(true)).collect();
    let mut rows = Vec::new();
    for r in 0..4 {
        let terms: Vec<f64> = (0..=n).map(|_| coefficient(true)).collect();
        let sense = match (r, coefficient(false)) {
            (0, v) if v > 1.0 => Sense::Eq,
            (_, v) if v > 0.0 => Sense::Ge,
            _ => Sense::Le,
        };
        rows.push((terms, sense, coefficient(false)));
    }
    let mut model = named(n + 1);
    let mut vars: Vec<VarId> = Vec::new();
    for (k, (low, high)) in integers.iter().enumerate() {
        let kind = if (*low, *high) == (0, 1) { VarKind::Binary } else { VarKind::Integer };
        vars.push(model.add_var(kind, *low as f64, *high as f64, role(k)));
    }
    vars.push(model.add_var(VarKind::Continuous, real.0, real.1, role(n)));
    for (k, (terms, sense, rhs)) in rows.iter().enumerate() {
        let terms: Vec<(VarId, f64)> = vars.iter().copied().zip(terms.iter().copied()).collect();
        model.add_row(&terms, *sense, *rhs, Rule::Foreign.at(Place::NONE.i(k)));
    }
    let linear: Vec<(VarId, f64)> = vars.iter().copied().zip(cost.iter().copied()).collect();
    model.objective = Objective::new(&linear, &[], 0.25);
    Case { model, integers, real, cost, rows }
}

/// The optimum: every integer point, and the best end of the interval left to the real variable.
fn enumerate(case: &Case) -> Option<f64> {
    let n = case.integers.len();
    let mut point: Vec<i64> = case.integers.iter().map(|b| b.0).collect();
    let mut best: Option<f64> = None;
    loop {
        let (mut low, mut high) = case.real;
        let mut possible = true;
        for (terms, sense, rhs) in &case.rows {
            let rest = rhs - terms.iter().zip(&point).map(|(a, x)| a * *x as f64).sum::<f64>();
            let a = terms[n];
            if a == 0.0 {
                possible &= match sense {
                    Sense::Le => 0.0 <= rest,
                    Sense::Ge => 0.0 >= rest,
                    Sense::Eq => rest == 0.0,
                };
                continue;
            }
            let end = rest / a;
            let upper = matches!((sense, a > 0.0), (Sense::Le, true) | (Sense::Ge, false));
            if *sense == Sense::Eq || upper {
                high = high.min(end);
            }
            if *sense == Sense::Eq || !upper {
                low = low.max(end);
            }
        }
        if possible && low <= high + 1e-12 {
            let fixed: f64 = case.cost.iter().zip(&point).map(|(c, x)| c * *x as f64).sum();
            let value = fixed + (case.cost[n] * low).min(case.cost[n] * high) + 0.25;
            best = Some(best.map_or(value, |b: f64| b.min(value)));
        }
        let Some(k) = (0..n).find(|k| point[*k] < case.integers[*k].1) else { return best };
        point[k] += 1;
        for (x, bounds) in point.iter_mut().zip(&case.integers).take(k) {
            *x = bounds.0;
        }
    }
}

#[test]
fn agrees_with_enumeration_on_random_models() {
    let mut rng = fastrand::Rng::with_seed(7);
    let (mut solved, mut infeasible) = (0, 0);
    for k in 0..800 {
        let case = random_case(&mut rng);
        let report = run(&case.model, &Limits::default());
        match enumerate(&case) {
            None => {
                assert_eq!(report.solution.status, Status::Infeasible, "case {k}");
                assert_eq!(report.solution.values, Values::None);
                infeasible += 1;
            }
            Some(best) => {
                assert_eq!(report.solution.status, Status::Optimal, "case {k}");
                let found = report.solution.objective.unwrap();
                assert!((found - best).abs() < 1e-6, "case {k}: {found} and not {best}");
                let bound = report.safe_bound(true).unwrap();
                assert!(bound <= best + 1e-9 && bound > best - 1e-6, "case {k}: bound {bound}");
                let Values::Indexed(x) = &report.solution.values else { panic!("no values") };
                assert_eq!(x.len(), case.integers.len() + 1);
                let value: f64 = x.iter().zip(&case.cost).map(|(x, c)| x * c).sum();
                assert!((value + 0.25 - found).abs() < 1e-6, "case {k}");
                solved += 1;
            }
        }
    }
    assert!(solved >= 200 && infeasible >= 40, "{solved} solved, {infeasible} infeasible");
}

/// A knapsack with several rows: minutes of branch and bound.
fn hard() -> Model {
    let mut rng = fastrand::Rng::with_seed(3);
    let n = 120;
    let mut model = named(n);
    let vars: Vec<VarId> =
        (0..n).map(|k| model.add_var(VarKind::Binary, 0.0, 1.0, role(k))).collect();
    let mut linear = vec![0.0; n];
    for k in 0..8 {
        let terms: Vec<(VarId, f64)> =
            vars.iter().map(|v| (*v, f64::from(rng.u32(1..1000)))).collect();
        let total: f64 = terms.iter().map(|t| t.1).sum();
        for (sum, term) in linear.iter_mut().zip(&terms) {
            *sum -= term.1;
        }
        let rhs = (total / 2.0).floor();
        model.add_row(&terms, Sense::Le, rhs, Rule::Foreign.at(Place::NONE.i(k)));
    }
    let linear: Vec<(VarId, f64)> = vars.into_iter().zip(linear).collect();
    model.objective = Objective::new(&linear, &[], 0.0);
    model
}

#[test]
fn a_time_limit_keeps_point_and_bound() {
    let limits = Limits { seconds: Some(1.5), ..Limits::default() };
    let mut events = Vec::new();
    let report = embedded::solve(
        &hard(),
        &limits,
        &[],
        &mut |p: Progress| events.push(p),
        &AtomicBool::new(false),
    )
    .unwrap();
    assert_eq!(report.solution.status, Status::Limit("time limit".to_owned()));
    assert!(report.seconds < 6.0, "{}", report.seconds);
    assert!(report.nodes.unwrap() > 0 && !events.is_empty());
    let objective = report.solution.objective.unwrap();
    let bound = report.solution.dual_bound.unwrap();
    assert!(bound <= objective, "{bound} above {objective}");
    assert!(!report.history.is_empty());
    assert_eq!(report.history.last().unwrap().1, Some(bound));
}

#[test]
fn cancelling_ends_with_what_was_found() {
    let cancel = AtomicBool::new(false);
    let mut seen = 0;
    let report = embedded::solve(
        &hard(),
        &Limits::default(),
        &[],
        &mut |_| {
            seen += 1;
            if seen == 2 {
                cancel.store(true, std::sync::atomic::Ordering::Relaxed);
            }
        },
        &cancel,
    )
    .unwrap();
    assert_eq!(report.solution.status, Status::Interrupted);
    assert_eq!(seen, 2);
    assert!(report.solution.dual_bound.is_some());
}

#[test]
fn equal_runs_give_equal_answers() {
    let mut rng = fastrand::Rng::with_seed(11);
    for _ in 0..20 {
        let case = random_case(&mut rng);
        let first = run(&case.model, &Limits::default());
        let second = run(&case.model, &Limits::default());
        assert_eq!(first.solution, second.solution);
    }
}

#[test]
fn a_start_is_taken_and_a_wrong_one_is_ignored() {
    let mut model = named(2);
    let x = model.add_var(VarKind::Integer, 0.0, 9.0, role(0));
    let y = model.add_var(VarKind::Continuous, 0.0, 9.0, role(1));
    model.add_row(&[(x, 2.0), (y, 1.0)], Sense::Ge, 7.5, Rule::Foreign.at(Place::NONE));
    model.objective = Objective::new(&[(x, 3.0), (y, 1.0)], &[], 0.0);
    for start in [vec![(x, 3.0)], vec![(x, 3.0), (y, 1.5)], vec![(x, 100.0)]] {
        let never = AtomicBool::new(false);
        let report =
            embedded::solve(&model, &Limits::default(), &start, &mut |_| {}, &never).unwrap();
        assert_eq!(report.solution.status, Status::Optimal);
        assert!((report.solution.objective.unwrap() - 7.5).abs() < 1e-9);
    }
}

#[test]
fn unbounded_is_an_answer() {
    let mut model = named(1);
    let x = model.add_var(VarKind::Continuous, 0.0, f64::INFINITY, role(0));
    model.objective = Objective::new(&[(x, -1.0)], &[], 0.0);
    let report = run(&model, &Limits::default());
    assert_eq!(report.solution.status, Status::Unbounded);
    assert_eq!(report.solution.dual_bound, None);
}

#[test]
fn what_it_cannot_take_is_refused_with_advice() {
    let refuse = |change: &dyn Fn(&mut Model, VarId, VarId)| -> String {
        let mut model = named(2);
        let b = model.add_var(VarKind::Binary, 0.0, 1.0, role(0));
        let x = model.add_var(VarKind::Continuous, -1.0, 1.0, role(1));
        change(&mut model, b, x);
        let never = AtomicBool::new(false);
        let e = embedded::solve(&model, &Limits::default(), &[], &mut |_| {}, &never).unwrap_err();
        assert!(matches!(e, SolveError::Unsupported { .. }), "{e:?}");
        e.to_string()
    };
    let at = Rule::Foreign.at(Place::NONE.i(4));
    let quad = |b, x| QuadTerm { i: b, j: x, coefficient: 1.0 };
    let text = refuse(&|m, b, x| {
        m.add_quad_row(&[], &[quad(b, x)], Sense::Le, 1.0, at);
    });
    assert!(text.starts_with("the embedded solver cannot take the nonlinear row"), "{text}");
    assert!(text.ends_with("take SCIP or Gurobi, which can"), "{text}");
    let text = refuse(&|m, b, x| m.objective = Objective::new(&[], &[quad(b, x)], 0.0));
    assert!(text.contains("a nonlinear objective"), "{text}");
    let text = refuse(&|m, b, x| {
        let guard = Guard { var: b, value: true };
        m.add_guarded_row(guard, &[(x, 1.0)], Sense::Le, 0.0, at);
    });
    assert!(text.contains("the indicator row") && text.contains("lower the model"), "{text}");
    let text = refuse(&|m, b, x| {
        m.add_row(&[(b, 1e10), (x, 1.0)], Sense::Le, 0.0, at);
    });
    assert!(text.contains("coefficients between 1e0 and 1e10"), "{text}");
    let text = refuse(&|m, _, _| {
        m.names.push("v2".to_owned());
        m.add_var(VarKind::Integer, 0.0, 1e12, role(2));
    });
    assert!(text.contains("integers beyond 32 bits in variable n_2_v2"), "{text}");
}

#[test]
fn wide_rows_are_solved_with_a_note() {
    let mut model = named(2);
    let b = model.add_var(VarKind::Binary, 0.0, 1.0, role(0));
    let x = model.add_var(VarKind::Continuous, -1.0, 1.0, role(1));
    model.add_row(&[(b, 1e7), (x, 1.0)], Sense::Le, 0.5, Rule::Foreign.at(Place::NONE));
    model.objective = Objective::new(&[(x, -1.0)], &[], 0.0);
    let report = run(&model, &Limits::default());
    assert_eq!(report.notes.len(), 1);
    assert!((report.solution.objective.unwrap() + 0.5).abs() < 1e-6);
}
