//! Who solves.

use super::super::exhaust::{few, suits};
use super::super::{Job, PipelineError};
use super::SolveChoice;
use crate::front::spec::SolverChoice;
use crate::ir::{Curvature, Model, class};
use crate::solve::discover::{embedded_solver, find};
use crate::solve::{FoundSolver, SolverKind, discover};

/// Who looks for the answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// Exhaustive replay.
    Enumerate,
    /// A solver.
    Solver(FoundSolver),
}

/// Chooses by the class of the program and by what is found on this machine.
///
/// Left to itself: exhaustive replay where the question has the shape that it prunes well
/// (discrete changes, a linear score) or has few attacks; else HiGHS or the embedded solver for linear programs, and
/// SCIP or Gurobi for quadratic ones.
///
/// # Errors
/// [`PipelineError::NoSolver`] with what to install.
pub fn choose(job: &Job, choice: &SolveChoice) -> Result<Plan, PipelineError> {
    match named(choice.solver)? {
        Some(plan) => Ok(plan),
        None => automatic(job),
    }
}

/// The solver that was asked for by name, if one was. It needs no program yet.
///
/// # Errors
/// [`PipelineError::NoSolver`] with what to install.
pub fn named(choice: SolverChoice) -> Result<Option<Plan>, PipelineError> {
    let wanted = match choice {
        SolverChoice::Exhaustive => return Ok(Some(Plan::Enumerate)),
        SolverChoice::Auto => return Ok(None),
        // Questions of verification look at this choice before they ask for a solver.
        SolverChoice::Branch => {
            return Err(PipelineError::NoSolver(
                "branching on bounds answers questions of verification, and this one is of \
                 poisoned training; take another solver"
                    .to_owned(),
            ));
        }
        SolverChoice::Embedded => return Ok(Some(Plan::Solver(embedded_solver()))),
        SolverChoice::Highs => SolverKind::Highs,
        SolverChoice::Scip => SolverKind::Scip,
        SolverChoice::Gurobi => SolverKind::Gurobi,
    };
    find(wanted).map(|s| Some(Plan::Solver(s))).ok_or_else(|| {
        PipelineError::NoSolver(format!(
            "{wanted} was not found on this machine; `theriac solvers install {}` installs it, or \
             carry the instance directory to a machine that has it",
            wanted.word()
        ))
    })
}

fn automatic(job: &Job) -> Result<Plan, PipelineError> {
    if suits(&job.spec.question) || few(&job.spec.question) {
        return Ok(Plan::Enumerate);
    }
    solvers_for(&job.program.model).map(|mut all| Plan::Solver(all.swap_remove(0)))
}

/// The solvers on this machine that take a program, the one that suits it best first; at least one.
///
/// # Errors
/// [`PipelineError::NoSolver`] with what to install.
pub fn solvers_for(model: &Model) -> Result<Vec<FoundSolver>, PipelineError> {
    let class = class(model);
    let linear =
        !class.smooth && class.rows == Curvature::Linear && class.objective == Curvature::Linear;
    let order: &[SolverKind] = if linear {
        &[SolverKind::Highs, SolverKind::Gurobi, SolverKind::Scip, SolverKind::Embedded]
    } else {
        &[SolverKind::Scip, SolverKind::Gurobi]
    };
    let found = discover();
    let fit = order.iter().filter_map(|k| found.iter().find(|f| f.kind == *k).cloned());
    let fit: Vec<FoundSolver> = fit.collect();
    if fit.is_empty() {
        return Err(PipelineError::NoSolver(format!(
            "the program is a {class}, which no solver found on this machine takes; `theriac \
             solvers install scip` installs one that does, or carry the instance directory to a \
             machine that has one"
        )));
    }
    Ok(fit)
}
