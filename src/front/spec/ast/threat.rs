//! `threat`

use super::super::span::Spanned;
use super::data::{Columns, LabelValue, RowRange, Text};
use super::relation::{Change, Missing, Require, Sparsity};
use crate::question::Scope;

/// `threat { ... }`
#[derive(Clone, Debug, PartialEq)]
pub struct Threat {
    /// Settings in order.
    pub settings: Vec<Spanned<ThreatSetting>>,
}

/// A line of the block.
#[derive(Clone, Debug, PartialEq)]
pub enum ThreatSetting {
    /// `touch at most ...`
    Touch(Touch),
    /// `labels ...`
    Labels(LabelChange),
    /// `features ...`
    Features(FeatureChange),
    /// `change ...`
    Change(Change),
    /// `missing ...`
    Missing(Missing),
    /// `at most ... changed`
    Sparsity(Sparsity),
    /// `require ...`
    Require(Require),
    /// `domain x0, x1 in [0, 1]`
    Domain(Columns, (f64, f64)),
    /// `integer x3`
    Integer(Columns),
    /// `one-hot red, green, blue`
    OneHot(Columns),
    /// `delete`
    Delete,
    /// `insert at most ...`
    Insert(Insert),
}

impl ThreatSetting {
    /// The keyword that begins it.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            ThreatSetting::Touch(_) => "touch",
            ThreatSetting::Labels(_) => "labels",
            ThreatSetting::Features(_) => "features",
            ThreatSetting::Change(_) => "change",
            ThreatSetting::Missing(_) => "missing",
            ThreatSetting::Sparsity(Sparsity { cells: false, .. }) => "at most ... features",
            ThreatSetting::Sparsity(Sparsity { cells: true, .. }) => "at most ... cells",
            ThreatSetting::Require(_) => "require",
            ThreatSetting::Domain(..) => "domain",
            ThreatSetting::Integer(_) => "integer",
            ThreatSetting::OneHot(_) => "one-hot",
            ThreatSetting::Delete => "delete",
            ThreatSetting::Insert(_) => "insert",
        }
    }

    /// Whether the block may hold it more than once.
    #[must_use]
    pub fn repeats(&self) -> bool {
        match self {
            ThreatSetting::Change(_)
            | ThreatSetting::Missing(_)
            | ThreatSetting::Require(_)
            | ThreatSetting::Domain(..)
            | ThreatSetting::Integer(_)
            | ThreatSetting::OneHot(_) => true,
            ThreatSetting::Sparsity(_)
            | ThreatSetting::Touch(_)
            | ThreatSetting::Labels(_)
            | ThreatSetting::Features(_)
            | ThreatSetting::Delete
            | ThreatSetting::Insert(_) => false,
        }
    }
}

/// `touch at most 3 of train rows 0..9 with label +1 per run`, `touch all of train`
#[derive(Clone, Debug, PartialEq)]
pub struct Touch {
    /// How many.
    pub budget: Budget,
    /// `of train`
    pub of: Option<Text>,
    /// Rows that may be touched.
    pub rows: Option<Spanned<Vec<RowRange>>>,
    /// Labels of samples that may be touched.
    pub labels: Vec<LabelValue>,
    /// When the adversary chooses.
    pub scope: Scope,
}

/// How many samples may be touched.
#[derive(Clone, Debug, PartialEq)]
pub enum Budget {
    /// `all`
    All(Spanned<()>),
    /// `3`
    Joint(Spanned<usize>),
    /// `3 features, 2 labels`
    Separate {
        /// Samples with changed features.
        features: Spanned<usize>,
        /// Samples with changed labels.
        labels: Spanned<usize>,
    },
}

/// `labels ...`
#[derive(Clone, Debug, PartialEq)]
pub enum LabelChange {
    /// `flip`
    Flip,
    /// `any [of {...}]`
    Any(Option<Vec<LabelValue>>),
    /// `to LABEL`
    To(LabelValue),
    /// `within 0.5 [in [0, 1]]`
    Within(f64, Option<(f64, f64)>),
}

/// `features linf 0.1 [on ...] [within [...]]`
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureChange {
    /// The ball.
    pub ball: Ball,
    /// Features that may change; all if absent.
    pub on: Option<Columns>,
    /// Domain of every feature that has no `domain` of its own.
    pub within: Option<Spanned<(f64, f64)>>,
}

/// The ball of a change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ball {
    /// `linf`
    Linf(f64),
    /// `l1`
    L1(f64),
    /// `l2`
    L2(f64),
    /// `any`
    Any,
}

/// `insert at most 2 [within [...]] [label in [...]]`
#[derive(Clone, Debug, PartialEq)]
pub struct Insert {
    /// How many.
    pub count: usize,
    /// Domain of every feature that has no `domain` of its own.
    pub within: Option<Spanned<(f64, f64)>>,
    /// Range of real labels.
    pub labels: Option<(f64, f64)>,
}
