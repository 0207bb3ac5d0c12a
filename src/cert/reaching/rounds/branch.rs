//! Objectives of a round by our own branching over linear programs, with a proof of each answer.
//!
//! The program of a round is relaxed ([`Relaxed`]): binaries may be fractions, and products lie in their
//! McCormick envelopes. Three attempts, each only where the one before has left something to gain:
//!
//! 1. The linear program of the whole round.
//! 2. Sample by sample with its multipliers ([`crate::bounds::obbt::Apart`]): each is branched on alone.
//! 3. Branching over the whole round.
//!
//! All objectives start from one basis of a feasible point, so that an answer does not depend on which
//! objectives were solved before it, by whom, or with how many threads. What is stored is a tree of
//! boxes with multipliers, or one a sample, which is evaluated again with directed rounding by whoever reads it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::End;
use super::answer::EndAnswer;
use super::proof::{Proof, Relaxed};
use super::round::{EndRecord, Round, RoundFile, Target};
use crate::bounds::obbt::{Limits, Node, Relaxation, Search};
use crate::solve::SolverKind;
use crate::solve::highs_lib::{Basis, HighsLibrary};

/// Linear programs for one objective, at least and at most, and the entries that all of them may have
/// together: many small ones or few large ones. A clock would give other proofs on another machine.
const NODES: (usize, usize) = (20, 5000);
const ENTRIES: usize = 2_000_000;

/// Linear programs for one sample of one objective, at most.
const EACH: usize = 50;

/// The whole round is branched on unless the bound is behind the known one by more than this share of the
/// interval.
const BEHIND: f64 = 0.1;

/// All that the objectives of a round share.
pub struct Branching<'a> {
    library: HighsLibrary,
    relaxed: Relaxed<'a>,
    limits: Limits,
    start: Option<Basis>,
}

/// What was found for an objective.
struct Found {
    proof: Proof,
    /// What it shows.
    bound: f64,
    /// Whether nothing worth the time is left to gain.
    closed: bool,
    words: String,
}

impl<'a> Branching<'a> {
    /// For a round; `seconds` is the time of each objective. Nothing if HiGHS refuses the program.
    pub fn new(library: HighsLibrary, round: &'a Round, seconds: Option<f64>) -> Option<Self> {
        let relaxed = Relaxed::of(round);
        let entries = relaxed.whole().model.rows.nonzeros().max(1);
        let limits = Limits {
            nodes: (ENTRIES / entries).clamp(NODES.0, NODES.1),
            seconds: seconds.unwrap_or(f64::INFINITY),
            iterations: None,
            fraction: 1.0,
            spatial: true,
        };
        let start = Search::new(&library, relaxed.whole(), limits)?.feasible_basis();
        Some(Branching { library, relaxed, limits, start })
    }

    /// Name and version.
    pub fn words(&self) -> String {
        format!(
            "branching over linear programs of {} {}",
            SolverKind::Highs,
            self.library.version()
        )
    }

    /// The answer to an objective; nothing if somebody stops it or there is no such objective.
    pub fn solve(
        &self,
        (round, file): (&Round, &RoundFile),
        (end, record): (End, &EndRecord),
        stop: &AtomicBool,
    ) -> Option<EndAnswer> {
        let goal = round.target(end)?;
        let stopped = || stop.load(Ordering::Relaxed);
        let enough = |bound: f64| round.is_enough(end, bound + goal.constant);
        // Where windows of bounds know far more than this program can, branching does not catch up.
        let known = if end.largest { -round.end(end) } else { round.end(end) };
        let least = known - goal.constant - BEHIND * round.width(end);
        let found = self.find(&goal, (&enough, least), &stopped);
        if stopped() {
            return None;
        }
        let who = (SolverKind::Highs.to_string(), Some(self.library.version().to_owned()), false);
        let blank = EndAnswer::of((file, record), who);
        Some(match found {
            None => EndAnswer {
                status: "failed".to_owned(),
                missing: Some("the linear programs gave nothing".to_owned()),
                ..blank
            },
            Some(found) => EndAnswer {
                status: found.words,
                optimal: found.closed,
                bound: Some(found.bound).filter(|b| b.is_finite()),
                proof: Some(found.proof),
                ..blank
            },
        })
    }

    fn find(
        &self,
        goal: &Target,
        (enough, least): (&dyn Fn(f64) -> bool, f64),
        stopped: &dyn Fn() -> bool,
    ) -> Option<Found> {
        let begin = Instant::now();
        let left = |limits: Limits| {
            let seconds = (limits.seconds - begin.elapsed().as_secs_f64()).max(1e-3);
            Limits { seconds, ..limits }
        };
        let loose = self.relaxed.loosened(&goal.terms);
        let ends = |b: f64| enough(b) || stopped();
        let minimise = |limits| self.search(&loose, limits)?.minimise(&goal.terms, &ends);
        let root = minimise(Limits { nodes: 1, ..self.limits })?;
        let mut best = Found {
            bound: root.bound,
            closed: root.whole,
            words: format!(
                "{} the linear program of the round",
                if root.whole { "closed with" } else { "stopped after" }
            ),
            proof: Proof::Tree(root.tree.clone()),
        };
        if best.closed || stopped() {
            return Some(best);
        }
        if let [Node::Bound(duals)] = root.tree.as_slice() {
            let with = (&self.library, left(Limits { nodes: EACH, ..self.limits }));
            let sum = self.relaxed.apart().minimise((&loose, duals), &goal.terms, with, stopped);
            if let Some(sum) = sum {
                let bound = self.relaxed.apart().value(&goal.terms, &sum);
                let (closed, proof) = (enough(bound), Proof::Samples(sum));
                let ended = if closed { "closed" } else { "stopped at a limit" };
                let words = format!("{ended} sample by sample");
                if bound > best.bound {
                    best = Found { proof, bound, closed, words };
                }
            }
        }
        if best.closed || best.bound < least || stopped() {
            return Some(best);
        }
        let whole = minimise(left(self.limits))?;
        let ended = if whole.whole { "closed" } else { "stopped at a limit" };
        best.words = format!("{ended} after {} linear programs of the round", whole.nodes);
        best.closed |= whole.whole;
        if whole.bound > best.bound {
            (best.bound, best.proof) = (whole.bound, Proof::Tree(whole.tree));
        }
        Some(best)
    }

    /// A search that starts from the basis of all objectives.
    fn search<'s>(&'s self, relaxation: &'s Relaxation, limits: Limits) -> Option<Search<'s>> {
        let mut search = Search::new(&self.library, relaxation, limits)?;
        if let Some(start) = &self.start {
            search.start_from(start);
        }
        Some(search)
    }
}
