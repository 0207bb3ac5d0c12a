//! The HiGHS library in this process, and bounds from its duals, against vertex enumeration.

use std::sync::atomic::{AtomicBool, Ordering};

use theriac::ir::{Family, Model, Objective, Place, Rule, Sense, VarId, VarKind};
use theriac::solve::discover::highs_library;
use theriac::solve::dual_bound::lower_bound;
use theriac::solve::highs_lib::{HighsLibrary, LpSession, LpStatus};
use theriac::solve::{SolveError, discover};

fn library(test: &str) -> Option<HighsLibrary> {
    let path = highs_library(&discover());
    if path.is_none() {
        println!("{test}: skipped, no HiGHS library is installed");
    }
    Some(HighsLibrary::load(&path?).unwrap())
}

type Line = (f64, f64, f64);
type Case = (Model, Vec<(Line, Sense)>, [(f64, f64); 2]);

/// Two variables in a box and three rows `a x + b y (sense) c`.
fn random_model(rng: &mut fastrand::Rng) -> Case {
    let mut half = |low: i32, high: i32| f64::from(rng.i32(low..high)) / 2.0;
    let boxes = [(half(-6, 1), half(1, 6)), (half(-6, 1), half(1, 6))];
    let mut model = Model::new();
    model.names = vec!["x".to_owned(), "y".to_owned()];
    for (k, b) in boxes.iter().enumerate() {
        let role = Family::Named.at(Place::NONE.i(k));
        // Integrality must be ignored.
        model.add_var(VarKind::Integer, b.0, b.1, role);
    }
    let mut rows = Vec::new();
    for k in 0..3 {
        let line = (half(-5, 6), half(-5, 6), half(-4, 9));
        let sense = if half(0, 2) > 0.0 { Sense::Le } else { Sense::Ge };
        let terms = [(VarId(0), line.0), (VarId(1), line.1)];
        model.add_row(&terms, sense, line.2, Rule::Foreign.at(Place::NONE.i(k)));
        rows.push((line, sense));
    }
    (model, rows, boxes)
}

/// Smallest `c x` over the vertices of the polygon.
fn enumerate(rows: &[(Line, Sense)], boxes: &[(f64, f64); 2], c: (f64, f64)) -> Option<f64> {
    let [(l0, u0), (l1, u1)] = *boxes;
    let mut lines: Vec<(Line, Sense)> = rows.to_vec();
    lines.extend([
        ((1.0, 0.0, l0), Sense::Ge),
        ((1.0, 0.0, u0), Sense::Le),
        ((0.0, 1.0, l1), Sense::Ge),
        ((0.0, 1.0, u1), Sense::Le),
    ]);
    let mut best: Option<f64> = None;
    for (k, (p, _)) in lines.iter().enumerate() {
        for (q, _) in &lines[k + 1..] {
            let det = p.0 * q.1 - p.1 * q.0;
            if det == 0.0 {
                continue;
            }
            let x = (p.2 * q.1 - p.1 * q.2) / det;
            let y = (p.0 * q.2 - p.2 * q.0) / det;
            let inside = lines.iter().all(|((a, b, rhs), sense)| match sense {
                Sense::Le => a * x + b * y <= rhs + 1e-9,
                Sense::Ge => a * x + b * y >= rhs - 1e-9,
                Sense::Eq => (a * x + b * y - rhs).abs() <= 1e-9,
            });
            if inside {
                let v = c.0 * x + c.1 * y;
                best = Some(best.map_or(v, |b: f64| b.min(v)));
            }
        }
    }
    best
}

#[test]
fn sessions_agree_with_vertex_enumeration() {
    let Some(library) = library("sessions_agree_with_vertex_enumeration") else { return };
    assert!(library.version().starts_with(char::is_numeric), "{}", library.version());
    let mut rng = fastrand::Rng::with_seed(4);
    let (mut solved, mut infeasible, mut rays) = (0, 0, 0);
    for case in 0..200 {
        let (model, rows, boxes) = random_model(&mut rng);
        let mut session = LpSession::new(&library, &model).unwrap();
        for _ in 0..4 {
            let c = (f64::from(rng.i32(-5..6)), f64::from(rng.i32(-5..6)));
            let terms = [(VarId(0), c.0), (VarId(1), c.1)];
            session.set_objective(&terms).unwrap();
            let answer = session.solve(None).unwrap();
            let Some(best) = enumerate(&rows, &boxes, c) else {
                assert_eq!(answer.status, LpStatus::Infeasible, "case {case}");
                // The ray proves it, with one sign or the other: 0 would have a positive bound.
                if let Some(ray) = session.dual_ray() {
                    let negative: Vec<f64> = ray.iter().map(|y| -y).collect();
                    let proofs = [ray, negative].map(|y| lower_bound(&model, &[], &y));
                    assert!(proofs.iter().any(|p| *p > 0.0), "case {case}: {proofs:?}");
                    rays += 1;
                }
                infeasible += 1;
                continue;
            };
            assert_eq!(answer.status, LpStatus::Optimal, "case {case}");
            assert!((answer.objective - best).abs() < 1e-7, "case {case}");
            let value = c.0 * answer.values[0] + c.1 * answer.values[1];
            assert!((value - best).abs() < 1e-7, "case {case}");
            let bound = lower_bound(&model, &terms, &answer.row_duals);
            assert!(bound <= best + 1e-12 && bound > best - 1e-7, "case {case}: {bound} {best}");
            solved += 1;
        }
        session.set_bounds(VarId(0), boxes[0].0, boxes[0].0).unwrap();
        let fixed = session.solve(Some(5.0)).unwrap();
        if fixed.status == LpStatus::Optimal {
            assert!((fixed.values[0] - boxes[0].0).abs() < 1e-9);
        }
    }
    assert!(solved > 300 && infeasible > 40 && rays > 20, "{solved} {infeasible} {rays}");
}

/// A session whose rows were replaced answers as one that was made with them.
#[test]
fn rows_can_be_replaced() {
    let Some(library) = library("rows_can_be_replaced") else { return };
    let mut rng = fastrand::Rng::with_seed(14);
    let mut solved = 0;
    for case in 0..200 {
        let (model, mut rows, boxes) = random_model(&mut rng);
        let mut session = LpSession::new(&library, &model).unwrap();
        session.solve(None).unwrap();
        for k in [0, 2] {
            let mut half = |low: i32, high: i32| f64::from(rng.i32(low..high)) / 2.0;
            let (a, b, c) = (half(-5, 6), half(-5, 6), half(-4, 9));
            let entries = [(VarId(0), a), (VarId(1), b)];
            session.set_row(k, &entries, Sense::Ge, c).unwrap();
            rows[k] = ((a, b, c), Sense::Ge);
        }
        let c = (f64::from(rng.i32(-5..6)), f64::from(rng.i32(-5..6)));
        session.set_objective(&[(VarId(0), c.0), (VarId(1), c.1)]).unwrap();
        let answer = session.solve(None).unwrap();
        match enumerate(&rows, &boxes, c) {
            Some(best) => {
                assert_eq!(answer.status, LpStatus::Optimal, "case {case}");
                assert!((answer.objective - best).abs() < 1e-7, "case {case}");
                solved += 1;
            }
            None => assert_eq!(answer.status, LpStatus::Infeasible, "case {case}"),
        }
        assert!(session.set_row(3, &[], Sense::Ge, 0.0).is_err());
        assert!(session.set_row(0, &[(VarId(2), 1.0)], Sense::Ge, 0.0).is_err());
    }
    assert!(solved > 40, "{solved}");
}

/// Whoever stops a session has it back at once, and may go on with it.
#[test]
fn a_session_can_be_stopped() {
    let Some(library) = library("a_session_can_be_stopped") else { return };
    let mut rng = fastrand::Rng::with_seed(16);
    // A transport from 30 places to 30 others: too much for presolve alone.
    let mut model = Model::new();
    let mut terms = Vec::new();
    for _ in 0..900 {
        let role = Family::Named.at(Place::NONE.i(terms.len()));
        model.names.push(format!("x{}", terms.len()));
        let var = model.add_var(VarKind::Continuous, 0.0, 1.0, role);
        terms.push((var, f64::from(rng.i32(1..100))));
    }
    for k in 0..30 {
        let from: Vec<_> = (0..30).map(|j| (terms[30 * k + j].0, 1.0)).collect();
        let to: Vec<_> = (0..30).map(|j| (terms[30 * j + k].0, 1.0)).collect();
        let origin = Rule::Foreign.at(Place::NONE.i(k));
        model.add_row(&from, Sense::Eq, 1.0, origin);
        model.add_row(&to, Sense::Eq, 1.0, origin);
    }
    let stop = AtomicBool::new(true);
    let mut session = LpSession::new(&library, &model).unwrap();
    session.heed(&stop);
    session.set_objective(&terms).unwrap();
    let stopped = session.solve(None).unwrap();
    assert_eq!(stopped.status, LpStatus::Limit);
    stop.store(false, Ordering::Relaxed);
    let after = session.solve(None).unwrap();
    assert_eq!(after.status, LpStatus::Optimal);
    let mut other = LpSession::new(&library, &model).unwrap();
    other.set_objective(&terms).unwrap();
    let alone = other.solve(None).unwrap();
    assert!((alone.objective - after.objective).abs() < 1e-7);
}

/// A session to which a row was added after a solution answers as one that was made with it.
#[test]
fn rows_can_be_added() {
    let Some(library) = library("rows_can_be_added") else { return };
    let mut rng = fastrand::Rng::with_seed(15);
    let (mut solved, mut cut) = (0, 0);
    for case in 0..200 {
        let (model, mut rows, boxes) = random_model(&mut rng);
        let mut session = LpSession::new(&library, &model).unwrap();
        let cost = (f64::from(rng.i32(-5..6)), f64::from(rng.i32(-5..6)));
        session.set_objective(&[(VarId(0), cost.0), (VarId(1), cost.1)]).unwrap();
        let before = session.solve(None).unwrap();
        let mut half = |low: i32, high: i32| f64::from(rng.i32(low..high)) / 2.0;
        let line = (half(-5, 6), half(-5, 6), half(-4, 9));
        session.add_row(&[(VarId(0), line.0), (VarId(1), line.1)], Sense::Le, line.2).unwrap();
        rows.push((line, Sense::Le));
        let answer = session.solve(None).unwrap();
        match enumerate(&rows, &boxes, cost) {
            Some(best) => {
                assert_eq!(answer.status, LpStatus::Optimal, "case {case}");
                assert!((answer.objective - best).abs() < 1e-7, "case {case}");
                assert_eq!(answer.row_duals.len(), 4);
                cut += usize::from(answer.objective > before.objective + 1e-6);
                solved += 1;
            }
            None => assert_eq!(answer.status, LpStatus::Infeasible, "case {case}"),
        }
        assert!(session.add_row(&[(VarId(2), 1.0)], Sense::Ge, 0.0).is_err());
    }
    assert!(solved > 40 && cut > 10, "{solved} {cut}");
}

#[test]
fn any_multipliers_give_a_lower_bound() {
    let mut rng = fastrand::Rng::with_seed(6);
    let mut checked = 0;
    for _ in 0..2000 {
        let (model, rows, boxes) = random_model(&mut rng);
        let c = (rng.f64() - 0.5, rng.f64() - 0.5);
        let Some(best) = enumerate(&rows, &boxes, c) else { continue };
        let y: Vec<f64> = (0..3).map(|_| 3.0 * rng.f64() - 1.5).collect();
        let bound = lower_bound(&model, &[(VarId(0), c.0), (VarId(1), c.1)], &y);
        assert!(bound <= best + 1e-9, "{bound} above {best}");
        assert!(bound.is_finite());
        checked += 1;
    }
    assert!(checked > 500, "{checked}");
    // Useless multipliers are dropped; an unbounded variable leaves nothing.
    let (mut model, ..) = random_model(&mut rng);
    let terms = [(VarId(0), 1.0)];
    let box_bound = model.vars.get(VarId(0)).lower;
    assert_eq!(lower_bound(&model, &terms, &[f64::NAN, f64::INFINITY, 0.0]), box_bound);
    model.vars.set_bounds(VarId(0), f64::NEG_INFINITY, 0.0);
    assert_eq!(lower_bound(&model, &terms, &[0.0; 3]), f64::NEG_INFINITY);
}

#[test]
fn a_file_that_is_no_library_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("libhighs.so");
    std::fs::write(&path, "not a library").unwrap();
    let e = HighsLibrary::load(&path).unwrap_err();
    assert!(matches!(e, SolveError::Library { .. }), "{e:?}");
    assert!(e.to_string().contains("`theriac solvers install highs` brings one"), "{e}");
}

#[test]
fn integer_models_are_relaxed_and_others_refused() {
    let Some(library) = library("integer_models_are_relaxed_and_others_refused") else { return };
    let mut rng = fastrand::Rng::with_seed(8);
    let (mut model, ..) = random_model(&mut rng);
    model.objective = Objective::new(&[(VarId(0), 1.0)], &[], 5.0);
    assert!(LpSession::new(&library, &model).is_ok());
    let product = theriac::ir::QuadTerm { i: VarId(0), j: VarId(1), coefficient: 1.0 };
    model.add_quad_row(&[], &[product], Sense::Le, 1.0, Rule::Foreign.at(Place::NONE.i(9)));
    let e = LpSession::new(&library, &model).unwrap_err().to_string();
    assert!(e.contains("guarded or nonlinear row"), "{e}");
}
