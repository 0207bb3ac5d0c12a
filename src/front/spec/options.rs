//! How a question is solved.

/// The `solve` block.
#[derive(Clone, Debug, PartialEq)]
pub struct SolveOptions {
    /// Who solves.
    pub solver: SolverChoice,
    /// Time limit in seconds, `> 0`; none if absent.
    pub time_limit: Option<f64>,
    /// Relative gap at which the solver may stop, `>= 0`.
    pub gap: f64,
    /// Threads of the solver, `>= 1`; its own default if absent.
    pub threads: Option<usize>,
}

impl Default for SolveOptions {
    fn default() -> Self {
        SolveOptions { solver: SolverChoice::Auto, time_limit: None, gap: 1e-6, threads: None }
    }
}

/// Who solves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SolverChoice {
    /// Whatever is found and fits the class of the program.
    Auto,
    /// The embedded MILP solver.
    Embedded,
    /// HiGHS.
    Highs,
    /// SCIP.
    Scip,
    /// Gurobi.
    Gurobi,
    /// Exhaustive replay, without a solver. For poisoned training.
    Exhaustive,
    /// Our own branching on bounds, without a solver. For verification.
    Branch,
}

impl SolverChoice {
    /// As specifications and the command line have it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            SolverChoice::Auto => "auto",
            SolverChoice::Embedded => "embedded",
            SolverChoice::Highs => "highs",
            SolverChoice::Scip => "scip",
            SolverChoice::Gurobi => "gurobi",
            SolverChoice::Exhaustive => "exhaustive",
            SolverChoice::Branch => "branch",
        }
    }
}
