//! Compiling with tightened bounds, in rounds.
//!
//! The first round tightens in causal order while the program is built ([`Causal`]). Each further
//! round takes the whole program of the round before, with its goal and its cutoff, tightens over it
//! every quantity that is still open, and builds the program again from the ranges so found: what
//! later steps and the goal say comes back to earlier ones. That is sound, because the program of
//! the round before holds every run that the question (below its cutoff) admits. Rounds end early
//! where one changed nothing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::causal::{Causal, Entry, Known};
use super::prover::{Prover, proved};
use super::record::{Call, Tightening};
use super::relaxation::Relaxation;
use super::shrinkage::{self, Shrinkage};
use crate::bounds::Interval;
use crate::encode::tighten::{Tightener, Wanted};
use crate::encode::{CompileOptions, EncodeError, Lin, Program, compile_with};
use crate::ir::{Family, Model, Role};
use crate::question::Question;
use crate::solve::highs_lib::HighsLibrary;

/// Where the proofs come from.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// Linear programs, solved by HiGHS.
    Solver(&'a HighsLibrary),
    /// A record.
    Record(&'a Tightening),
}

/// A program with tightened bounds.
pub struct Tightened {
    /// The program.
    pub program: Program,
    /// What proves its bounds.
    pub record: Tightening,
    /// Every quantity that was asked for while this program was built, by what it is, with its
    /// final range.
    pub quantities: Vec<(Role, Lin)>,
    /// What was gained, by family.
    pub shrinkage: BTreeMap<Family, Shrinkage>,
    /// Whether the proofs were those of a record and it held nothing else.
    pub repeated: bool,
}

/// Compiles `question` at its level of tightening, which is [`crate::question::Tighten::Linear`] or
/// above, for the runs below `cutoff` if one is given. A record gives the same program as the solver
/// from which it was made.
///
/// # Errors
/// See [`EncodeError`].
pub fn compile_tightened(
    question: &Question,
    cutoff: Option<f64>,
    cancel: Option<&AtomicBool>,
    source: Source<'_>,
) -> Result<Tightened, EncodeError> {
    let options = &question.encode;
    let prover = |round: usize| match source {
        Source::Solver(library) => Prover::Solver { library, cancel },
        Source::Record(record) => {
            Prover::Record { calls: record.rounds.get(round).map_or(&[], Vec::as_slice), next: 0 }
        }
    };
    let build = |tightener: &mut dyn Tightener| {
        compile_with(question, CompileOptions { tightener: Some(tightener), cutoff, cancel })
    };
    let mut causal = Causal::new(options, Some(prover(0)), Known::new());
    let mut program = build(&mut causal)?;
    let mut repeated = causal.is_exhausted();
    let (mut known, mut entries, mut marks, calls) = causal.finish();
    let before = shrinkage::before(&entries);
    let mut record = Tightening { rounds: vec![calls] };
    for round in 1..options.effort.rounds {
        // A round that changed nothing is not recorded.
        if matches!(source, Source::Record(given) if round >= given.rounds.len()) {
            break;
        }
        let mut prover = prover(round);
        let found = again(&program.model, (&entries, &marks), &known, &mut prover, question);
        repeated &= prover.is_exhausted();
        let (better, calls) = found;
        if better == known {
            break;
        }
        record.rounds.push(calls);
        let mut lookup = Causal::new(options, None, better);
        program = build(&mut lookup)?;
        (known, entries, marks, _) = lookup.finish();
    }
    // What was stopped has proved less than it could have: another run would differ.
    if cancel.is_some_and(|c| c.load(Ordering::Relaxed)) {
        return Err(EncodeError::Interrupted);
    }
    if let Source::Record(given) = source {
        repeated &= given.rounds.len() == record.rounds.len();
    }
    let shrinkage = shrinkage::of(&before, &known);
    let range = |role: &Role| known.get(role).copied().unwrap_or(Interval::ALL);
    let within = |w: Wanted| (w.role, w.quantity.within(range(&w.role)));
    let quantities = entries.into_iter().map(|e| within(e.wanted)).collect();
    Ok(Tightened { program, record, quantities, shrinkage, repeated })
}

/// Tightens every open quantity over the program that the round before has made.
fn again(
    model: &Model,
    (entries, marks): (&[Entry], &[usize]),
    known: &Known,
    prover: &mut Prover<'_>,
    question: &Question,
) -> (Known, Vec<Call>) {
    let options = &question.encode;
    let mut better = known.clone();
    let mut calls = Vec::new();
    // With a window each step has a relaxation of its own, without one there is a single one.
    let mut groups: BTreeMap<usize, Vec<Wanted>> = BTreeMap::new();
    for entry in entries {
        let range = known.get(&entry.wanted.role).copied().unwrap_or(Interval::ALL);
        let mut wanted = entry.wanted.clone();
        wanted.quantity.range = wanted.quantity.range.meet(range);
        if wanted.is_open(wanted.quantity.range) {
            let group = if options.effort.window.is_some() { entry.step } else { 0 };
            groups.entry(group).or_default().push(wanted);
        }
    }
    for (step, wanted) in groups {
        let relaxation = around(model, marks, step, options.effort.window);
        let asked: Vec<&Wanted> = wanted.iter().collect();
        for (w, call) in wanted.iter().zip(prover.prove(&relaxation, &asked, options)) {
            better.insert(w.role, proved(&relaxation, &w.quantity, &call));
            calls.push(call);
        }
    }
    (better, calls)
}

/// The rows of the adversary and of the steps within the window on both sides of `step`.
fn around(model: &Model, marks: &[usize], step: usize, window: Option<usize>) -> Relaxation {
    let Some(window) = window else { return Relaxation::of(model, |_| true) };
    let adversary = marks.first().copied().unwrap_or(0);
    let from = marks.get(step.saturating_sub(window)).copied().unwrap_or(0);
    let end = marks.get(step.saturating_add(window).saturating_add(1)).copied();
    let end = end.unwrap_or(model.row_count());
    Relaxation::of(model, |row| row < adversary || (from..end).contains(&row))
}
