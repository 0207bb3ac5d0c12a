//! Exact answers by exhaustive replay.
//!
//! Two methods. *Enumeration* replays every choice of any discrete threat: the truth for small
//! instances. *Branch and bound* takes linear scores under flips or deletions and prunes whole
//! families of choices by a proved bound.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use thiserror::Error;

use super::branch::{Shared, explore};
use super::choices::Choices;
use super::linear::{FastReplay, attack_of};
use crate::bounds::families::Groups;
use crate::bounds::flips::LinearFlips;
use crate::question::{Attack, Question, Scope};
use crate::train::{ReplayError, Scalar, replay, replay_with};

/// Limits of an exhaustive replay.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExhaustiveOptions<'a> {
    /// Enumerate even where branch and bound applies.
    pub plain: bool,
    /// Most replays of a plain enumeration; `None` is 10 million.
    pub replay_limit: Option<u64>,
    /// Most nodes of the branch and bound.
    pub node_limit: Option<u64>,
    /// Branch and bound replays the choices of a node instead of splitting it if they are no more
    /// than this; `None` is 20 times the square of the steps, from 200 to 5000.
    pub replay_at_once: Option<u64>,
    /// Wall-clock limit.
    pub time_limit: Option<Duration>,
    /// Stops the search when set; the best attack and a valid bound remain.
    pub cancel: Option<&'a AtomicBool>,
}

/// How an answer was obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every choice was replayed.
    Enumeration,
    /// Choices were pruned by a proved bound.
    BranchAndBound,
}

/// An exhaustive answer.
#[derive(Clone, Debug)]
pub struct Exhaustive {
    /// Value of the best attack found, as replayed in doubles.
    pub value: f64,
    /// The best attack found; a member of the threat.
    pub attack: Attack,
    /// Bound on the value of every attack: no attack is worse for the defender. Infinite in the
    /// adversary's favour where nothing was proved.
    pub bound: f64,
    /// Whether nothing was left open: `bound` then differs from `value` by rounding alone.
    pub complete: bool,
    /// Nodes of the branch and bound.
    pub nodes: u64,
    /// Choices that were replayed.
    pub replays: u64,
    /// How the answer was obtained.
    pub method: Method,
}

/// Why a question cannot be answered by exhaustive replay.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum NotEnumerable {
    /// Something that the adversary chooses is a real number.
    #[error("{what} may take any real value, so choices cannot be listed; ask a solver instead")]
    Real {
        /// What is real.
        what: &'static str,
    },
    /// One sample can be touched in too many ways.
    #[error(
        "one sample can be touched in too many ways to list; narrow the domain or ask a solver"
    )]
    TooManyWays,
    /// The run itself is broken.
    #[error("{0}")]
    Replay(#[from] ReplayError),
}

/// Answers `question` exactly, as far as the limits allow.
///
/// # Errors
/// [`NotEnumerable`] where the choices cannot be listed.
pub fn solve(
    question: &Question,
    options: &ExhaustiveOptions<'_>,
) -> Result<Exhaustive, NotEnumerable> {
    match LinearFlips::new(question) {
        Ok(flips) if !options.plain => return branch_and_bound(question, &flips, options),
        Ok(_) | Err(_) => {}
    }
    enumerate(question, options)
}

fn deadline(options: &ExhaustiveOptions<'_>) -> Option<Instant> {
    options.time_limit.and_then(|l| Instant::now().checked_add(l))
}

fn branch_and_bound(
    question: &Question,
    flips: &LinearFlips,
    options: &ExhaustiveOptions<'_>,
) -> Result<Exhaustive, NotEnumerable> {
    let fast = FastReplay::new(question, flips)?;
    let mut shared = Shared::new(question, flips, fast);
    shared.cancel = options.cancel;
    shared.node_limit = options.node_limit.unwrap_or(u64::MAX);
    shared.replay_at_once = options.replay_at_once.unwrap_or(shared.replay_at_once);
    shared.deadline = deadline(options);
    shared.try_set(&[]);
    shared.greedy(1);
    explore(&shared, &Groups::new(flips));
    let nodes = shared.nodes.load(Ordering::Relaxed);
    let replays = shared.replays.load(Ordering::Relaxed);
    let ((best, touched), open) = shared.finish();
    let attack = attack_of(question, &touched);
    let run = replay(question, &attack, 0.0)?;
    // Replays that no rounding could mislead are off by less than the goal's own allowance.
    let allowance = 2.0 * flips.error(flips.steps, flips.samples);
    Ok(Exhaustive {
        value: run.value,
        attack,
        bound: flips.sign * (best - allowance).min(open),
        complete: open >= best,
        nodes,
        replays,
        method: Method::BranchAndBound,
    })
}

/// Distance from a kink within which a replay in doubles is repeated in exact arithmetic.
const DOUBT: f64 = 1e-9;

/// State of a plain enumeration.
struct Enumeration<'a> {
    question: &'a Question,
    options: &'a ExhaustiveOptions<'a>,
    deadline: Option<Instant>,
    /// Factor that makes every goal one to be minimised.
    sign: f64,
    best: Option<(f64, Attack)>,
    least: f64,
    replays: u64,
    complete: bool,
    error: Option<ReplayError>,
}

impl Enumeration<'_> {
    fn visit(&mut self, attack: &Attack) -> ControlFlow<()> {
        let limit = self.options.replay_limit.unwrap_or(10_000_000);
        let cancelled = self.options.cancel.is_some_and(|c| c.load(Ordering::Relaxed));
        let late = self.deadline.is_some_and(|d| Instant::now() >= d);
        if cancelled || late || self.replays >= limit {
            self.complete = false;
            return ControlFlow::Break(());
        }
        self.replays += 1;
        match self.value(attack) {
            Ok((value, exact)) => {
                if self.best.as_ref().is_none_or(|(b, _)| value < *b) {
                    self.best = Some((value, attack.clone()));
                }
                self.least = self.least.min(exact);
                ControlFlow::Continue(())
            }
            Err(e) => {
                self.error = Some(e);
                ControlFlow::Break(())
            }
        }
    }

    /// The minimised goal by replay, and in exact arithmetic where a switch was close.
    fn value(&self, attack: &Attack) -> Result<(f64, f64), ReplayError> {
        // An unreachable smallest budget is the worst for the adversary, who minimises it.
        let number = |v: Option<f64>| v.map_or(f64::INFINITY, |v| self.sign * v);
        let (_, outcome, ties) = replay_with::<f64>(self.question, attack, DOUBT)?;
        let value = number(outcome.value);
        if ties.is_empty() {
            return Ok((value, value));
        }
        match replay_with::<dashu::rational::RBig>(self.question, attack, 0.0) {
            Ok((_, exact, _)) => Ok((value, number(exact.value.map(|v| Scalar::to_f64(&v))))),
            Err(ReplayError::Transcendental) => Ok((value, f64::NEG_INFINITY)),
            Err(e) => Err(e),
        }
    }
}

/// Replays every choice. The bound is the best value less `1e-9` of its size, which covers the
/// rounding of replays whose switches are all further than `1e-9` from their kinks; closer ones
/// are repeated in exact arithmetic.
fn enumerate(
    question: &Question,
    options: &ExhaustiveOptions<'_>,
) -> Result<Exhaustive, NotEnumerable> {
    let steps = match question.threat.scope {
        Scope::Run => 1,
        Scope::Batch => question.training.steps(),
    };
    let choices: Vec<Choices> =
        (0..steps).map(|t| Choices::new(question, t)).collect::<Result<_, _>>()?;
    let sign = if question.goal.adversary_minimises() { 1.0 } else { -1.0 };
    let mut state = Enumeration {
        question,
        options,
        deadline: deadline(options),
        sign,
        best: None,
        least: f64::INFINITY,
        replays: 0,
        complete: true,
        error: None,
    };
    let mut attack = Attack::none(steps);
    let _ = descend(&choices, 0, &mut attack, &mut state);
    if let Some(e) = state.error {
        return Err(e.into());
    }
    let (value, attack) = match state.best {
        Some(best) => best,
        None => (sign * replay(question, &Attack::none(steps), 0.0)?.value, Attack::none(steps)),
    };
    let low = if state.complete {
        let least = state.least.min(value);
        if least.is_finite() { least - 1e-9 * least.abs().max(1.0) } else { least }
    } else {
        f64::NEG_INFINITY
    };
    Ok(Exhaustive {
        value: sign * value,
        attack,
        bound: sign * low,
        complete: state.complete,
        nodes: 0,
        replays: state.replays,
        method: Method::Enumeration,
    })
}

/// Number of attacks of a discrete threat, or `most` if there are more; `None` where something
/// real can be chosen, or too much to list.
#[must_use]
pub fn count(question: &Question, most: u64) -> Option<u64> {
    let steps = match question.threat.scope {
        Scope::Run => 1,
        Scope::Batch => question.training.steps(),
    };
    let mut product: u64 = 1;
    for t in 0..steps {
        let mut here: u64 = 0;
        let _ = Choices::new(question, t).ok()?.each(&mut |_| {
            here += 1;
            if here < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        product = product.saturating_mul(here);
        if product >= most {
            return Some(most);
        }
    }
    Some(product)
}

/// Goes through the choices of step `t` and, below each, those of the later steps.
fn descend(
    choices: &[Choices],
    t: usize,
    attack: &mut Attack,
    state: &mut Enumeration<'_>,
) -> ControlFlow<()> {
    let Some(now) = choices.get(t) else { return state.visit(attack) };
    now.each(&mut |choice| {
        attack.choices[t].clone_from(choice);
        descend(choices, t + 1, attack, state)
    })
}
