//! Objectives of a round by our own branching over linear programs, with a proof of each answer.
//!
//! The program of a round is relaxed ([`Relaxed`]): binaries may be fractions, and products lie in their
//! McCormick envelopes. Three attempts, each only where the one before has left something to gain:
//!
//! 1. The linear program of the whole round, unless it is too large.
//! 2. Sample by sample with its multipliers, or in equal parts ([`crate::bounds::obbt::Apart`]): each is
//!    branched on alone.
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
use crate::bounds::obbt::{Limits, Node, Relaxation, Search, Sum};
use crate::solve::SolverKind;
use crate::solve::highs_lib::{Basis, HighsLibrary};

/// Linear programs for one objective, at least and at most, and the entries that all of them may have
/// together: many small ones or few large ones. A clock would give other proofs on another machine.
const NODES: (usize, usize) = (20, 5000);
const ENTRIES: usize = 2_000_000;

/// A program with more entries is only solved sample by sample: a linear program of millions of them takes
/// longer than all samples together.
const WHOLE: usize = 2_000_000;

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
    /// Whether linear programs of the whole round are solved, and where they start.
    whole: bool,
    start: Option<Basis>,
    stop: &'a AtomicBool,
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
    /// For a round; `seconds` is the time of each objective, and `stop` ends what is being solved. Nothing if
    /// HiGHS refuses the program.
    pub fn new(
        library: HighsLibrary,
        round: &'a Round,
        seconds: Option<f64>,
        stop: &'a AtomicBool,
    ) -> Option<Self> {
        let relaxed = Relaxed::of(round);
        let entries = relaxed.whole().model.rows.nonzeros().max(1);
        let limits = Limits {
            nodes: (ENTRIES / entries).clamp(NODES.0, NODES.1),
            seconds: seconds.unwrap_or(f64::INFINITY),
            iterations: None,
            fraction: 1.0,
            spatial: true,
        };
        let whole = entries <= WHOLE;
        let start = if whole {
            let mut search = Search::new(&library, relaxed.whole(), limits)?;
            search.heed(stop);
            search.feasible_basis()
        } else {
            None
        };
        Some(Branching { library, relaxed, limits, whole, start, stop })
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
    ) -> Option<EndAnswer> {
        let goal = round.target(end)?;
        let stopped = || self.stop.load(Ordering::Relaxed);
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
        let ends = |b: f64| enough(b) || stopped();
        let loose = self.whole.then(|| self.relaxed.loosened(&goal.terms));
        let minimise =
            |loose: &Relaxation, limits| self.search(loose, limits)?.minimise(&goal.terms, &ends);
        let mut best = None;
        if let Some(loose) = &loose {
            let root = minimise(loose, Limits { nodes: 1, ..self.limits })?;
            let ended = if root.whole { "closed with" } else { "stopped after" };
            best = Some(Found {
                bound: root.bound,
                closed: root.whole,
                words: format!("{ended} the linear program of the round"),
                proof: Proof::Tree(root.tree),
            });
        }
        let done = |best: &Option<Found>| best.as_ref().is_some_and(|b| b.closed) || stopped();
        if done(&best) {
            return best;
        }
        if let Some(sum) = self.by_samples(goal, loose.as_ref().zip(best.as_ref()), left, stopped) {
            let bound = self.relaxed.apart().value(&goal.terms, &sum);
            let (closed, proof) = (enough(bound), Proof::Samples(sum));
            let ended = if closed { "closed" } else { "stopped at a limit" };
            if best.as_ref().is_none_or(|best| bound > best.bound) {
                let words = format!("{ended} sample by sample");
                best = Some(Found { proof, bound, closed, words });
            }
        }
        let Some(loose) = &loose else { return best };
        let mut best = best?;
        if best.closed || best.bound < least || stopped() {
            return Some(best);
        }
        let whole = minimise(loose, left(self.limits))?;
        let ended = if whole.whole { "closed" } else { "stopped at a limit" };
        best.words = format!("{ended} after {} linear programs of the round", whole.nodes);
        best.closed |= whole.whole;
        if whole.bound > best.bound {
            (best.bound, best.proof) = (whole.bound, Proof::Tree(whole.tree));
        }
        Some(best)
    }

    /// The second attempt: with the multipliers of the first, if there are any.
    fn by_samples(
        &self,
        goal: &Target,
        first: Option<(&Relaxation, &Found)>,
        left: impl Fn(Limits) -> Limits,
        stopped: &dyn Fn() -> bool,
    ) -> Option<Sum> {
        let apart = self.relaxed.apart();
        let by = (&self.library, left(Limits { nodes: EACH, ..self.limits }));
        match first {
            None => apart.minimise_alone(&goal.terms, by, stopped),
            Some((loose, Found { proof: Proof::Tree(tree), .. })) => match tree.as_slice() {
                [Node::Bound(duals)] => apart.minimise((loose, duals), &goal.terms, by, stopped),
                _ => None,
            },
            Some((_, Found { proof: Proof::Samples(_), .. })) => None,
        }
    }

    /// A search that starts from the basis of all objectives.
    fn search<'s>(&'s self, relaxation: &'s Relaxation, limits: Limits) -> Option<Search<'s>> {
        let mut search = Search::new(&self.library, relaxation, limits)?;
        if let Some(start) = &self.start {
            search.start_from(start);
        }
        search.heed(self.stop);
        Some(search)
    }
}
