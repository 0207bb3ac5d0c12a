//! Whether a change satisfies the relations, in rational arithmetic.

use dashu::rational::RBig;

use super::{Comparison, FeatureThreat, Linear, Version};

/// The exact value of a finite double.
pub(in crate::question) fn exact(v: f64) -> RBig {
    RBig::try_from(v).unwrap_or(RBig::ZERO)
}

/// The first relation that a change breaks.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::question) enum Broken {
    /// The change of this feature is too large, one way or the other.
    Offset(usize),
    /// The linear relation with this number does not hold.
    Linear(usize),
    /// More features change than may.
    Changed { found: usize, allowed: usize },
}

/// The first relation that the change of sample `row` from `clean` to `moved` breaks. Both have one
/// finite number a feature.
pub(in crate::question) fn broken(
    threat: &FeatureThreat,
    row: usize,
    clean: &[f64],
    moved: &[f64],
) -> Option<Broken> {
    let relations = &threat.relations;
    for offset in &relations.offsets {
        let j = offset.feature;
        if !super::among(&offset.rows, row) || threat.is_missing(row, j) {
            continue;
        }
        let (Some(old), Some(new)) = (clean.get(j), moved.get(j)) else { continue };
        let by = exact(*new) - exact(*old);
        let below = offset.lo.is_finite() && by < exact(offset.lo);
        if below || (offset.hi.is_finite() && by > exact(offset.hi)) {
            return Some(Broken::Offset(j));
        }
    }
    if let Some((number, _)) = relations.linear_of(row).find(|(_, l)| !l.holds(clean, moved)) {
        return Some(Broken::Linear(number));
    }
    let allowed = relations.changed?;
    let found = threat.changed_cells(row, clean, moved);
    (found > allowed).then_some(Broken::Changed { found, allowed })
}

impl FeatureThreat {
    /// How many features of sample `row` differ, as [`super::Relations::changed`] counts them.
    #[must_use]
    pub fn changed_cells(&self, row: usize, clean: &[f64], moved: &[f64]) -> usize {
        let differs = |columns: &Vec<usize>| columns.iter().any(|&j| clean.get(j) != moved.get(j));
        self.counted(row).iter().filter(|c| differs(c)).count()
    }
}

impl Linear {
    /// Whether the relation holds, or its condition does not, for these old and new features.
    #[must_use]
    pub fn holds(&self, clean: &[f64], moved: &[f64]) -> bool {
        if let Some(when) = self.when
            && moved.get(when.feature) != Some(&when.value)
        {
            return true;
        }
        let excess = self.excess(clean, moved);
        match self.comparison {
            Comparison::AtMost => excess <= RBig::ZERO,
            Comparison::AtLeast => excess >= RBig::ZERO,
            Comparison::Equal => excess == RBig::ZERO,
        }
    }

    /// Left-hand side minus right-hand side.
    pub(in crate::question) fn excess(&self, clean: &[f64], moved: &[f64]) -> RBig {
        self.terms.iter().fold(-exact(self.rhs), |sum, t| {
            let values = match t.version {
                Version::Old => clean,
                Version::New => moved,
            };
            sum + exact(t.coefficient) * exact(values.get(t.feature).copied().unwrap_or(0.0))
        })
    }
}
