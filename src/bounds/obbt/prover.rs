//! Proofs for many quantities over one relaxation: searched with a solver, by several threads, or
//! taken from a record.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::branch::{Limits, Search};
use super::record::{Call, Tree};
use super::relaxation::Relaxation;
use super::tree;
use crate::bounds::Interval;
use crate::bounds::interval::{add_down, add_up};
use crate::encode::Lin;
use crate::encode::tighten::Wanted;
use crate::ir::VarId;
use crate::question::{EncodeOptions, Tighten};
use crate::solve::highs_lib::HighsLibrary;

/// Quantities that share a session with the solver, one after the other. It does not depend on the
/// number of threads, so neither do the bases from which the solver starts, nor what it answers.
const SHARED: usize = 8;

/// Where proofs come from.
pub enum Prover<'a> {
    /// A solver of linear programs.
    Solver {
        /// HiGHS.
        library: &'a HighsLibrary,
        /// Looked at before each quantity; once it is set, nothing is proved any more.
        cancel: Option<&'a AtomicBool>,
    },
    /// A record of one round.
    Record {
        /// Its calls.
        calls: &'a [Call],
        /// How many are used up.
        next: usize,
    },
}

impl Prover<'_> {
    /// A call for each quantity, in their order.
    pub fn prove(
        &mut self,
        relaxation: &Relaxation,
        wanted: &[&Wanted],
        options: &EncodeOptions,
    ) -> Vec<Call> {
        match self {
            Prover::Solver { library, cancel } => {
                let effort = &options.effort;
                let level = options.tighten;
                let limits = Limits {
                    nodes: if level <= Tighten::Linear { 1 } else { effort.nodes },
                    seconds: effort.seconds,
                    iterations: None,
                    fraction: effort.fraction,
                    spatial: level == Tighten::Nonconvex,
                };
                let workers = effort.workers;
                let job = Job { library, cancel: *cancel, limits, workers, shared: SHARED };
                job.prove(relaxation, wanted).0
            }
            Prover::Record { calls, next } => {
                let from = *next;
                *next += wanted.len();
                (from..*next).map(|k| calls.get(k).cloned().unwrap_or_default()).collect()
            }
        }
    }

    /// Whether a record was used up, neither more nor less.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        match self {
            Prover::Solver { .. } => true,
            Prover::Record { calls, next } => calls.len() == *next,
        }
    }
}

/// The range of the quantity that a call proves.
#[must_use]
pub fn proved(relaxation: &Relaxation, quantity: &Lin, call: &Call) -> Interval {
    let value = |terms: &[(VarId, f64)], tree: &Option<Tree>| {
        tree.as_ref().map_or(f64::NEG_INFINITY, |t| tree::value(relaxation, terms, t))
    };
    let range = raise(quantity.range, quantity, value(&quantity.terms, &call.low));
    lower(range, quantity, value(&negated(quantity), &call.high))
}

fn negated(l: &Lin) -> Vec<(VarId, f64)> {
    l.terms.iter().map(|&(v, a)| (v, -a)).collect()
}

/// The enclosure with a proved lower bound of the terms; infinite bounds change nothing.
fn raise(range: Interval, l: &Lin, low: f64) -> Interval {
    let lo = add_down(add_down(low, l.constant), -l.slop);
    if lo > range.lo && lo <= range.hi { Interval { lo, ..range } } else { range }
}

/// The enclosure with a proved lower bound of the negated terms.
fn lower(range: Interval, l: &Lin, low: f64) -> Interval {
    let hi = add_up(add_up(-low, l.constant), l.slop);
    if hi < range.hi && hi >= range.lo { Interval { hi, ..range } } else { range }
}

/// How quantities are proved with a solver. What is found does not depend on the number of workers.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// HiGHS.
    pub library: &'a HighsLibrary,
    /// Looked at before each quantity; once it is set, nothing is proved any more.
    pub cancel: Option<&'a AtomicBool>,
    /// How far each search goes.
    pub limits: Limits,
    /// Threads.
    pub workers: usize,
    /// Quantities that share a session with the solver. It must not depend on the number of threads.
    pub shared: usize,
}

impl Job<'_> {
    /// A call for each quantity, in their order, and the number of linear programs that were solved.
    #[must_use]
    pub fn prove(&self, relaxation: &Relaxation, wanted: &[&Wanted]) -> (Vec<Call>, usize) {
        let shares: Vec<&[&Wanted]> = wanted.chunks(self.shared.max(1)).collect();
        let workers = self.workers.clamp(1, shares.len().max(1));
        let next = AtomicUsize::new(0);
        let solved = AtomicUsize::new(0);
        let done: Mutex<Vec<(usize, Vec<Call>)>> = Mutex::new(Vec::new());
        let work = || {
            while let k = next.fetch_add(1, Ordering::Relaxed)
                && let Some(share) = shares.get(k)
            {
                let (calls, programs) = self.share(relaxation, share);
                solved.fetch_add(programs, Ordering::Relaxed);
                done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((k, calls));
            }
        };
        if workers == 1 {
            work();
        } else {
            std::thread::scope(|scope| {
                for _ in 0..workers {
                    scope.spawn(work);
                }
            });
        }
        let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        done.sort_by_key(|d| d.0);
        (done.into_iter().flat_map(|d| d.1).collect(), solved.into_inner())
    }

    fn share(&self, relaxation: &Relaxation, wanted: &[&Wanted]) -> (Vec<Call>, usize) {
        let Some(mut search) = Search::new(self.library, relaxation, self.limits) else {
            return (vec![Call::default(); wanted.len()], 0);
        };
        let calls = wanted.iter().map(|w| self.one(&mut search, w)).collect();
        (calls, search.solved())
    }

    fn one(&self, search: &mut Search<'_>, wanted: &Wanted) -> Call {
        let mut call = Call::default();
        let l = &wanted.quantity;
        let points = &wanted.points;
        if self.cancel.is_some_and(|c| c.load(Ordering::Relaxed)) {
            return call;
        }
        let decided = |range: Interval| {
            !points.is_empty() && points.iter().all(|p| range.lo > *p || range.hi < *p)
        };
        let mut range = l.range;
        let enough = |low: f64| decided(raise(l.range, l, low));
        if let Some(found) = search.minimise(&l.terms, &enough) {
            let raised = raise(range, l, found.bound);
            if raised != range {
                (range, call.low) = (raised, Some(found.tree));
            }
        }
        if !decided(range) {
            let enough = |low: f64| decided(lower(range, l, low));
            if let Some(found) = search.minimise(&negated(l), &enough)
                && lower(range, l, found.bound) != range
            {
                call.high = Some(found.tree);
            }
        }
        call
    }
}
