//! Relations between the clean and the changed features of a sample (papers 2.3).
//!
//! A ball says how far a touched sample may move, whatever its features mean. Relations say what
//! the features mean: an answer is biased one way, a value was never known, a rule of the form
//! admits only some combinations, few answers of a sheet are wrong. Together with
//! [`super::FeatureThreat`]'s ball, domains and kinds they state every threat of papers 2.3.
//!
//! Rules. Every relation is about touched samples alone, and the clean sample must satisfy all of
//! them, so that a touched sample may always stay as it is. Numbers are the doubles that they are,
//! and whether an attack satisfies a relation is decided in rational arithmetic.

mod exact;
mod words;

pub(super) use exact::{Broken, broken, exact};

use super::threat::{FeatureKind, FeatureThreat, Norm};

/// What must hold between the features of a touched sample before and after the change, besides
/// the ball, the domains and the kinds of [`FeatureThreat`]. The default requires nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relations {
    /// Limits of the change of single features. Those that speak of the same value all hold.
    pub offsets: Vec<Offset>,
    /// Values that say nothing.
    pub missing: Vec<Missing>,
    /// Linear relations between the old and the new features of one sample.
    pub linear: Vec<Linear>,
    /// Features, ascending, that may change but that the ball does not measure.
    pub unmeasured: Vec<usize>,
    /// Most features of one sample that change (*sparsity*). A one-hot group is one feature, and a
    /// missing value that is filled in is no change.
    pub changed: Option<usize>,
    /// Most features that change in all samples together, counted as for
    /// [`Relations::changed`]; per [`super::Scope`], as the budget.
    pub cells: Option<usize>,
}

/// `x' - x` lies in `[lo, hi]` for one feature of some samples. `[0, inf]` is *monotone*, an
/// integer feature in `[0, 1]` is *reporting bias*, and limits that differ by the samples' labels
/// are *class-conditional*.
#[derive(Clone, Debug, PartialEq)]
pub struct Offset {
    /// Rows of the training data, ascending.
    pub rows: Vec<usize>,
    /// The feature.
    pub feature: usize,
    /// Least change, at most 0; minus infinity where there is none.
    pub lo: f64,
    /// Largest change, at least 0; infinity where there is none.
    pub hi: f64,
}

/// Values that were never known. What the data hold in their place is one possible value (so it
/// must lie in the domain, and a one-hot group must be one-hot); in a touched sample they may take
/// any value of their domain, a one-hot group any category. Neither the ball nor [`Offset`]s limit
/// them, [`Linear`] relations do.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// Rows of the training data, ascending.
    pub rows: Vec<usize>,
    /// The features, ascending; one-hot groups whole.
    pub features: Vec<usize>,
}

/// A linear relation between old and new features of each of some samples, on a condition if there
/// is one: `sum of terms (comparison) rhs`.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// Rows of the training data, ascending.
    pub rows: Vec<usize>,
    /// The sum.
    pub terms: Vec<Term>,
    /// How the sum compares.
    pub comparison: Comparison,
    /// Right-hand side.
    pub rhs: f64,
    /// Where it need not hold always.
    pub when: Option<When>,
}

/// A feature times a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// The number.
    pub coefficient: f64,
    /// The feature.
    pub feature: usize,
    /// Before or after the change.
    pub version: Version,
}

/// Before or after the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// As in the data.
    Old,
    /// As the adversary leaves it.
    New,
}

/// How two sides compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
    /// `=`
    Equal,
}

/// The condition that a feature, integer, one-hot or fixed, has this value after the change. (A condition
/// on the old value selects rows.)
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct When {
    /// The feature.
    pub feature: usize,
    /// The value.
    pub value: f64,
}

/// Whether `row` is in the ascending list.
fn among(rows: &[usize], row: usize) -> bool {
    rows.binary_search(&row).is_ok()
}

impl Relations {
    /// Whether nothing is required or widened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Relations { offsets, missing, linear, unmeasured, changed, cells } = self;
        offsets.is_empty()
            && missing.is_empty()
            && linear.is_empty()
            && unmeasured.is_empty()
            && changed.is_none()
            && cells.is_none()
    }

    /// The linear relations about sample `row`, numbered.
    pub fn linear_of(&self, row: usize) -> impl Iterator<Item = (usize, &Linear)> {
        self.linear.iter().enumerate().filter(move |(_, l)| among(&l.rows, row))
    }

    /// Whether the same relations are about both samples.
    #[must_use]
    pub fn treat_alike(&self, a: usize, b: usize) -> bool {
        let alike = |rows: &[usize]| among(rows, a) == among(rows, b);
        self.offsets.iter().all(|o| alike(&o.rows))
            && self.missing.iter().all(|m| alike(&m.rows))
            && self.linear.iter().all(|l| alike(&l.rows))
    }
}

impl FeatureThreat {
    /// A ball with domains and kinds, and no relation.
    #[must_use]
    pub fn plain(norm: Norm, domain: Vec<(f64, f64)>, kinds: Vec<FeatureKind>) -> Self {
        FeatureThreat { norm, domain, kinds, relations: Relations::default() }
    }

    /// Radius of the ball; infinite where there is none.
    #[must_use]
    pub fn radius(&self) -> f64 {
        match self.norm {
            Norm::Linf(eps) | Norm::L1(eps) | Norm::L2(eps) => eps,
            Norm::Arbitrary => f64::INFINITY,
        }
    }

    /// Whether feature `j` of sample `row` is declared missing.
    #[must_use]
    pub fn is_missing(&self, row: usize, j: usize) -> bool {
        let fixed = self.kinds.get(j) == Some(&FeatureKind::Fixed);
        let mut all = self.relations.missing.iter();
        !fixed && all.any(|m| among(&m.rows, row) && m.features.binary_search(&j).is_ok())
    }

    /// Which changes of sample `row` the ball measures.
    #[must_use]
    pub fn measured(&self, row: usize) -> Vec<bool> {
        let outside = |j: &usize| self.relations.unmeasured.binary_search(j).is_ok();
        (0..self.kinds.len())
            .map(|j| {
                self.kinds[j] != FeatureKind::Fixed && !outside(&j) && !self.is_missing(row, j)
            })
            .collect()
    }

    /// What ball and offsets leave of the change `x' - x` of feature `j` of sample `row`, before
    /// its domain; ends may be infinite.
    #[must_use]
    pub fn change_limits(&self, row: usize, j: usize) -> (f64, f64) {
        if self.kinds.get(j).is_none_or(|k| *k == FeatureKind::Fixed) {
            return (0.0, 0.0);
        }
        if self.is_missing(row, j) {
            return (f64::NEG_INFINITY, f64::INFINITY);
        }
        let outside = self.relations.unmeasured.binary_search(&j).is_ok();
        let radius = if outside { f64::INFINITY } else { self.radius() };
        let here = |o: &&Offset| o.feature == j && among(&o.rows, row);
        let offsets = self.relations.offsets.iter().filter(here);
        offsets.fold((-radius, radius), |(lo, hi), o| (lo.max(o.lo), hi.min(o.hi)))
    }

    /// The features of sample `row` whose changes are counted, with the columns of each: a one-hot
    /// group is one; what is fixed or missing does not count.
    #[must_use]
    pub fn counted(&self, row: usize) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = Vec::new();
        let mut groups = std::collections::BTreeMap::new();
        for (j, kind) in self.kinds.iter().enumerate() {
            match kind {
                FeatureKind::Fixed => {}
                _ if self.is_missing(row, j) => {}
                FeatureKind::Real | FeatureKind::Integer => all.push(vec![j]),
                FeatureKind::OneHot(g) => {
                    let at = *groups.entry(*g).or_insert(all.len());
                    match all.get_mut(at) {
                        Some(group) => group.push(j),
                        None => all.push(vec![j]),
                    }
                }
            }
        }
        all
    }
}
