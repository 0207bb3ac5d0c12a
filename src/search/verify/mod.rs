//! Attacks on the cases of a property: points of a set that make its goal true.
//!
//! Projected gradient search ("PGD", Madry et al. 2018, arXiv 1706.06083; its first step alone is
//! FGSM, Goodfellow et al. 2015, arXiv 1412.6572) from centres, corners and random points, several
//! starts side by side. Each start climbs one conjunction of one goal; what comes near is taken up
//! again. A point counts only after its replay ([`crate::question::verify::replay`]).
//!
//! The result depends on graph, cases and options alone: on neither clock nor threads, unless it is
//! stopped, and then an attack that was found is the same as without.

mod climb;
mod schedule;
mod space;

use std::sync::atomic::AtomicBool;

use crate::network::graph::Graph;
use crate::network::graph::eval::EvalError;
use crate::question::verify::{Case, Replay};

/// How long and from where a search goes.
#[derive(Clone, Copy, Debug)]
pub struct AttackOptions<'a> {
    /// Evaluations of the network at a point, at most; the last starts are finished.
    pub evaluations: u64,
    /// Steps from one start.
    pub steps: usize,
    /// Seed of the random starts.
    pub seed: u64,
    /// Raised to stop the search.
    pub cancel: Option<&'a AtomicBool>,
}

impl Default for AttackOptions<'_> {
    fn default() -> Self {
        AttackOptions { evaluations: 20_000, steps: 40, seed: 0, cancel: None }
    }
}

impl AttackOptions<'_> {
    /// As many evaluations as make about 2 * 10^9 products, between 2,000 and 60,000: a few seconds
    /// for networks of all sizes.
    #[must_use]
    pub fn sized(graph: &Graph) -> Self {
        let evaluations = 2_000_000_000 / graph.work().max(1) as u64;
        AttackOptions { evaluations: evaluations.clamp(2_000, 60_000), ..AttackOptions::default() }
    }
}

/// An attack.
#[derive(Clone, Debug, PartialEq)]
pub struct Attack {
    /// Which of the cases it is an attack on.
    pub case: usize,
    /// Its replay; [`Replay::is_attack`] holds.
    pub replay: Replay,
    /// Which start it comes from, with the seed of the options enough to find it again.
    pub start: u64,
}

/// The point that came nearest.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// Which of the cases it belongs to.
    pub case: usize,
    /// By how much the goal fails in doubles
    /// ([`Formula::margin`](crate::question::verify::Formula::margin)).
    pub margin: f64,
    /// The input.
    pub inputs: Vec<f64>,
}

/// Why a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// An attack was found.
    Found,
    /// All evaluations were made.
    Evaluations,
    /// It was stopped.
    Stopped,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct AttackReport {
    /// The attack, if there is one.
    pub attack: Option<Attack>,
    /// The nearest point otherwise: a start for a solver.
    pub near: Option<Near>,
    /// Evaluations made.
    pub evaluations: u64,
    /// Why it ended.
    pub stop: Stop,
}

/// The point itself moved into the set of a case, or near to it; the replay decides. A solver's points
/// lie at the edge of a set that was rounded outward, and stick out by a tolerance.
#[must_use]
pub fn moved_in(case: &Case, x: &[f64]) -> Vec<f64> {
    let mut x = x.to_vec();
    if x.len() == case.inner.len() {
        space::Space::new(case).project(&mut x);
    }
    x
}

/// Looks for an attack on any of the cases.
///
/// # Errors
/// [`EvalError::Length`] where the cases do not fit the graph.
pub fn attack(
    graph: &Graph,
    cases: &[Case],
    options: AttackOptions<'_>,
) -> Result<AttackReport, EvalError> {
    for case in cases {
        if case.outer.len() != graph.input_len() {
            let (expected, found) = (graph.input_len(), case.outer.len());
            return Err(EvalError::Length { expected, found });
        }
    }
    schedule::search(graph, cases, options)
}
