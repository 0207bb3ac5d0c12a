//! Objectives of a round by our own branching over linear programs, with a proof of each answer.
//!
//! The program of a round is relaxed ([`Relaxation`]): binaries may be fractions, and products lie in
//! their McCormick envelopes. All objectives share it; each starts from one basis of a feasible point, so
//! that its answer does not depend on which objectives were solved before it, by whom, or with how many
//! threads. What is stored is a tree of boxes with multipliers, which is evaluated again with directed
//! rounding by whoever reads it.

use std::sync::atomic::{AtomicBool, Ordering};

use super::End;
use super::answer::EndAnswer;
use super::round::{EndRecord, Round, RoundFile};
use crate::bounds::obbt::{Limits, Relaxation, Search};
use crate::solve::SolverKind;
use crate::solve::highs_lib::{Basis, HighsLibrary};

/// Linear programs for one objective, at least and at most, and the entries that all of them may have
/// together: many small ones or few large ones. A clock would give other proofs on another machine.
const NODES: (usize, usize) = (20, 5000);
const ENTRIES: usize = 2_000_000;

/// All that the objectives of a round share.
pub struct Branching {
    library: HighsLibrary,
    relaxation: Relaxation,
    limits: Limits,
    start: Option<Basis>,
}

impl Branching {
    /// For a round; `seconds` is the time of each objective. Nothing if HiGHS refuses the program.
    pub fn new(library: HighsLibrary, round: &Round, seconds: Option<f64>) -> Option<Self> {
        let relaxation = Relaxation::of(&round.program.model, |_| true);
        let entries = relaxation.model.rows.nonzeros().max(1);
        let limits = Limits {
            nodes: (ENTRIES / entries).clamp(NODES.0, NODES.1),
            seconds: seconds.unwrap_or(f64::INFINITY),
            iterations: None,
            fraction: 1.0,
            spatial: true,
        };
        let start = Search::new(&library, &relaxation, limits)?.feasible_basis();
        Some(Branching { library, relaxation, limits, start })
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
        let enough = |bound: f64| stopped() || round.is_enough(end, bound + goal.constant);
        let mut search = Search::new(&self.library, &self.relaxation, self.limits);
        if let (Some(search), Some(start)) = (&mut search, &self.start) {
            search.start_from(start);
        }
        let found = search.and_then(|mut s| s.minimise(&goal.terms, &enough));
        if stopped() {
            return None;
        }
        let whole = found.as_ref().is_some_and(|f| f.whole);
        let status = match &found {
            None => "failed".to_owned(),
            Some(f) if f.whole => format!("closed with {} linear programs", f.nodes),
            Some(f) => format!("stopped at a limit after {} linear programs", f.nodes),
        };
        Some(EndAnswer {
            status,
            optimal: whole,
            bound: found.as_ref().map(|f| f.bound).filter(|b| b.is_finite()),
            missing: found.is_none().then(|| "the linear programs gave nothing".to_owned()),
            proof: found.map(|f| f.tree),
            ..EndAnswer::of(
                (file, record),
                (SolverKind::Highs.to_string(), Some(self.library.version().to_owned()), false),
            )
        })
    }
}
