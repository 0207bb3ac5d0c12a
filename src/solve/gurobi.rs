//! Drives Gurobi: `gurobi_cl`, or a small script around the `gurobipy` package.
//!
//! Both end gracefully when interrupted and write a JSON file with status, bound and nonzeros.
//! Where there is no point they write none, and the log has the status.

use std::sync::atomic::AtomicBool;

use super::external::{Workspace, follow};
use super::process::Job;
use super::{FoundSolver, How, Limits, Progress, SolveError, SolveReport, SolveRequest};
use crate::sol::log::LogKind;

/// Reads, solves and writes with `gurobipy`; see the file.
const RUNNER: &str = include_str!("runners/gurobi.py");

const SOLUTION: &str = "solution.json";

pub(super) fn run(
    solver: &FoundSolver,
    request: &SolveRequest<'_>,
    progress: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<SolveReport, SolveError> {
    let kind = solver.kind;
    let work = Workspace::new(kind, request)?;
    let mut args = parameters(&request.limits);
    let program = match &solver.how {
        How::Program { path, .. } => {
            args.push(format!("ResultFile={SOLUTION}"));
            if let Some(start) = &work.start {
                args.push(format!("InputFile={start}"));
            }
            args.push(work.model.clone());
            path.clone()
        }
        How::Package { python } => {
            let start = work.start.clone().unwrap_or_default();
            let head = ["-c", RUNNER, &work.model, &start, SOLUTION].map(str::to_owned);
            args.splice(0..0, head);
            python.clone()
        }
        How::Embedded | How::Linked { .. } | How::Library { .. } => {
            return Err(SolveError::Start {
                solver: kind,
                program: "gurobi".to_owned(),
                message: "neither a program nor a Python package".to_owned(),
            });
        }
    };
    let job = Job { program, args, env: Vec::new(), dir: work.path().to_owned() };
    let run = follow(solver, &job, LogKind::Gurobi, &request.limits, progress, cancel)?;
    run.check(kind)?;
    let file = run.solution(kind, &work.file(SOLUTION))?;
    Ok(run.report(solver, file, Vec::new()))
}

/// `Name=value`, as the command line takes them and the script splits them.
fn parameters(limits: &Limits) -> Vec<String> {
    let mut list = vec![
        format!("MIPGap={}", limits.relative_gap),
        format!("MIPGapAbs={}", limits.absolute_gap),
        "Seed=0".to_owned(),
        "NonConvex=2".to_owned(),
    ];
    if let Some(seconds) = limits.seconds {
        list.push(format!("TimeLimit={seconds}"));
    }
    if let Some(threads) = limits.threads {
        list.push(format!("Threads={threads}"));
    }
    if let Some(tolerance) = limits.feasibility {
        list.push(format!("FeasibilityTol={tolerance}"));
        list.push(format!("IntFeasTol={tolerance}"));
    }
    list
}
