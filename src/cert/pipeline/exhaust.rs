//! Exhaustive replay and search by replay, as the pipeline uses them.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::bounds::flips::LinearFlips;
use crate::question::{Attack, Question};
use crate::search::exhaustive::{self, ExhaustiveOptions, Method};
use crate::search::{SearchOptions, find_attack};
use crate::train::ReplayError;

/// Longest time limit that is told apart from none, seconds.
const LONGEST: f64 = 1e9;

/// What exhaustive replay came to.
#[derive(Clone, Debug)]
pub struct Exhausted {
    /// The best attack found.
    pub attack: Attack,
    /// Its replayed value.
    pub value: f64,
    /// Proved bound on every attack.
    pub bound: f64,
    /// Whether nothing was left open.
    pub complete: bool,
    /// What was done, in words.
    pub effort: String,
}

/// Whether the question has the shape in which exhaustive replay prunes well: discrete changes and
/// a score that is linear in the parameters.
#[must_use]
pub fn suits(question: &Question) -> bool {
    LinearFlips::new(question).is_ok()
}

/// Most attacks that are replayed before any solver is asked.
const FEW: u64 = 20_000;

/// Whether there are so few discrete attacks that replaying all of them beats asking a solver.
#[must_use]
pub fn few(question: &Question) -> bool {
    exhaustive::count(question, FEW + 1).is_some_and(|n| n <= FEW)
}

/// Replays every admissible choice, or cuts it off by a sound bound.
///
/// # Errors
/// One sentence that says why the question does not suit.
pub fn exhaust(
    question: &Question,
    seconds: Option<f64>,
    stop: &AtomicBool,
) -> Result<Exhausted, String> {
    let options = ExhaustiveOptions {
        time_limit: seconds.map(|s| Duration::from_secs_f64(s.clamp(0.0, LONGEST))),
        cancel: Some(stop),
        ..ExhaustiveOptions::default()
    };
    let done = exhaustive::solve(question, &options).map_err(|e| e.to_string())?;
    let method = match done.method {
        Method::Enumeration => "plain enumeration",
        Method::BranchAndBound => "branch and bound",
    };
    let end = if done.complete { "complete" } else { "stopped" };
    let effort = format!("{end}, {method}, {} nodes, {} replays", done.nodes, done.replays);
    Ok(Exhausted {
        attack: done.attack,
        value: done.value,
        bound: done.bound,
        complete: done.complete,
        effort,
    })
}

/// A strong attack found by replay. The same question gives the same attack: the search is limited
/// by replays, not by time. Raising `stop` ends it early.
///
/// # Errors
/// When training cannot be replayed.
pub fn heuristic(question: &Question, stop: &AtomicBool) -> Result<Option<Attack>, ReplayError> {
    let options = SearchOptions { cancel: Some(stop), ..SearchOptions::default() };
    let (attack, _) = find_attack(question, &options)?;
    Ok(Some(attack))
}
