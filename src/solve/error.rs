//! Why a run of a solver gave no answer.

use super::SolverKind;
use crate::sol::SolError;

/// Why a run gave no answer, in one sentence with what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SolveError {
    /// The embedded solver needs a model in memory, the others a file.
    #[error("the {solver} needs the model in memory and was given files only; compile it here")]
    NoModel {
        /// Who.
        solver: SolverKind,
    },
    /// No file that the solver reads.
    #[error("{solver} reads {takes}, and no such file was given; compile the model to one of them")]
    NoFile {
        /// Who.
        solver: SolverKind,
        /// What it takes.
        takes: &'static str,
    },
    /// The model is of a class that the solver cannot take.
    #[error("the {solver} cannot take {what}; {advice}")]
    Unsupported {
        /// Who.
        solver: SolverKind,
        /// The construct and where it is.
        what: String,
        /// What to do.
        advice: &'static str,
    },
    /// The program could not be started.
    #[error(
        "cannot start {solver} ({program}): {message}; see `theriac solvers` for what is installed"
    )]
    Start {
        /// Who.
        solver: SolverKind,
        /// The program.
        program: String,
        /// What the operating system said.
        message: String,
    },
    /// It ended by itself without an answer.
    #[error(
        "{solver} died ({how}) without an answer{}; try another solver, or solve the model file \
         by hand to see more",
        said(.tail)
    )]
    Died {
        /// Who.
        solver: SolverKind,
        /// Exit status or signal.
        how: String,
        /// Last lines that it printed.
        tail: String,
    },
    /// It went on after its time was over, and had found nothing.
    #[error(
        "{solver} overran its time limit and was stopped after {seconds:.1} s without a bound{}; \
         give it more time, or try another solver",
        said(.tail)
    )]
    Hung {
        /// Who.
        solver: SolverKind,
        /// Seconds that it ran.
        seconds: f64,
        /// Last lines that it printed.
        tail: String,
    },
    /// It refused the model file.
    #[error(
        "{solver} refused the model: {message}; check that the file is whole and of its dialect"
    )]
    Refused {
        /// Who.
        solver: SolverKind,
        /// Its words.
        message: String,
    },
    /// Its licence does not cover the model.
    #[error(
        "{solver} has no licence for this model: {message}; install a licence, or take SCIP, which \
         needs none"
    )]
    Licence {
        /// Who.
        solver: SolverKind,
        /// Its words.
        message: String,
    },
    /// It left a broken solution file.
    #[error("{solver} left a broken solution: {error}")]
    Solution {
        /// Who.
        solver: SolverKind,
        /// What is wrong with it.
        error: SolError,
    },
    /// A numerical failure inside the solver.
    #[error("the {solver} failed: {message}; try an external solver, see `theriac solvers`")]
    Failed {
        /// Who.
        solver: SolverKind,
        /// Its words.
        message: String,
    },
    /// Something about files or folders of our own.
    #[error(
        "cannot {what}: {message}; check space and permissions of the folder for temporary files"
    )]
    Io {
        /// What was tried.
        what: String,
        /// What the operating system said.
        message: String,
    },
    /// The HiGHS library cannot be loaded or used.
    #[error(
        "cannot use the HiGHS library {path}: {message}; `theriac solvers install highs` brings one"
    )]
    Library {
        /// The library.
        path: String,
        /// What is wrong.
        message: String,
    },
}

fn said(tail: &str) -> String {
    let last: Vec<&str> = tail.lines().filter(|l| !l.trim().is_empty()).collect();
    match last.as_slice() {
        [] => String::new(),
        [.., line] => format!("; its last words: {}", line.trim()),
    }
}
