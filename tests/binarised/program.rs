//! The integer program of a binarised network, solved, against enumeration of the ball.

use std::sync::atomic::AtomicBool;

use dashu::rational::RBig;
use fastrand::Rng;
use theriac::encode::binarised::{LatticeError, Rivals, encode};
use theriac::ir::{Model, NameStyle, VarId};
use theriac::lower::{Target, legalise};
use theriac::network::binarised::{Integer, import};
use theriac::question::lattice::{Lattice, Norm};
use theriac::sol::{Status, assign};
use theriac::solve::discover::embedded_solver;
use theriac::solve::{self, SolveReport, SolveRequest};

use super::Plain;
use super::golden::{GOLDEN, network};
use super::lattice::{ball, cube, ratio};

/// The negative of the optimum, and the point.
pub fn solved(model: &Model) -> (f64, Vec<f64>) {
    let lowered = legalise(model, Target::Embedded).unwrap();
    let report = asked(&lowered.model);
    assert_eq!(report.solution.status, Status::Optimal);
    let name = |j| NameStyle::Readable.var_string(&lowered.model, VarId(j));
    let names: Vec<String> = (0..lowered.model.var_count() as u32).map(name).collect();
    (-report.solution.objective.unwrap(), assign(&report.solution, &names).unwrap())
}

/// What the embedded solver says. It is taken as it is: to look for solvers takes longer than to solve.
fn asked(model: &Model) -> SolveReport {
    let request = SolveRequest { ir: Some(model), ..SolveRequest::default() };
    solve::run(&embedded_solver(), &request, &mut |_| {}, &AtomicBool::new(false)).unwrap()
}

/// The negative of the optimum; nothing if there is no point.
pub fn attempt(model: &Model) -> Option<f64> {
    let report = asked(&legalise(model, Target::Embedded).unwrap().model);
    match report.solution.status {
        Status::Infeasible => None,
        status => {
            assert_eq!(status, Status::Optimal);
            report.solution.objective.map(|o| -o)
        }
    }
}

/// The negative of the optimum.
pub fn optimum(model: &Model) -> f64 {
    solved(model).0
}

/// The same, as the whole number that it is.
pub fn whole(model: &Model) -> i64 {
    let found = optimum(model);
    assert!((found - found.round()).abs() < 1e-6, "{found}");
    found.round() as i64
}

/// The largest lead by the program, and by enumeration.
fn both(net: &Integer, points: &Lattice, class: usize, rivals: Rivals) -> (i64, i64) {
    let found = whole(&encode(net, points, (class, rivals)).unwrap().model);
    let lead = |k: &Vec<i64>| {
        let scores = net.evaluate(k).scores;
        let others = scores.iter().enumerate().filter(|(t, _)| match rivals {
            Rivals::Any => *t != class,
            Rivals::One(rival) => *t == rival,
        });
        others.map(|(_, s)| s - scores[class]).max().unwrap()
    };
    let inside = cube(net.inputs, i64::from(net.q)).into_iter().filter(|k| points.holds(k));
    (found, inside.map(|k| lead(&k)).max().unwrap())
}

/// papers 4.12: 27 values, by one program and by a program a class.
#[test]
fn the_table_is_solved() {
    let net = network();
    for (at, _, class, _, table) in GOLDEN {
        let center: Vec<RBig> = at.iter().map(|k| ratio(*k, 4)).collect();
        for (norm, values) in [None, Some(Norm::L1), Some(Norm::L2)].into_iter().zip(table) {
            for (quarters, value) in (1..=3).zip(values) {
                let radius = ratio(quarters, 4);
                let points = ball(4, &center, &radius, norm).unwrap();
                assert_eq!(both(&net, &points, class, Rivals::Any).0, value);
                let each = (0..3).filter(|c| *c != class).map(|rival| {
                    let (found, truth) = both(&net, &points, class, Rivals::One(rival));
                    assert_eq!(found, truth);
                    found
                });
                assert_eq!(each.max(), Some(value), "{at:?}, {norm:?}, {quarters}/4");
            }
        }
    }
}

/// Small networks with batch normalisation of either sign, balls of every norm around points on the lattice and beside it.
#[test]
fn optima_are_those_of_enumeration() {
    let mut rng = Rng::with_seed(85);
    let (mut solved, mut empty, mut moved, mut halfway) = (0, 0, 0, 0);
    while solved < 150 {
        let mut plain = Plain::random(&mut rng);
        if rng.bool() {
            plain.at = 0.0;
        }
        let (n, q) = (plain.inputs(), [1, 2, 4][rng.usize(0..3)]);
        let net = import(&plain.graph()).unwrap().on_lattice(q).unwrap();
        let part = [1, 2][rng.usize(0..2)];
        let q = i64::from(q);
        let center: Vec<RBig> = (0..n).map(|_| ratio(rng.i64(0..q * part + 1), q * part)).collect();
        let radius = ratio(rng.i64(0..9), 2 * q);
        let norm = [None, Some(Norm::L1), Some(Norm::L2)][rng.usize(0..3)];
        let made = match norm {
            None => Lattice::around(q as u32, &center, &radius),
            Some(norm) => Lattice::ball(q as u32, &center, &radius, norm),
        };
        let Some(mut points) = made else { continue };
        // Mixtures: a second ball, a coordinate that may not move.
        if rng.bool() {
            let more = Lattice::ball(q as u32, &center, &ratio(3, 2), Norm::L1).unwrap();
            points.balls.extend(more.balls);
        }
        if rng.bool() {
            points.high[0] = points.low[0];
        }
        let class = rng.usize(0..2);
        if !cube(n, q).iter().any(|k| points.holds(k)) {
            match encode(&net, &points, (class, Rivals::Any)) {
                Err(e) => assert_eq!(e, LatticeError::Empty),
                // Several balls together may hold nothing that one alone shows.
                Ok(_) => assert!(points.balls.len() > 1),
            }
            empty += 1;
            continue;
        }
        let rivals = if rng.bool() { Rivals::Any } else { Rivals::One(1 - class) };
        let (found, truth) = both(&net, &points, class, rivals);
        assert_eq!(found, truth, "{points:?}");
        let met = |k: &Vec<i64>| points.holds(k) && !net.evaluate(k).ties.is_empty();
        halfway += usize::from(cube(n, q).iter().any(met));
        moved += usize::from(points.low != points.high);
        solved += 1;
    }
    assert!(empty > 2 && moved > 75 && halfway > 15, "{empty} {moved} {halfway}");
}

/// What has no program is told.
#[test]
fn others_are_refused() {
    let net = network();
    let points =
        Lattice::around(4, &[ratio(1, 2), ratio(1, 2), ratio(1, 2)], &ratio(1, 4)).unwrap();
    let of = |points: &Lattice, class, rivals| encode(&net, points, (class, rivals)).unwrap_err();
    let class = of(&points, 3, Rivals::Any);
    assert_eq!(class, LatticeError::Class { class: 3, classes: 3 });
    let finer = Lattice { q: 8, ..points.clone() };
    assert_eq!(of(&finer, 0, Rivals::Any), LatticeError::Steps { network: 4, points: 8 });
    let longer = Lattice::around(4, &vec![ratio(1, 2); 4], &ratio(1, 4)).unwrap();
    assert_eq!(of(&longer, 0, Rivals::Any), LatticeError::Length { network: 3, point: 4 });
}
