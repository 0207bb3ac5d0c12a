//! The embedded solver against enumeration.

use std::sync::atomic::AtomicBool;

use crate::milp::{Case, Kinds, named, random_case, role};
use theriac::ir::{Guard, Model, Objective, Place, QuadTerm, Rule, Sense, VarId, VarKind};
use theriac::lower::{Target, legalise};
use theriac::sol::{Status, Values};
use theriac::solve::{Limits, Progress, SolveError, SolveReport, embedded};

fn run(model: &Model, limits: &Limits) -> SolveReport {
    embedded::solve(model, limits, &[], &mut |_| {}, &AtomicBool::new(false)).unwrap()
}

const PLAIN: Kinds = Kinds { guards: false, products: false };

/// Compares one answer, with values by position, with the truth; returns whether there is a point.
fn check(name: &str, case: &Case, report: &SolveReport) -> bool {
    let Some(best) = case.enumerate() else {
        assert_eq!(report.solution.status, Status::Infeasible, "{name}");
        assert_eq!(report.solution.values, Values::None);
        return false;
    };
    assert_eq!(report.solution.status, Status::Optimal, "{name}");
    let found = report.solution.objective.unwrap();
    assert!((found - best).abs() < 1e-6, "{name}: {found} and not {best}");
    let bound = report.safe_bound(true).unwrap();
    assert!(bound <= best + 1e-9 && bound > best - 1e-6, "{name}: bound {bound}");
    let Values::Indexed(x) = &report.solution.values else { panic!("no values") };
    assert!((case.value(x) - found).abs() < 1e-6, "{name}");
    true
}

#[test]
fn agrees_with_enumeration_on_random_models() {
    let mut rng = fastrand::Rng::with_seed(7);
    let mut solved = 0;
    for k in 0..800 {
        let case = random_case(&mut rng, PLAIN);
        let report = run(&case.model, &Limits::default());
        solved += usize::from(check(&format!("case {k}"), &case, &report));
    }
    assert!((300..760).contains(&solved), "{solved} solved");
}

#[test]
fn agrees_with_enumeration_on_lowered_models() {
    let mut rng = fastrand::Rng::with_seed(8);
    let mut solved = 0;
    for k in 0..300 {
        let case = random_case(&mut rng, Kinds { guards: true, products: false });
        let lowered = legalise(&case.model, Target::Embedded).unwrap();
        let report = run(&lowered.model, &Limits::default());
        solved += usize::from(check(&format!("case {k}"), &case, &report));
    }
    assert!((100..290).contains(&solved), "{solved} solved");
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
        let case = random_case(&mut rng, PLAIN);
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
    assert!(text.contains("integers beyond 32 bits in column `v2`"), "{text}");
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
