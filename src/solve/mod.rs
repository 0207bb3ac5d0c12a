//! Solvers: the embedded one, and drivers for those installed on the machine.
//!
//! ```text
//! discover -> FoundSolver --run(request)--> embedded | highs | scip | gurobi -> SolveReport
//! ```
//!
//! The embedded solver works in this process on an [`crate::ir::Model`]. Every other solver is a
//! process of its own that reads a model file: one that crashes or hangs ends in a [`SolveError`],
//! never in ours. Files are exchanged in a temporary folder, which is removed in the end.
//!
//! A time limit or a cancelled run keeps the best point and the best bound: SCIP and Gurobi are
//! interrupted and asked to write, HiGHS saves its points while it runs.
//!
//! [`highs_lib`] loads the HiGHS library into this process for sequences of linear programs.

pub mod discover;
pub mod dual_bound;
pub mod embedded;
mod error;
mod external;
mod gurobi;
mod highs;
pub mod highs_lib;
pub mod home;
pub mod install;
#[cfg(feature = "link-highs")]
pub mod linked;
mod lp_session;
pub mod nearest;
mod process;
mod report;
mod request;
mod scip;

pub use discover::{FoundSolver, How, discover};
pub use error::SolveError;
pub use install::{InstallError, install};
pub use report::SolveReport;
pub use request::{Limits, ModelFiles, Progress, SolveRequest};

use std::sync::atomic::AtomicBool;

/// The solvers that can be driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SolverKind {
    /// microlp, in this process: linear and mixed-integer linear programs.
    Embedded,
    /// HiGHS: linear and mixed-integer linear programs.
    Highs,
    /// SCIP: also nonconvex quadratic rows, and NL files.
    Scip,
    /// Gurobi: also nonconvex quadratic rows; needs a licence beyond small models.
    Gurobi,
}

impl SolverKind {
    /// Every solver, in the order in which they are offered.
    pub const ALL: &'static [SolverKind] =
        &[SolverKind::Embedded, SolverKind::Highs, SolverKind::Scip, SolverKind::Gurobi];

    /// The word for it on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            SolverKind::Embedded => "embedded",
            SolverKind::Highs => "highs",
            SolverKind::Scip => "scip",
            SolverKind::Gurobi => "gurobi",
        }
    }

    /// The solver with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|k| k.word() == word)
    }

    /// Files and program classes that it takes.
    #[must_use]
    pub const fn takes(self) -> &'static str {
        match self {
            SolverKind::Embedded => {
                "the model in memory: LP, MILP (no quadratic rows, no indicators)"
            }
            SolverKind::Highs => ".lp .mps: LP, MILP",
            SolverKind::Scip => ".lp .mps .nl: LP, MILP, MIQCP (nonconvex too), MINLP",
            SolverKind::Gurobi => ".lp .mps: LP, MILP, MIQCP (nonconvex too)",
        }
    }

    /// Endings of the model files that it reads; none for the embedded solver.
    #[must_use]
    pub const fn files(self) -> &'static [&'static str] {
        match self {
            SolverKind::Embedded => &[],
            SolverKind::Highs | SolverKind::Gurobi => &["lp", "mps"],
            SolverKind::Scip => &["lp", "mps", "nl"],
        }
    }

    /// Program classes that it takes, nonconvex ones included.
    #[must_use]
    pub const fn classes(self) -> &'static [&'static str] {
        match self {
            SolverKind::Embedded | SolverKind::Highs => &["LP", "MILP"],
            SolverKind::Scip => &["LP", "MILP", "MIQCP", "MINLP"],
            SolverKind::Gurobi => &["LP", "MILP", "MIQCP"],
        }
    }

    /// What it cannot do, or needs.
    #[must_use]
    pub const fn limits(self) -> Option<&'static str> {
        match self {
            SolverKind::Embedded => Some("no cuts and no dual certificate: small models"),
            SolverKind::Highs => None,
            SolverKind::Scip => Some("one thread"),
            SolverKind::Gurobi => Some(
                "without a licence 2000 variables and rows, 200 variables with quadratic terms",
            ),
        }
    }
}

impl std::fmt::Display for SolverKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            SolverKind::Embedded => "embedded solver",
            SolverKind::Highs => "HiGHS",
            SolverKind::Scip => "SCIP",
            SolverKind::Gurobi => "Gurobi",
        })
    }
}

/// Runs a solver and returns when it has answered, stopped at a limit, or was cancelled.
///
/// `progress` is called with each news of bound, incumbent and nodes; `cancel` is polled several
/// times a second, and the report of a cancelled run has status
/// [`crate::sol::Status::Interrupted`] with all that was found.
///
/// # Errors
/// The solver cannot be started, cannot take the model, dies, or leaves a broken solution. A
/// model that is infeasible or unbounded is an answer and no error.
pub fn run(
    solver: &FoundSolver,
    request: &SolveRequest<'_>,
    progress: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<SolveReport, SolveError> {
    match solver.kind {
        SolverKind::Embedded => match request.ir {
            Some(model) => {
                embedded::solve(model, &request.limits, &request.start_values, progress, cancel)
            }
            None => Err(SolveError::NoModel { solver: solver.kind }),
        },
        SolverKind::Highs => highs::run(external::Call { solver, request, progress, cancel }),
        SolverKind::Scip => scip::run(external::Call { solver, request, progress, cancel }),
        SolverKind::Gurobi => gurobi::run(external::Call { solver, request, progress, cancel }),
    }
}
