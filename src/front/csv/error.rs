//! What can be wrong with a CSV file, and where.

use std::fmt;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A problem with its place: `moons.csv, line 7, column "x1": the cell is empty; ...`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct CsvError {
    /// The file.
    pub file: PathBuf,
    /// 1-based line of the unpacked file, if the problem has one.
    pub line: Option<u64>,
    /// Header name of the column, if the problem has one.
    pub column: Option<String>,
    /// What is wrong.
    pub problem: CsvProblem,
}

impl CsvError {
    pub(super) fn new(problem: CsvProblem) -> Self {
        CsvError { file: PathBuf::new(), line: None, column: None, problem }
    }

    pub(super) fn in_file(mut self, file: &Path) -> Self {
        self.file = file.to_path_buf();
        self
    }

    pub(super) fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub(super) fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }
}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column:?}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

/// What is wrong with a CSV file or with the columns asked of it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CsvProblem {
    /// The file cannot be opened or read.
    #[error("the file cannot be read ({reason}); check the path and its permissions")]
    Open {
        /// The system's words.
        reason: String,
    },
    /// The gzip stream is damaged.
    #[error("the gzip data cannot be unpacked ({reason}); fetch or pack the file again")]
    Gzip {
        /// The decoder's words.
        reason: String,
    },
    /// The unpacked file is larger than the limit.
    #[error("the unpacked file is larger than 2 GiB; split it or drop unused columns")]
    TooLarge,
    /// A byte order mark of UTF-16 or UTF-32.
    #[error("the file is UTF-16 or UTF-32 text; save it as UTF-8")]
    Utf16,
    /// No header line.
    #[error("the file is empty; it needs a header line with the names of the columns")]
    Empty,
    /// A header line and nothing else.
    #[error("the file has a header line but no rows; a data set needs at least one row")]
    NoRows,
    /// A header or cell that is not text.
    #[error("the cell is not valid UTF-8; save the file as UTF-8")]
    NotUtf8,
    /// Two columns with one name.
    #[error("columns {first} and {second} have the same name; give each column its own name")]
    DuplicateHeader {
        /// 1-based position of the first.
        first: usize,
        /// 1-based position of the second.
        second: usize,
    },
    /// A column that the header does not have.
    #[error("there is no such column; {}", known_columns(.nearest.as_deref(), .known))]
    UnknownColumn {
        /// A column whose name is close.
        nearest: Option<String>,
        /// All columns.
        known: Vec<String>,
    },
    /// A column asked for twice.
    #[error("the column is used twice; name each column once, as a feature or as a label")]
    ColumnUsedTwice,
    /// No feature or no label column is asked for.
    #[error("no {what} column is named; name at least one")]
    NoColumn {
        /// `feature` or `label`.
        what: &'static str,
    },
    /// The number of label columns does not fit the kind of labels.
    #[error("{kind} need {need}, but {given} are named")]
    LabelColumns {
        /// The kind of labels.
        kind: &'static str,
        /// How many columns are needed, in words.
        need: &'static str,
        /// How many there are.
        given: usize,
    },
    /// No label is listed.
    #[error("no label is listed; list every label that may occur")]
    NoLabels,
    /// Two listed labels mean the same cell.
    #[error("the labels {first:?} and {second:?} are the same value; list each label once")]
    SameLabel {
        /// The earlier one.
        first: String,
        /// The later one.
        second: String,
    },
    /// A sign that is neither -1 nor +1.
    #[error("the label {label:?} is mapped to {sign}; signs are -1 and +1")]
    BadSign {
        /// The label.
        label: String,
        /// What it is mapped to.
        sign: i8,
    },
    /// A row with more or fewer cells than the header.
    #[error("the row has {found} cells where the header has {expected}; add or remove cells")]
    CellCount {
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// An empty cell.
    #[error("the cell is empty; fill in the value or remove the row")]
    MissingCell,
    /// A cell that is not a number.
    #[error("{cell:?} is not a number; numbers look like 12, -0.5 or 1e-3")]
    NotANumber {
        /// The cell, shortened.
        cell: String,
    },
    /// A cell that is NaN, infinite or beyond the largest double.
    #[error("{cell:?} is not a finite number; fill in a finite value or remove the row")]
    NotFinite {
        /// The cell, shortened.
        cell: String,
    },
    /// A label that is not listed.
    #[error("the label {cell:?} is not one of {}; list it or correct the row", .listed.join(", "))]
    UnknownLabel {
        /// The cell, shortened.
        cell: String,
        /// The listed labels.
        listed: Vec<String>,
    },
    /// A one-hot cell other than 0 and 1.
    #[error("{cell:?} is neither 0 nor 1, as one-hot label columns need")]
    NotOneHotCell {
        /// The cell, shortened.
        cell: String,
    },
    /// A one-hot row without exactly one 1.
    #[error("{ones} of the label columns are 1; a one-hot row has exactly one 1")]
    NotOneHotRow {
        /// How many cells are 1.
        ones: usize,
    },
}

/// Names the nearest column, or all of them where none is near and they are few.
fn known_columns(nearest: Option<&str>, known: &[String]) -> String {
    const FEW: usize = 12;
    match nearest {
        Some(name) => format!("is {name:?} meant?"),
        None if known.len() <= FEW => format!("the file has {}", known.join(", ")),
        None => format!("the file has {}, ... ({} columns)", known[..FEW].join(", "), known.len()),
    }
}
