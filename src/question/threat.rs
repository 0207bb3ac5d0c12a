//! What the adversary may do to the training data (papers 1.2, adversary block; papers 2.3).

use super::relation::Relations;

/// The adversary. A sample that is *touched* may be changed in every way allowed below;
/// untouched samples are as in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Threat {
    /// Whether a choice is made once for the run or anew for each step's batch.
    pub scope: Scope,
    /// How many samples may be touched, per [`Scope`].
    pub budget: Budget,
    /// Rows of the training data that may be touched, ascending; the others are trusted.
    pub candidates: Vec<usize>,
    /// Changes of labels.
    pub labels: Option<LabelThreat>,
    /// Changes of features.
    pub features: Option<FeatureThreat>,
    /// Removal of samples.
    pub deletion: Option<Deletion>,
    /// Addition of samples.
    pub insertion: Option<Insertion>,
}

/// When the adversary chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Once, before training: the same poisoned samples in every step.
    Run,
    /// Anew before each step, with the full budget for each batch.
    Batch,
}

/// How many samples may be touched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// At most `n` samples, each changed in every allowed way (*paired*). Deletions count here.
    Joint(usize),
    /// At most `features` samples with changed features and at most `labels` with changed labels.
    /// A deleted sample counts against `features`.
    Separate {
        /// Budget of feature changes (and deletions).
        features: usize,
        /// Budget of label changes.
        labels: usize,
    },
}

/// Changes of the label of a touched sample.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelThreat {
    /// `y` becomes `-y` (labels are signs).
    Flip,
    /// Any of these classes (labels are classes). The clean class is always possible.
    Classes(Vec<usize>),
    /// `|y' - y| <= nu` for every output, and within `range` if given (labels are real).
    Real {
        /// Largest change, `> 0`.
        nu: f64,
        /// Domain of labels.
        range: Option<(f64, f64)>,
    },
}

/// Changes of the features of a touched sample.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureThreat {
    /// The ball around the clean features.
    pub norm: Norm,
    /// Domain `[lo, hi]` of each feature; infinite where there is none. A clean value outside
    /// its domain is an error.
    pub domain: Vec<(f64, f64)>,
    /// Kind of each feature; [`FeatureKind::Fixed`] ones cannot be changed.
    pub kinds: Vec<FeatureKind>,
    /// What must hold between old and new features besides.
    pub relations: Relations,
}

/// Ball of feature changes; distances are taken over all features that may change, except those
/// that [`Relations`] take out of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Norm {
    /// `max |e_j| <= eps`.
    Linf(f64),
    /// `sum |e_j| <= eps`.
    L1(f64),
    /// `sum e_j^2 <= eps^2`.
    L2(f64),
    /// Anything in the domain; domain or relations must bound it.
    Arbitrary,
}

/// Kind of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeatureKind {
    /// Cannot be changed.
    Fixed,
    /// Any real number of its domain.
    Real,
    /// Any integer of its domain.
    Integer,
    /// One of the columns of the one-hot group with this number: exactly one column is 1.
    OneHot(usize),
}

/// Removal of touched samples. Its denominator is [`super::Reduction`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion;

/// Samples added by the adversary. They join every batch of the run, after its clean samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Insertion {
    /// At most so many, in addition to [`Threat::budget`].
    pub count: usize,
    /// Domain of each feature, finite.
    pub domain: Vec<(f64, f64)>,
    /// Kind of each feature ([`FeatureKind::Fixed`] does not occur).
    pub kinds: Vec<FeatureKind>,
    /// Range of real labels; `None` for signs and classes, which are free.
    pub label_range: Option<(f64, f64)>,
}
