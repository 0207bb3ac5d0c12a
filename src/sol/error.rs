//! Why a solution file was refused.

use super::recognise::Format;

/// Why a solution file was refused: the place, the rule broken, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SolError {
    /// The file cannot be read at all.
    #[error(
        "cannot read solution file {file}: {message}; check that it exists and that you may read it"
    )]
    Io {
        /// The file.
        file: String,
        /// What the operating system said.
        message: String,
    },
    /// A packed file that is damaged or too large.
    #[error("cannot unpack solution file {file}: {message}; copy it again, or unpack it yourself")]
    Unpack {
        /// The file.
        file: String,
        /// What went wrong.
        message: String,
    },
    /// No known format begins like this.
    #[error(
        "{file} is not a solution file of a known format; give one written by SCIP (.sol), Gurobi \
         (.sol, .json), HiGHS (any style), CPLEX, Xpress (.slx, .asc, .prt), COPT, CBC, SYMPHONY, \
         GLPK, lp_solve, SHOT (.osrl), discopt (.json), an AMPL solver (.sol) or the embedded \
         solver, as it is or packed (.gz, .zst)"
    )]
    Unrecognised {
        /// The file.
        file: String,
    },
    /// The bytes are not text.
    #[error(
        "{file} line {line}: a {format} solution file is text, and this line is not; copy the file \
         again without conversion"
    )]
    NotText {
        /// The file.
        file: String,
        /// The format.
        format: Format,
        /// 1-based line.
        line: usize,
    },
    /// A binary AMPL file that breaks its format or ends too early.
    #[error(
        "{file} byte {at}: a binary AMPL solution file has {expected} here; write it again or copy it \
         whole"
    )]
    Record {
        /// The file.
        file: String,
        /// Bytes before the place.
        at: usize,
        /// What the format wants.
        expected: &'static str,
    },
    /// The file ends too early.
    #[error(
        "{file} line {line}: the {format} solution file ends too early, {missing}; write it again \
         or copy it whole"
    )]
    Truncated {
        /// The file.
        file: String,
        /// The format.
        format: Format,
        /// 1-based line where it ends.
        line: usize,
        /// What is missing, as a clause.
        missing: String,
    },
    /// A line does not follow the format.
    #[error(
        "{file} line {line}: a {format} solution file has {expected} here, not `{found}`; write \
         the file again without editing it"
    )]
    Syntax {
        /// The file.
        file: String,
        /// The format.
        format: Format,
        /// 1-based line.
        line: usize,
        /// What the format wants.
        expected: &'static str,
        /// What stands there, shortened.
        found: String,
    },
    /// One name has two values.
    #[error(
        "{file} line {line}: variable `{name}` has a value already; a solution lists each \
         variable once, so write the file again"
    )]
    Repeated {
        /// The file.
        file: String,
        /// 1-based line.
        line: usize,
        /// The name.
        name: String,
    },
}
