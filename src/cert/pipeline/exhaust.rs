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

/// How much work an exhaustive replay may cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effort {
    /// Whatever it takes.
    All,
    /// A fixed number of nodes and replays, so that a program built for speed needs some seconds.
    /// The limits follow from the size of the training run alone, not from a clock.
    #[default]
    Little,
    /// So many nodes, or replays of a plain enumeration.
    AtMost(u64),
}

/// Multiply-adds of the nodes that little effort allows, and their largest number.
const NODE_WORK: (u64, u64) = (6_000_000_000, 100_000);

/// Multiply-adds of the replays of a plain enumeration that little effort allows.
const REPLAY_WORK: u64 = 400_000_000;

/// Most nodes, and most replays of a plain enumeration.
fn limits(question: &Question, effort: Effort) -> (Option<u64>, Option<u64>) {
    match effort {
        Effort::All => (None, Some(u64::MAX)),
        Effort::AtMost(n) => (Some(n), Some(n)),
        Effort::Little => {
            let training = &question.training;
            let samples: u64 = training.batches.iter().map(|b| b.len() as u64).sum();
            let steps = training.steps() as u64;
            let parameters: usize =
                question.network.affine().map(|a| a.weight.len() + a.weight.nrows()).sum();
            // A node bounds each step by those before it, and may replay some hundred attacks.
            let node = samples.saturating_mul(5 * steps.saturating_mul(steps)).max(1);
            let replay = samples.saturating_mul(parameters as u64 + 10).max(1);
            (Some((NODE_WORK.0 / node).min(NODE_WORK.1)), Some(REPLAY_WORK / replay))
        }
    }
}

/// Replays every admissible choice, or cuts it off by a sound bound.
///
/// # Errors
/// One sentence that says why the question does not suit.
pub fn exhaust(
    question: &Question,
    seconds: Option<f64>,
    effort: Effort,
    stop: &AtomicBool,
) -> Result<Exhausted, String> {
    let (node_limit, replay_limit) = limits(question, effort);
    let options = ExhaustiveOptions {
        node_limit,
        replay_limit,
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
