//! `data`, and what other statements say about rows, columns and labels.

use super::super::span::{Span, Spanned};
use super::arrays::Arrays;

/// A name or a string with its place.
pub type Text = Spanned<String>;

/// `data NAME = ...`
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// Its name.
    pub name: Text,
    /// Where it comes from.
    pub source: DataSource,
}

/// Where samples come from.
#[derive(Clone, Debug, PartialEq)]
pub enum DataSource {
    /// `csv "file" ...`
    Csv(Csv),
    /// `points { ... } ...`
    Points(Points),
    /// `idx`, `npy`, `npz` and `cifar`
    Arrays(Arrays),
}

/// `csv "file" (like NAME | features ... label ...) [rows ...]`
#[derive(Clone, Debug, PartialEq)]
pub struct Csv {
    /// The file, relative to the specification.
    pub path: Text,
    /// Which columns hold what.
    pub shape: Shape<(Features, Columns)>,
    /// Rows that are used; all if absent.
    pub rows: Option<Vec<RowRange>>,
}

/// `points { (1, 2): +1, ... } (like NAME | label ...)`
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// The samples.
    pub samples: Vec<Sample>,
    /// What their labels mean.
    pub shape: Shape<()>,
}

/// Columns and labels: declared here, or those of another data set.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape<T> {
    /// `like NAME`
    Like(Text),
    /// Declared here.
    Own {
        /// Feature and label columns, where the data have columns.
        columns: T,
        /// What the labels mean.
        kind: Spanned<LabelKind>,
    },
}

/// `(1, 2): +1`
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// Features.
    pub features: Spanned<Vec<f64>>,
    /// Label.
    pub target: Target,
}

/// `features ...`
#[derive(Clone, Debug, PartialEq)]
pub enum Features {
    /// `all [except ...]`: every column that holds no label.
    All {
        /// Columns that are left out.
        except: Option<Columns>,
        /// The word `all`.
        all: Spanned<()>,
    },
    /// Columns in the order of the network's inputs.
    Columns(Columns),
}

/// `x0, x1, x4..x9`
pub type Columns = Vec<ColumnRange>;

/// One column, or `x0..x9`: columns with one stem and a running number, both ends included.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnRange {
    /// First column.
    pub first: Column,
    /// Last column of a range.
    pub last: Option<Column>,
}

/// The name of a column.
pub type Column = Text;

/// What labels mean.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelKind {
    /// `in { ... }`
    In(Vec<LabelItem>),
    /// `real`
    Real,
    /// `one-hot`
    OneHot,
}

/// `0 -> -1`, or a class.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelItem {
    /// The label as the data have it.
    pub value: LabelValue,
    /// The sign that it means.
    pub sign: Option<Spanned<f64>>,
}

/// A label as written. Numbers keep their text, for they are compared by value later.
pub type LabelValue = Text;

/// The label of a sample or a test point.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A label.
    Value(LabelValue),
    /// `(0.5, 1)`: one real number an output.
    Vector(Spanned<Vec<f64>>),
}

/// `3` or `0..9`, both ends included.
#[derive(Clone, Debug, PartialEq)]
pub struct RowRange {
    /// First row.
    pub first: Spanned<usize>,
    /// Last row of a range.
    pub last: Option<Spanned<usize>>,
}

impl RowRange {
    /// Its place.
    #[must_use]
    pub fn span(&self) -> Span {
        self.last.map_or(self.first.span, |last| self.first.span.to(last.span))
    }
}
