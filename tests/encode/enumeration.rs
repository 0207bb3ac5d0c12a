//! Tiny questions over all threats, losses and goals, answered twice: by enumerating every attack
//! and replaying it, and by solving the program. Both must agree.

use crate::support::scip::Answer;
use crate::support::{enumerate, milp, random, scip};
use theriac::encode::{Program, compile};
use theriac::question::*;
use theriac::train::replay;

/// How many questions each class must have agreed on.
const LINEAR: usize = 200;
const BILINEAR: usize = 15;
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
    let Some(scip) = scip::find() else { return };
    let mut rng = fastrand::Rng::with_seed(77);
    let (mut agreed, mut ties, mut slow, mut wrong) = (0, 0, 0, 0);
    while agreed < BILINEAR {
        let q = random::question(&mut rng, random::Shape::default());
        let program = compile(&q, None).expect("a program");
        if program.model.rows.quad_terms() == 0 {
            continue;
        }
        let minimise = q.goal.adversary_minimises();
        let (worst, point) = match scip::solve(&scip, &program, SECONDS, 0.0) {
            Answer::TooSlow => {
                slow += 1;
                continue;
            }
            Answer::Contradiction(excess) => {
                println!("SCIP's point is {excess} better than its bound\n{q:?}");
                wrong += 1;
                continue;
            }
            Answer::Infeasible => (f64::INFINITY, None),
            Answer::Optimal(o) => (program.goal_value(o.objective), Some(o.point)),
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
            if let Answer::Optimal(o) = scip::solve(&scip, &program, SECONDS, 0.0) {
                let worst = program.goal_value(o.objective);
                let replayed = replays(&q, &program, &o.point, worst);
                assert!(replayed, "{worst} with a tie band\n{q:?}");
            }
        }
        agreed += 1;
    }
    assert!(ties * 2 < agreed, "{ties} of {agreed} attacks sit on a tie");
    assert!(wrong * 5 < agreed, "SCIP contradicts itself on {wrong} questions");
    assert!(slow < agreed, "{slow} questions took too long");
    println!("{agreed} questions agreed, {ties} of them through a flagged tie, {slow} left out");
}
