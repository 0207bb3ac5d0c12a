//! Lines of `threat` that relate old and new features.

use super::super::span::Spanned;
use super::data::{Column, Columns, LabelValue, RowRange};
use super::verify::Comparison;

/// The samples that a line is about: `rows 0..9 with label +1 when old sex = 1`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Among {
    /// `rows 0..9`
    pub rows: Option<Spanned<Vec<RowRange>>>,
    /// `with label +1`
    pub labels: Vec<LabelValue>,
    /// `when old sex = 1`
    pub when: Option<Spanned<Condition>>,
}

/// `change age in [0, 1]`
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The features.
    pub columns: Columns,
    /// Least and largest change; infinite where there is none.
    pub by: (f64, f64),
    /// Where.
    pub among: Among,
}

/// `missing job_a..job_c rows 3`
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The features.
    pub columns: Columns,
    /// Where.
    pub among: Among,
}

/// `at most 2 features changed`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sparsity {
    /// How many.
    pub most: usize,
    /// In all samples together, not in each.
    pub cells: bool,
}

/// `require new hours - old hours <= 2 when new sex = 1`
#[derive(Clone, Debug, PartialEq)]
pub struct Require {
    /// Left side.
    pub left: Vec<CellPart>,
    /// How the sides compare; never strictly.
    pub comparison: Comparison,
    /// Right side.
    pub right: Vec<CellPart>,
    /// Where.
    pub among: Among,
}

/// A part of a sum: `-2 * new hours`, `old age` or `3`.
#[derive(Clone, Debug, PartialEq)]
pub struct CellPart {
    /// The number with its sign.
    pub factor: f64,
    /// What it is multiplied with.
    pub cell: Option<Cell>,
}

/// `new hours`
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// After the change.
    pub new: bool,
    /// The feature.
    pub column: Column,
}

/// `old sex = 1`
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Whose value.
    pub cell: Cell,
    /// How it compares.
    pub comparison: Comparison,
    /// With what.
    pub value: f64,
}
