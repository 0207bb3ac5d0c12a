//! Optimisation-based bound tightening in causal order (papers 1.5 D).
//!
//! Before a switch is made, its quantity is minimised and maximised over a linear relaxation of
//! everything the model says so far: integrality dropped, products replaced by their McCormick
//! envelope. The bound that is kept is not the objective value but a rigorous one computed from the
//! duals ([`crate::solve::dual_bound`]), so a solver's tolerance cannot make it wrong.

use std::collections::BTreeMap;

use super::interval::{Interval, add_down, add_up};
use crate::encode::Lin;
use crate::encode::tighten::Tightener;
use crate::ir::{Family, Model, VarId};
use crate::lower::{LowerOptions, Target, legalise_with};
use crate::solve::dual_bound;
use crate::solve::highs_lib::{HighsLibrary, LpSession};

/// Tightens by linear programs, through HiGHS as a library.
pub struct LinearTightener<'a> {
    library: &'a HighsLibrary,
    /// Longest time for one linear program, seconds.
    seconds: Option<f64>,
    session: Option<Session<'a>>,
    shrinkage: BTreeMap<Family, Shrinkage>,
    failures: usize,
}

/// The relaxation of an earlier state of the model: still valid, as rows are only ever added.
struct Session<'a> {
    /// Columns of the model when the session began.
    columns: usize,
    relaxation: Model,
    lp: LpSession<'a>,
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
        LinearTightener { library, seconds, session: None, shrinkage: BTreeMap::new(), failures: 0 }
    }

    /// What was gained, by the family of the switch.
    #[must_use]
    pub fn shrinkage(&self) -> &BTreeMap<Family, Shrinkage> {
        &self.shrinkage
    }

    /// Linear programs that gave no bound; the old one was kept.
    #[must_use]
    pub fn failures(&self) -> usize {
        self.failures
    }

    fn begin(&mut self, model: &Model) -> Option<()> {
        let options = LowerOptions { relax: true };
        let relaxation = legalise_with(model, Target::HighsMps, options).ok()?;
        let relaxation = relaxation.model.into_owned();
        let lp = LpSession::new(self.library, &relaxation).ok()?;
        self.session = Some(Session { columns: model.var_count(), relaxation, lp });
        Some(())
    }

    /// A rigorous lower bound of `sum terms`, if the linear program gives one.
    fn minimise(&mut self, terms: &[(VarId, f64)]) -> Option<f64> {
        let seconds = self.seconds;
        let s = self.session.as_mut()?;
        s.lp.set_objective(terms).ok()?;
        let answer = s.lp.solve(seconds).ok()?;
        let bound = dual_bound::lower_bound(&s.relaxation, terms, &answer.row_duals);
        bound.is_finite().then_some(bound)
    }

    fn bounds(&mut self, model: &Model, l: &Lin, interesting: f64) -> Option<Interval> {
        let newest = l.terms.last().map_or(0, |t| t.0.index());
        if self.session.as_ref().is_none_or(|s| s.columns <= newest) {
            self.begin(model)?;
        }
        let mut range = l.range;
        let low = self.minimise(&l.terms)?;
        range.lo = range.lo.max(add_down(add_down(low, l.constant), -l.slop));
        if range.lo > interesting {
            return Some(range);
        }
        let negative: Vec<(VarId, f64)> = l.terms.iter().map(|&(v, a)| (v, -a)).collect();
        let high = -self.minimise(&negative)?;
        range.hi = range.hi.min(add_up(add_up(high, l.constant), l.slop));
        (range.lo <= range.hi).then_some(range)
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
        let found = self.bounds(model, quantity, interesting);
        self.failures += usize::from(found.is_none());
        let range = found.unwrap_or(quantity.range);
        let s = self.shrinkage.entry(family).or_default();
        s.open += 1;
        s.decided += usize::from(range.lo > interesting || range.hi < interesting);
        s.before += quantity.range.width();
        s.after += range.width();
        range
    }
}
