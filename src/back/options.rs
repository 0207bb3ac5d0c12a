//! What a caller may choose, and what can go wrong.

use std::sync::atomic::{AtomicBool, Ordering};
use std::{fmt, io};

use thiserror::Error;

use super::nl::Columns;
use crate::front::printable::number;
use crate::ir::{Model, NameStyle};
use crate::lower::Format;
use crate::valid::{Checked, Fault, lacking};

/// Choices of a writer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// How names look.
    pub names: NameStyle<'a>,
    /// Start point, one value a variable, for NL alone (`x` segment). Other formats take a start
    /// file of their own, see [`super::start`].
    pub start: Option<&'a [f64]>,
    /// Whether the user maximises the negative of the objective, which the model minimises. The
    /// file then states that maximisation. [`super::emit`] sets it aside for a target whose reader
    /// knows no maximisation.
    pub maximise: bool,
    /// Threads that format; 0 and 1 mean the calling one alone. The bytes are the same for any
    /// number, and only the calling thread writes.
    pub threads: usize,
    /// Told of everything that was handed to the file, and may stop the writing.
    pub watch: Option<&'a dyn Watch>,
}

/// As many threads as serve the writing of a file here: formatting keeps up with two.
#[must_use]
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(2)
}

/// How far the writing of a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes written.
    pub bytes: u64,
    /// Terms written of the matrix and of the quadratic parts.
    pub done: u64,
    /// Terms to be written.
    pub total: u64,
}

/// Listens while a file is written, in the thread that writes.
pub trait Watch: fmt::Debug {
    /// A piece of the file was written.
    ///
    /// # Errors
    ///
    /// Whatever should stop the writing, which then ends with this error.
    fn written(&self, progress: Progress) -> io::Result<()>;
}

/// What a [`Watch`] returns that ends the writing when a flag is raised.
///
/// # Errors
///
/// [`io::ErrorKind::Interrupted`] when it is.
pub fn stopped(flag: &AtomicBool) -> io::Result<()> {
    if flag.load(Ordering::Relaxed) {
        let words = "it was interrupted, and nothing is left of it";
        return Err(io::Error::new(io::ErrorKind::Interrupted, words));
    }
    Ok(())
}

/// What a writer tells about its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Order of columns and rows in the file where it is not the model's (NL).
    pub columns: Option<Columns>,
}

impl From<Columns> for Written {
    fn from(columns: Columns) -> Self {
        Written { columns: Some(columns) }
    }
}

/// Why a model was not written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The file system or the pipe.
    #[error("the file could not be written: {0}")]
    Io(#[from] io::Error),
    /// What the format cannot hold.
    #[error("the format cannot hold the model: {0}")]
    Unsupported(Box<Fault>),
    /// The embedded solver has no file format.
    #[error("the embedded solver reads no file; choose a target with a format (lp, mps, nl)")]
    NoFile,
    /// No format holds a model without columns.
    #[error(
        "the model has no variable, which no file format can hold; legalise it first, that adds a fixed column"
    )]
    NoVariables,
    /// A start point in a format that has none.
    #[error("only NL files hold a start point; write a start file for the solver beside the model")]
    StartElsewhere,
    /// A start point of the wrong length.
    #[error("the start point has {found} values for {expected} variables")]
    StartLength {
        /// Values given.
        found: usize,
        /// Variables of the model.
        expected: usize,
    },
    /// A start value that is not finite.
    #[error("the start value of {variable} is {}; it must be a finite number", number(*.value))]
    StartValue {
        /// The variable.
        variable: String,
        /// Its value.
        value: f64,
    },
    /// More than NL's 32-bit counters hold.
    #[error("the model has more than 2^31 {what}, which the format cannot count")]
    TooMany {
        /// Columns, rows or entries.
        what: &'static str,
    },
}

/// The model for a format without start points, or what that cannot hold.
pub(super) fn startless<'a>(
    checked: &'a Checked<'_>,
    options: &Options<'_>,
    format: Format,
) -> Result<&'a Model, WriteError> {
    must_fit(checked, format)?;
    match options.start {
        Some(_) => Err(WriteError::StartElsewhere),
        None => Ok(checked.model()),
    }
}

/// Terms of a file, for [`Progress`].
pub(super) fn terms(model: &Model) -> usize {
    let members: usize = model.sos1.iter().map(|set| set.members.len()).sum();
    let objective = model.objective.linear.len() + model.objective.quad.len();
    model.rows.nonzeros() + model.rows.quad_terms() + objective + members
}

/// Refuses what `format` cannot hold, whatever the model was checked for.
pub(super) fn must_fit(checked: &Checked<'_>, format: Format) -> Result<(), WriteError> {
    if checked.model().vars.is_empty() {
        return Err(WriteError::NoVariables);
    }
    match lacking(checked, &format.capabilities()) {
        Some(fault) => Err(WriteError::Unsupported(Box::new(fault))),
        None => Ok(()),
    }
}
