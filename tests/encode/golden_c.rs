//! Golden instance C: one feature, hinge, features that move within a ball. From two steps on the
//! program is bilinear and SCIP solves it; one step is a linear program.

use crate::support::scip::{self, Answer, Optimum};
use crate::support::{golden_c, milp};
use theriac::encode::{Program, compile};
use theriac::question::{Attack, Question, membership};
use theriac::solve::FoundSolver;
use theriac::train::{Replay, SampleRef, TieKind, replay};

/// Worst margin by replay in ball, steps, budget; and what the program says where a tie is worth
/// more to it than to a run.
struct Cell {
    eps: f64,
    steps: usize,
    budget: usize,
    replayed: f64,
    model: f64,
}

/// The margin of every run without an attack.
const CLEAN: f64 = 14.0 / 15.0;

fn table() -> Vec<Cell> {
    let rows: [(f64, usize, [f64; 2]); 6] = [
        (0.5, 1, [13.0 / 15.0, 4.0 / 5.0]),
        (0.5, 2, [13.0 / 15.0, 3.0 / 5.0]),
        (0.5, 3, [13.0 / 15.0, 3.0 / 5.0]),
        (1.0, 1, [4.0 / 5.0, 2.0 / 3.0]),
        (1.0, 2, [8.0 / 15.0, 2.0 / 5.0]),
        (1.0, 3, [4.0 / 15.0, 2.0 / 15.0]),
    ];
    let cells = rows.iter().flat_map(|&(eps, steps, [one, two])| {
        [CLEAN, one, two].into_iter().enumerate().map(move |(budget, replayed)| {
            let tie = eps == 0.5 && steps > 1 && budget == 1;
            let model = if tie { 2.0 / 3.0 } else { replayed };
            Cell { eps, steps, budget, replayed, model }
        })
    });
    cells.collect()
}

/// A tie is flagged where a switch is closer than this: wider than SCIP's tolerances.
const NEAR: f64 = 1e-4;
/// How far SCIP's objective may be from the truth.
const CLOSE: f64 = 1e-5;
const SECONDS: f64 = 60.0;
/// The tie band.
const BAND: f64 = 1e-4;

fn project(q: &Question, program: &Program, point: &[f64]) -> (Attack, Replay) {
    let attack = membership::project(q, program.decode(q, point));
    membership::check(q, &attack).expect("a member of the threat");
    let replayed = replay(q, &attack, NEAR).expect("a replay");
    (attack, replayed)
}

impl Cell {
    fn question(&self) -> Question {
        golden_c(self.eps, self.steps, self.budget)
    }

    /// Whether the program may choose a side of a tie that training does not take.
    fn is_tie(&self) -> bool {
        self.model != self.replayed
    }

    fn name(&self) -> String {
        format!("eps = {}, T = {}, n = {}", self.eps, self.steps, self.budget)
    }
}

fn optimum(scip: &FoundSolver, program: &Program, at: &str) -> Optimum {
    match scip::solve(scip, program, SECONDS, 0.0) {
        Answer::Optimal(found) => found,
        other => panic!("{at}: {other:?}"),
    }
}

#[test]
fn all_values_come_from_the_model() {
    let Some(scip) = scip::find() else { return };
    let mut ties = 0;
    for c in table() {
        let (at, q) = (c.name(), c.question());
        let program = compile(&q, None).expect("a program");
        let found = optimum(&scip, &program, &at);
        let value = program.goal_value(found.objective);
        let bound = program.goal_bound(found.bound);
        assert!((value - c.model).abs() < CLOSE, "{at}: model {value}, truth {}", c.model);
        assert!((bound - c.model).abs() < CLOSE, "{at}: bound {bound}, truth {}", c.model);
        let (attack, replayed) = project(&q, &program, &found.point);
        let difference = (replayed.value - c.replayed).abs();
        assert!(difference < CLOSE, "{at}: replay {}, {attack:?}", replayed.value);
        if c.is_tie() {
            // The third sample moves to -1, where its margin at the second step is 1.
            ties += 1;
            let flagged = replayed.ties.iter().any(|t| {
                (t.sample, t.step, t.kind) == (SampleRef::Train(2), Some(1), TieKind::Loss)
                    && t.distance.abs() < NEAR
            });
            assert!(flagged, "{at}: {:?}", replayed.ties);
        }
    }
    assert_eq!(ties, 2);
}

#[test]
fn a_tie_band_leaves_what_training_reaches() {
    let Some(scip) = scip::find() else { return };
    for c in table().iter().filter(|c| c.is_tie()) {
        let (at, mut q) = (c.name(), c.question());
        q.encode.tie_band = BAND;
        let program = compile(&q, None).expect("a program");
        let found = optimum(&scip, &program, &at);
        let value = program.goal_value(found.objective);
        assert!((value - c.replayed).abs() < BAND, "{at}: model {value}, truth {}", c.replayed);
        let (attack, replayed) = project(&q, &program, &found.point);
        let difference = (replayed.value - value).abs();
        assert!(difference < CLOSE, "{at}: model {value}, replay {}, {attack:?}", replayed.value);
    }
}

/// From zero weights one step is linear in the changes, so no product is left.
#[test]
fn one_step_is_linear() {
    for c in table().iter().filter(|c| c.steps == 1) {
        let (at, q) = (c.name(), c.question());
        let program = compile(&q, None).expect("a program");
        let (objective, point) = milp::solve(&program.model).expect("feasible");
        let value = program.goal_value(objective);
        assert!((value - c.model).abs() < 1e-7, "{at}: model {value}, truth {}", c.model);
        let (attack, replayed) = project(&q, &program, &point);
        let difference = (replayed.value - c.replayed).abs();
        assert!(difference < 1e-7, "{at}: replay {}, {attack:?}", replayed.value);
    }
}
