//! Optimisation-based bound tightening in causal order (papers 1.5 D).
//!
//! Before a switch is made, its quantity is minimised and maximised over a linear relaxation of
//! everything the model says so far: integrality dropped, products replaced by their McCormick
//! envelope. The bound that is kept is not the objective value but a rigorous one computed from the
//! duals ([`crate::solve::dual_bound`]), so a solver's tolerance cannot make it wrong.
//!
//! The duals are recorded ([`Tightening`]): whoever has them recomputes the same bounds without a
//! solver ([`RecordedTightener`]), so a tightened program is the same everywhere and can be checked
//! by those who trust no solver.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::interval::{Interval, add_down, add_up};
use crate::encode::Lin;
use crate::encode::tighten::Tightener;
use crate::ir::{Family, Model, VarId};
use crate::lower::{LowerOptions, Target, legalise_with};
use crate::solve::dual_bound;
use crate::solve::highs_lib::{HighsLibrary, LpSession};

/// Nonzero multipliers of one linear program, by row of the relaxation.
pub type Duals = Vec<(u32, f64)>;

/// Everything that makes tightening repeatable: the multipliers of each call, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tightening {
    /// One entry a tightened quantity.
    pub calls: Vec<Call>,
}

/// Multipliers that bound one quantity; none where the linear program gave nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Of the lower bound.
    pub low: Option<Duals>,
    /// Of the upper bound.
    pub high: Option<Duals>,
}

/// Tightens by linear programs, through HiGHS as a library.
pub struct LinearTightener<'a> {
    library: &'a HighsLibrary,
    /// Longest time for one linear program, seconds.
    seconds: Option<f64>,
    lp: Option<LpSession<'a>>,
    relaxation: Relaxation,
    record: Tightening,
    shrinkage: BTreeMap<Family, Shrinkage>,
}

/// Tightens by recorded multipliers.
pub struct RecordedTightener<'a> {
    record: &'a Tightening,
    next: usize,
    relaxation: Relaxation,
}

/// The relaxation of an earlier state of the model: still valid, as rows are only ever added.
#[derive(Default)]
struct Relaxation {
    /// Columns of the model when the relaxation was made.
    columns: usize,
    model: Option<Model>,
}

impl Relaxation {
    /// Makes it anew if the quantity has a column that it does not know; says whether it did.
    fn cover(&mut self, model: &Model, quantity: &Lin) -> Option<bool> {
        let newest = quantity.terms.last().map_or(0, |t| t.0.index());
        if self.model.is_some() && newest < self.columns {
            return Some(false);
        }
        let options = LowerOptions { relax: true };
        let lowered = legalise_with(model, Target::HighsMps, options).ok()?;
        self.columns = model.var_count();
        self.model = Some(lowered.model.into_owned());
        Some(true)
    }

    /// The bound that multipliers prove, `-inf` without any.
    fn prove(&self, terms: &[(VarId, f64)], duals: Option<&Duals>) -> f64 {
        let (Some(model), Some(duals)) = (&self.model, duals) else { return f64::NEG_INFINITY };
        let mut dense = vec![0.0; model.row_count()];
        for &(row, y) in duals {
            if let Some(slot) = dense.get_mut(row as usize) {
                *slot = y;
            }
        }
        dual_bound::lower_bound(model, terms, &dense)
    }
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

/// What tightening gained for one family of switches.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shrinkage {
    /// Quantities that were open before.
    pub open: usize,
    /// Those among them whose switch is decided now.
    pub decided: usize,
    /// Sum of `U - L` before.
    pub before: f64,
    /// Sum of `U - L` after.
    pub after: f64,
}

impl Shrinkage {
    /// `(U - L) after / (U - L) before`.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        if self.before > 0.0 { self.after / self.before } else { 1.0 }
    }
}

impl<'a> LinearTightener<'a> {
    /// A tightener that gives each linear program at most `seconds`.
    #[must_use]
    pub fn new(library: &'a HighsLibrary, seconds: Option<f64>) -> Self {
        LinearTightener {
            library,
            seconds,
            lp: None,
            relaxation: Relaxation::default(),
            record: Tightening::default(),
            shrinkage: BTreeMap::new(),
        }
    }

    /// What was gained, by the family of the switch.
    #[must_use]
    pub fn shrinkage(&self) -> &BTreeMap<Family, Shrinkage> {
        &self.shrinkage
    }

    /// What makes it repeatable.
    #[must_use]
    pub fn into_record(self) -> Tightening {
        self.record
    }

    /// Multipliers for the minimum of `sum terms`.
    fn minimise(&mut self, terms: &[(VarId, f64)]) -> Option<Duals> {
        let seconds = self.seconds;
        let lp = self.lp.as_mut()?;
        lp.set_objective(terms).ok()?;
        let answer = lp.solve(seconds).ok()?;
        let nonzero = answer.row_duals.iter().enumerate().filter(|(_, y)| **y != 0.0);
        Some(nonzero.map(|(row, y)| (row as u32, *y)).collect())
    }

    fn bound(&mut self, model: &Model, l: &Lin, interesting: f64) -> (Call, Interval) {
        let mut call = Call::default();
        let mut range = l.range;
        match self.relaxation.cover(model, l) {
            None => return (call, range),
            Some(true) => {
                let relaxed = self.relaxation.model.as_ref();
                self.lp = relaxed.and_then(|m| LpSession::new(self.library, m).ok());
            }
            Some(false) => {}
        }
        call.low = self.minimise(&l.terms);
        range = raise(range, l, self.relaxation.prove(&l.terms, call.low.as_ref()));
        if range.lo <= interesting {
            let terms = negated(l);
            call.high = self.minimise(&terms);
            range = lower(range, l, self.relaxation.prove(&terms, call.high.as_ref()));
        }
        (call, range)
    }
}

impl Tightener for LinearTightener<'_> {
    fn tighten(
        &mut self,
        model: &Model,
        quantity: &Lin,
        interesting: f64,
        family: Family,
    ) -> Interval {
        let (call, range) = self.bound(model, quantity, interesting);
        self.record.calls.push(call);
        let s = self.shrinkage.entry(family).or_default();
        s.open += 1;
        s.decided += usize::from(range.lo > interesting || range.hi < interesting);
        s.before += quantity.range.width();
        s.after += range.width();
        range
    }
}

impl<'a> RecordedTightener<'a> {
    /// Repeats a record.
    #[must_use]
    pub fn new(record: &'a Tightening) -> Self {
        RecordedTightener { record, next: 0, relaxation: Relaxation::default() }
    }

    /// Whether exactly the recorded calls were made.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.next == self.record.calls.len()
    }
}

impl Tightener for RecordedTightener<'_> {
    fn tighten(&mut self, model: &Model, quantity: &Lin, _: f64, _: Family) -> Interval {
        let call = self.record.calls.get(self.next);
        self.next += 1;
        let (Some(call), Some(_)) = (call, self.relaxation.cover(model, quantity)) else {
            return quantity.range;
        };
        let low = self.relaxation.prove(&quantity.terms, call.low.as_ref());
        let range = raise(quantity.range, quantity, low);
        let high = self.relaxation.prove(&negated(quantity), call.high.as_ref());
        lower(range, quantity, high)
    }
}
