//! Tiny questions over all threats, losses and goals, answered twice: by enumerating every attack
//! and replaying it, and by solving the program. Both must agree.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use std::sync::atomic::AtomicBool;

use support::{enumerate, milp, random};
use theriac::encode::{Program, compile};
use theriac::question::*;
use theriac::solve::{FoundSolver, SolverKind};
use theriac::train::replay;

/// How many questions each class must have agreed on.
const LINEAR: usize = 330;
const BILINEAR: usize = 25;
/// Longest time for one of them, seconds; one that takes longer is left out.
const SECONDS: f64 = 10.0;

/// Worst value over all attacks, or `None` where a switch is within rounding of its kink.
fn truth(q: &Question, attacks: &[Attack]) -> Option<f64> {
    let minimise = q.goal.adversary_minimises();
    let mut worst = if minimise { f64::INFINITY } else { f64::NEG_INFINITY };
    for a in attacks {
        let r = replay(q, a, 1e-9).expect("a replay");
        if !r.ties.is_empty() {
            return None;
        }
        worst = if minimise { worst.min(r.value) } else { worst.max(r.value) };
    }
    Some(worst)
}

#[test]
fn linear_programs_agree_with_enumeration() {
    let mut rng = fastrand::Rng::with_seed(2026);
    let (mut agreed, mut skipped, mut infeasible) = (0, 0, 0);
    while agreed < LINEAR {
        let shape = random::Shape { discrete: true, linear: false };
        let q = random::question(&mut rng, shape);
        let program = compile(&q, None).expect("a program");
        let linear =
            program.model.rows.quad_terms() == 0 && program.model.objective.quad.is_empty();
        let Some(attacks) = linear.then(|| enumerate::attacks(&q, 600)).flatten() else {
            skipped += 1;
            continue;
        };
        let Some(expected) = truth(&q, &attacks) else {
            skipped += 1;
            continue;
        };
        match milp::solve(&program.model) {
            None => {
                // Only a smallest budget can have no answer: no attack reaches the margin.
                assert_eq!(expected, f64::INFINITY, "{q:?}");
                infeasible += 1;
            }
            Some((objective, x)) => {
                let value = program.goal_value(objective);
                assert!(
                    (value - expected).abs() < 1e-6 * (1.0 + expected.abs()),
                    "model {value}, truth {expected}\n{q:?}"
                );
                let attack = membership::project(&q, program.decode(&q, &x));
                let replayed = replay(&q, &attack, 0.0).expect("a replay").value;
                assert!(
                    (replayed - expected).abs() < 1e-6 * (1.0 + expected.abs()),
                    "replay {replayed}, truth {expected}\n{attack:?}\n{q:?}"
                );
            }
        }
        agreed += 1;
    }
    println!("{agreed} questions agreed, {infeasible} without an attack, {skipped} skipped");
}

fn scip() -> Option<FoundSolver> {
    theriac::solve::discover().into_iter().find(|s| s.kind == SolverKind::Scip)
}

/// Objective and point at the optimum.
enum Answer {
    Infeasible,
    TooSlow,
    Optimal(f64, Vec<f64>),
}

fn solve_by_scip(scip: &FoundSolver, program: &Program) -> Answer {
    use theriac::solve::{Limits, ModelFiles, SolveRequest};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.lp");
    let target = theriac::lower::Target::ScipLp;
    let lowered = theriac::lower::legalise(&program.model, target).expect("lowered");
    let checked = lowered.checked().expect("valid");
    let options = theriac::back::Options::default();
    let mut bytes = Vec::new();
    theriac::back::write(&checked, target.format(), &options, &mut bytes).expect("written");
    std::fs::write(&path, bytes).expect("a file");
    let request = SolveRequest {
        model: ModelFiles::from_path(&path).expect("a model"),
        limits: Limits { seconds: Some(SECONDS), ..Limits::default() },
        ..SolveRequest::default()
    };
    let report = theriac::solve::run(scip, &request, &mut |_| {}, &AtomicBool::new(false))
        .expect("an answer");
    let solution = &report.solution;
    match &solution.status {
        theriac::sol::Status::Infeasible => return Answer::Infeasible,
        theriac::sol::Status::Limit(_) => return Answer::TooSlow,
        other => assert_eq!(*other, theriac::sol::Status::Optimal, "{report:?}"),
    }
    let names = lowered.model.vars.iter().map(|v| options.names.var_string(&lowered.model, v.id));
    let x = theriac::sol::assign(solution, names).expect("values");
    Answer::Optimal(solution.objective.expect("an objective"), x)
}

/// Whether the point's attack replays to the value; where it does not, a tie must be flagged.
fn replays(q: &Question, program: &Program, x: &[f64], value: f64) -> bool {
    let attack = membership::project(q, program.decode(q, x));
    let replayed = replay(q, &attack, 1e-5).expect("a replay");
    let close = (replayed.value - value).abs() < 1e-3 * (1.0 + value.abs());
    assert!(close || !replayed.ties.is_empty(), "{} {value}\n{attack:?}\n{q:?}", replayed.value);
    close
}

/// Continuous changes cannot be enumerated: the program's optimum must be at least as bad as every
/// sampled attack (sound), and its own attack must replay to it (complete).
#[test]
fn bilinear_programs_bound_every_attack_and_replay() {
    let Some(scip) = scip() else {
        println!("skipped: no SCIP was found; `theriac solvers install scip` brings it");
        return;
    };
    let mut rng = fastrand::Rng::with_seed(77);
    let (mut agreed, mut ties, mut slow) = (0, 0, 0);
    while agreed < BILINEAR {
        let q = random::question(&mut rng, random::Shape::default());
        let program = compile(&q, None).expect("a program");
        if program.model.rows.quad_terms() == 0 {
            continue;
        }
        let minimise = q.goal.adversary_minimises();
        let (worst, point) = match solve_by_scip(&scip, &program) {
            Answer::TooSlow => {
                slow += 1;
                continue;
            }
            Answer::Infeasible => (f64::INFINITY, None),
            Answer::Optimal(objective, x) => (program.goal_value(objective), Some(x)),
        };
        for _ in 0..40 {
            let attack = membership::project(&q, random::attack(&mut rng, &q));
            let value = replay(&q, &attack, 0.0).expect("a replay").value;
            let slack = 1e-4 * (1.0 + worst.abs().min(1e6));
            let sound = if minimise { worst <= value + slack } else { worst >= value - slack };
            assert!(sound, "model {worst}, attack {value}\n{attack:?}\n{q:?}");
        }
        if let Some(x) = point
            && !replays(&q, &program, &x, worst)
        {
            // The optimum sits on a tie: with a tie band the program must avoid it.
            ties += 1;
            let mut q = q.clone();
            q.encode.tie_band = 1e-3;
            let program = compile(&q, None).expect("a program");
            if let Answer::Optimal(objective, x) = solve_by_scip(&scip, &program) {
                let worst = program.goal_value(objective);
                assert!(replays(&q, &program, &x, worst), "{worst} with a tie band\n{q:?}");
            }
        }
        agreed += 1;
    }
    assert!(ties * 2 < agreed, "{ties} of {agreed} attacks sit on a tie");
    assert!(slow < agreed, "{slow} questions took too long");
    println!("{agreed} questions agreed, {ties} of them through a flagged tie, {slow} left out");
}
