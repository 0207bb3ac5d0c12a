//! What tightening gained, by family.

use std::collections::BTreeMap;

use super::causal::{Entry, Known};
use crate::bounds::Interval;
use crate::ir::{Family, Role};

/// What tightening gained for one family of quantities.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shrinkage {
    /// Quantities that were open before: switches that were undecided, and parameters.
    pub open: usize,
    /// Those among them whose switch is decided now.
    pub decided: usize,
    /// Sum of `U - L` before.
    pub before: f64,
    /// Sum of `U - L` after.
    pub after: f64,
}

impl Shrinkage {
    /// Counts one more quantity with these switching points.
    pub fn add(&mut self, before: Interval, after: Interval, points: &[f64]) {
        let side = |p: &f64| after.hi <= *p || after.lo >= *p;
        self.open += 1;
        self.decided += usize::from(!points.is_empty() && points.iter().all(side));
        self.before += before.width();
        self.after += after.width();
    }

    /// `(U - L) after / (U - L) before`.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        if self.before > 0.0 { self.after / self.before } else { 1.0 }
    }
}

/// A quantity's range and switching points before.
pub type Before = BTreeMap<Role, (Interval, Vec<f64>)>;

/// The ranges that the first round was given for the quantities that were open.
#[must_use]
pub fn before(entries: &[Entry]) -> Before {
    let open = entries.iter().filter(|e| e.wanted.is_open(e.wanted.quantity.range));
    open.map(|e| (e.wanted.role, (e.wanted.quantity.range, e.wanted.points.clone()))).collect()
}

/// Compares with what is known after the last round.
#[must_use]
pub fn of(before: &Before, known: &Known) -> BTreeMap<Family, Shrinkage> {
    let mut all: BTreeMap<Family, Shrinkage> = BTreeMap::new();
    for (role, (range, points)) in before {
        let after = known.get(role).copied().unwrap_or(*range);
        all.entry(role.family).or_default().add(*range, after, points);
    }
    all
}
