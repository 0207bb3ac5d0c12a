//! What can be wrong with a model file.

use thiserror::Error;

/// A model file that was not read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{file}{}: {problem}", .line.map_or_else(String::new, |l| format!(":{l}")))]
pub struct ModelFileError {
    /// The file, as the user named it.
    pub file: String,
    /// Line of the file, 1-based, where it has lines.
    pub line: Option<usize>,
    /// The rule that was broken.
    pub problem: Problem,
}

/// A problem at a line, before the file's name is known.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Located {
    pub line: Option<usize>,
    pub problem: Problem,
}

/// Problems of the readers.
pub(super) type Outcome<T> = Result<T, Located>;

/// What is wrong, and what to do.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The file system.
    #[error("the file cannot be read: {0}; check the path")]
    Io(String),
    /// Neither LP nor MPS nor NL nor a saved model.
    #[error(
        "this is none of the model files that are known; name it .lp, .mps, .nl (also with .gz or .zst) or .thir"
    )]
    Unknown,
    /// A saved model that was not read.
    #[error("{0}")]
    Saved(String),
    /// Text that is not UTF-8.
    #[error("there are bytes that are not UTF-8; names and numbers must be text")]
    Encoding,
    /// gzip.
    #[error("the file cannot be unpacked: {0}")]
    Unpack(String),
    /// A token in the wrong place.
    #[error("{expected} should stand here, not {found}")]
    Expected {
        /// What the format demands.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// A number that is no finite double.
    #[error("`{0}` is not a finite number; write a decimal number below 1.8e308")]
    Number(String),
    /// The file ends early.
    #[error("the file ends before {0}; it may have been cut off")]
    CutOff(&'static str),
    /// A construct that means different things to different readers.
    #[error("{what} is read in different ways by different solvers; {help}")]
    Ambiguous {
        /// The construct.
        what: String,
        /// What to write instead.
        help: &'static str,
    },
    /// A construct that the intermediate representation has no word for.
    #[error("{what} cannot be represented; {help}")]
    Unsupported {
        /// The construct.
        what: String,
        /// What to do.
        help: &'static str,
    },
    /// A name that was not declared.
    #[error("there is no {kind} `{name}`; declare it before it is used")]
    Undeclared {
        /// Row or column.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A name that stands twice.
    #[error("{kind} `{name}` stands here for the second time; give it once")]
    Twice {
        /// Row, column, entry or bound.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// A bound on the wrong side that is finite on paper alone.
    #[error(
        "`{name}` is bounded by {bound}, which its readers take for infinite; scale the column"
    )]
    Huge {
        /// The column.
        name: String,
        /// The bound.
        bound: String,
    },
    /// Bounds without a value between them.
    #[error("the bounds of `{name}` leave no value: {lower} to {upper}; correct one of them")]
    Bounds {
        /// The column.
        name: String,
        /// Lower bound.
        lower: String,
        /// Upper bound.
        upper: String,
    },
    /// Counts of the file that do not fit together.
    #[error("{0}; the file is damaged, write it again")]
    Damaged(String),
    /// Names beside an NL file that are not its own.
    #[error("{0}; write the names again with the model, or remove them")]
    Companion(String),
    /// The model that came out breaks a rule of the representation.
    #[error("the model is not valid: {0}")]
    Invalid(String),
}

impl Problem {
    /// At a line.
    pub(super) fn at(self, line: usize) -> Located {
        Located { line: Some(line), problem: self }
    }

    /// Of the file as a whole.
    pub(super) fn anywhere(self) -> Located {
        Located { line: None, problem: self }
    }

    pub(super) fn expected(expected: &'static str, found: impl Into<String>) -> Self {
        Problem::Expected { expected, found: found.into() }
    }

    pub(super) fn ambiguous(what: impl Into<String>, help: &'static str) -> Self {
        Problem::Ambiguous { what: what.into(), help }
    }

    pub(super) fn unsupported(what: impl Into<String>, help: &'static str) -> Self {
        Problem::Unsupported { what: what.into(), help }
    }
}
