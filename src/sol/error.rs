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
    /// No known format begins like this.
    #[error(
        "{file} is not a solution file of a known format; give one written by SCIP (.sol), Gurobi \
         (.sol, .json), HiGHS (any style), CPLEX, Xpress (.slx), COPT, CBC, GLPK, lp_solve, an AMPL \
         solver (.sol) or the embedded solver"
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
    /// A binary AMPL file.
    #[error(
        "{file} is a binary AMPL solution file, which is not read; have the solver write it as text \
         (start it with a text .nl file)"
    )]
    Binary {
        /// The file.
        file: String,
    },
    /// A file of start values in place of a solution.
    #[error(
        "{file} is a Gurobi MIP start, which lists integer columns only; write the solution as \
         .json or .sol"
    )]
    StartFile {
        /// The file.
        file: String,
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
