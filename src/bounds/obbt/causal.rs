//! The tightener that goes along with the encoding, step by step.

use std::collections::BTreeMap;

use super::prover::{Prover, proved};
use super::record::Call;
use super::relaxation::Relaxation;
use crate::bounds::Interval;
use crate::encode::tighten::{Tightener, Wanted};
use crate::ir::{Model, Role};
use crate::question::EncodeOptions;

/// A quantity that was asked for.
#[derive(Clone, Debug)]
pub struct Entry {
    /// With the range that the encoding knew.
    pub wanted: Wanted,
    /// The step (0-based) whose rows were being made; the number of steps for the goal.
    pub step: usize,
}

/// The best ranges known, by quantity.
pub type Known = BTreeMap<Role, Interval>;

/// Tightens what is asked for over the rows of the step at hand, of the steps before it within the
/// window, and of the adversary.
pub struct Causal<'a> {
    options: &'a EncodeOptions,
    /// Nothing: known ranges are looked up, no more.
    prover: Option<Prover<'a>>,
    known: Known,
    /// First row of each step that was begun.
    marks: Vec<usize>,
    relaxation: Option<(Extent, Relaxation)>,
    entries: Vec<Entry>,
    calls: Vec<Call>,
}

/// What a relaxation knows.
#[derive(Clone, Copy, PartialEq)]
struct Extent {
    /// Columns of the model.
    columns: usize,
    /// First row of the window.
    from: usize,
}

impl<'a> Causal<'a> {
    /// A tightener that proves what it can, or, without a prover, only looks up what is `known`.
    #[must_use]
    pub fn new(options: &'a EncodeOptions, prover: Option<Prover<'a>>, known: Known) -> Self {
        Causal {
            options,
            prover,
            known,
            marks: Vec::new(),
            relaxation: None,
            entries: Vec::new(),
            calls: Vec::new(),
        }
    }

    /// Whether a record, if one was given, was used up.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.prover.as_ref().is_none_or(Prover::is_exhausted)
    }

    /// The best ranges, what was asked for in order, the first row of each step, and the proofs.
    #[must_use]
    pub fn finish(self) -> (Known, Vec<Entry>, Vec<usize>, Vec<Call>) {
        (self.known, self.entries, self.marks, self.calls)
    }

    fn step(&self) -> usize {
        self.marks.len().saturating_sub(1)
    }

    /// Makes the relaxation anew if a quantity has a column that it does not know, or the window
    /// has moved.
    fn cover(&mut self, model: &Model, wanted: &[&Wanted]) {
        let window = self.options.effort.window.unwrap_or(usize::MAX);
        let first = self.step().saturating_sub(window);
        let from = if first == 0 { 0 } else { self.marks.get(first).copied().unwrap_or(0) };
        let newest =
            wanted.iter().filter_map(|w| w.quantity.terms.last()).map(|t| t.0.index()).max();
        let good = |e: &Extent| e.from == from && newest.is_none_or(|n| n < e.columns);
        if !self.relaxation.as_ref().is_some_and(|r| good(&r.0)) {
            let adversary = self.marks.first().copied().unwrap_or(0);
            let relaxation = Relaxation::of(model, |row| row < adversary || row >= from);
            self.relaxation = Some((Extent { columns: model.var_count(), from }, relaxation));
        }
    }
}

impl Tightener for Causal<'_> {
    fn begin_step(&mut self, model: &Model, t: usize) {
        self.marks.truncate(t);
        self.marks.push(model.row_count());
    }

    fn tighten(&mut self, model: &Model, wanted: &[Wanted]) -> Vec<Interval> {
        let step = self.step();
        let mut ranges: Vec<Interval> = Vec::with_capacity(wanted.len());
        for w in wanted {
            let range = self.known.get(&w.role).map_or(w.quantity.range, |k| narrow(*k, w));
            self.known.insert(w.role, range);
            self.entries.push(Entry { wanted: w.clone(), step });
            ranges.push(range);
        }
        let open: Vec<usize> =
            (0..wanted.len()).filter(|&k| wanted[k].is_open(ranges[k])).collect();
        if self.prover.is_none() || open.is_empty() {
            return ranges;
        }
        let asked: Vec<&Wanted> = open.iter().map(|&k| &wanted[k]).collect();
        self.cover(model, &asked);
        let (Some(prover), Some((_, relaxation))) = (&mut self.prover, &self.relaxation) else {
            return ranges;
        };
        let calls = prover.prove(relaxation, &asked, self.options);
        for ((k, call), w) in open.into_iter().zip(calls).zip(asked) {
            ranges[k] = proved(relaxation, &w.quantity, &call);
            self.known.insert(w.role, ranges[k]);
            self.calls.push(call);
        }
        ranges
    }
}

/// The common part of a known range and the one that the encoding knows.
fn narrow(known: Interval, wanted: &Wanted) -> Interval {
    wanted.quantity.range.meet(known)
}
