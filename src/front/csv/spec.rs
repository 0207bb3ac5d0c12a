//! What to take from a CSV file, and what its labels mean.

/// Which columns hold what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvSpec {
    /// The name of the data set, for [`crate::question::Dataset::name`].
    pub name: String,
    /// Header names of the feature columns, in the order of the network's inputs. At least one.
    pub features: Vec<String>,
    /// Header names of the label columns: one for [`LabelSpec::Signs`] and
    /// [`LabelSpec::Classes`], at least two for [`LabelSpec::OneHot`], one an output for
    /// [`LabelSpec::Real`].
    pub labels: Vec<String>,
    /// How label cells become labels.
    pub mapping: LabelSpec,
}

/// How label cells become labels. A listed label and a cell are the same if both are numbers of
/// equal value (`0`, `0.0` and `0e3`), else if both are the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelSpec {
    /// Each listed label with its sign, `-1` or `+1`: `{0 -> -1, 1 -> +1}`.
    Signs(Vec<(String, i8)>),
    /// Each listed label is a class; the first is class 0: `{setosa, versicolor, virginica}`.
    Classes(Vec<String>),
    /// One column a class: exactly one cell of a row is 1, the others are 0. The class names are
    /// the column names.
    OneHot,
    /// Cells are real targets, one column an output.
    Real,
}
