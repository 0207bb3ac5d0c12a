//! A round, concluded: what each of its objectives came to, and the box that follows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::End;
use super::answer::{Desk, Said};
use crate::bounds::Interval;
use crate::cert::certificate::FileRecord;

/// Version of the layout of [`RoundAnswers`].
pub const SCHEMA: u32 = 1;

/// `answers.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundAnswers {
    /// Version of this layout.
    pub schema: u32,
    /// Version of the program that concluded.
    pub theriac: String,
    /// The step, counted from 1.
    pub round: usize,
    /// SHA-256 of `round.json`.
    pub question: String,
    /// What each objective came to, in the order of the round.
    pub ends: Vec<EndOutcome>,
}

/// What an objective came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndOutcome {
    /// Its name.
    pub end: String,
    /// How it ended.
    pub outcome: Outcome,
    /// The proved end of the parameter's interval, if there is one.
    pub bound: Option<f64>,
    /// Whether that is narrower than what bounds alone say.
    pub moved: bool,
    /// Who solved.
    pub solver: Option<String>,
    /// Whether multipliers prove the bound, so that the solver need not be believed.
    pub checked: bool,
    /// Why there is no bound.
    pub why: Option<String>,
    /// The files of the answer.
    pub files: Vec<FileRecord>,
}

/// How an objective ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Solved to the end.
    Proved,
    /// Stopped at a limit, with a bound.
    Stopped,
    /// There is no solution.
    Missing,
    /// There is one that proves nothing.
    Unusable,
}

/// How many objectives of a round ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundTally {
    /// Ends of intervals, two a parameter or template; of a score the least value alone is one.
    pub ends: usize,
    /// Those that bounds left open, and that were asked for.
    pub objectives: usize,
    /// See [`Outcome`].
    pub proved: usize,
    /// See [`Outcome`].
    pub stopped: usize,
    /// See [`Outcome`].
    pub missing: usize,
    /// See [`Outcome`].
    pub unusable: usize,
    /// Objectives that narrowed the box.
    pub moved: usize,
}

/// What all rounds came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concluded {
    /// One a round.
    pub tallies: Vec<RoundTally>,
    /// Whoever narrowed a box and is to be believed, in alphabetical order.
    pub solvers: BTreeSet<String>,
}

impl Concluded {
    /// Adds a round.
    pub(super) fn add(&mut self, answers: &RoundAnswers, ends: usize) -> RoundTally {
        let tally = answers.tally(ends);
        self.tallies.push(tally);
        let moved = answers.ends.iter().filter(|e| e.moved && !e.checked);
        self.solvers
            .extend(moved.map(|e| e.solver.clone().unwrap_or_else(|| "a solver".to_owned())));
        tally
    }

    /// Whether some round narrowed a box.
    #[must_use]
    pub fn moved(&self) -> bool {
        self.tallies.iter().any(|t| t.moved > 0)
    }

    /// Objectives of all rounds that have no bound of a solver.
    #[must_use]
    pub fn unanswered(&self) -> usize {
        self.tallies.iter().map(|t| t.missing + t.unusable).sum()
    }
}

impl RoundAnswers {
    /// How the objectives ended, of so many ends that could be asked for.
    #[must_use]
    pub fn tally(&self, ends: usize) -> RoundTally {
        let count = |outcome| self.ends.iter().filter(|e| e.outcome == outcome).count();
        RoundTally {
            ends,
            objectives: self.ends.len(),
            proved: count(Outcome::Proved),
            stopped: count(Outcome::Stopped),
            missing: count(Outcome::Missing),
            unusable: count(Outcome::Unusable),
            moved: self.ends.iter().filter(|e| e.moved).count(),
        }
    }

    /// The first file of a solution that `stored` has with other bytes, or without.
    #[must_use]
    pub fn differs(&self, stored: &RoundAnswers) -> Option<String> {
        let of = |all: &RoundAnswers| -> BTreeMap<String, FileRecord> {
            let files = all.ends.iter().flat_map(|e| &e.files);
            files.map(|f| (f.path.clone(), f.clone())).collect()
        };
        let (own, theirs) = (of(self), of(stored));
        let names: BTreeSet<&String> = own.keys().chain(theirs.keys()).collect();
        names.into_iter().find(|n| own.get(*n) != theirs.get(*n)).cloned()
    }

    /// The box that follows from `known`, the one by bounds alone.
    #[must_use]
    pub fn narrowed(&self, known: &[Interval]) -> Vec<Interval> {
        let mut all = known.to_vec();
        for outcome in self.ends.iter().filter(|e| e.moved) {
            let (Some(end), Some(b)) = (End::from_name(&outcome.end), outcome.bound) else {
                continue;
            };
            let Some(own) = all.get_mut(end.parameter) else { continue };
            // Not below the other end, whatever the file says.
            *own = match end.largest {
                true => Interval { lo: own.lo, hi: own.hi.min(b.max(own.lo)) },
                false => Interval { lo: own.lo.max(b.min(own.hi)), hi: own.hi },
            };
        }
        all
    }
}

/// Concludes a round. Solutions count unless `listed`, the answers of a round that was concluded before,
/// has none there: what comes late is not taken. `clean` are the parameters after the step when
/// nobody attacks, which no bound may exclude.
pub fn conclude(
    desk: &Desk<'_>,
    question: String,
    listed: Option<&RoundAnswers>,
    clean: &[f64],
) -> RoundAnswers {
    let mut all = desk.round.known.clone();
    let mut ends = Vec::with_capacity(desk.file.objectives.len());
    for record in &desk.file.objectives {
        let Some(end) = End::from_name(&record.end) else { continue };
        let late = listed.is_some_and(|l| {
            let before = l.ends.iter().find(|e| e.end == record.end);
            before.is_none_or(|e| e.outcome == Outcome::Missing)
        });
        let said = if late { None } else { desk.read(end, record) };
        ends.push(outcome(end, said, &mut all, clean));
    }
    RoundAnswers {
        schema: SCHEMA,
        theriac: env!("CARGO_PKG_VERSION").to_owned(),
        round: desk.round.number,
        question,
        ends,
    }
}

fn outcome(end: End, said: Option<Said>, all: &mut [Interval], clean: &[f64]) -> EndOutcome {
    let mut out = EndOutcome {
        end: end.name(),
        outcome: Outcome::Missing,
        bound: None,
        moved: false,
        solver: None,
        checked: false,
        why: None,
        files: Vec::new(),
    };
    let Some(said) = said else { return out };
    out.files = said.files;
    out.solver = Some(said.solver).filter(|s| !s.is_empty());
    out.checked = said.checked;
    let (Some(own), Some(clean)) = (all.get_mut(end.parameter), clean.get(end.parameter)) else {
        return out;
    };
    let bound = said.bound.and_then(|b| {
        let excludes = if end.largest { b < *clean || b < own.lo } else { b > *clean || b > own.hi };
        match excludes {
            false => Ok(b),
            true => Err(format!(
                "its bound {b} excludes what training on unchanged data gives, {clean}, or all that \
                 the other end leaves"
            )),
        }
    });
    match bound {
        Err(why) => {
            out.outcome = Outcome::Unusable;
            out.why = Some(why);
        }
        Ok(b) => {
            out.outcome = if said.optimal { Outcome::Proved } else { Outcome::Stopped };
            out.bound = Some(b);
            if end.largest && b < own.hi {
                (own.hi, out.moved) = (b, true);
            } else if !end.largest && b > own.lo {
                (own.lo, out.moved) = (b, true);
            }
        }
    }
    out
}
