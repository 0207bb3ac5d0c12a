//! Drives Gurobi: `gurobi_cl`, or a small script around the `gurobipy` package.
//!
//! Both end gracefully when interrupted and write a JSON file with status, bound and nonzeros.
//! Where there is no point they write none, and the log has the status.

use super::external::Call;
use super::{How, Limits, SolveError, SolveReport};
use crate::sol::log::LogKind;

/// Reads, solves and writes with `gurobipy`; see the file.
const RUNNER: &str = include_str!("runners/gurobi.py");

const SOLUTION: &str = "solution.json";

pub(super) fn run(mut call: Call<'_, '_>) -> Result<SolveReport, SolveError> {
    let (kind, limits) = (call.solver.kind, &call.request.limits);
    let work = call.workspace()?;
    let mut args = parameters(limits);
    let program = match &call.solver.how {
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
            return Err(call.cannot("gurobi", "neither a program nor a Python package"));
        }
    };
    let run = call.follow(&work, LogKind::Gurobi, (program, args, Vec::new()))?;
    let file = run.solution(kind, &work.file(SOLUTION))?;
    Ok(run.report(call.solver, file, Vec::new()))
}

/// `Name=value`, as the command line takes them and the script splits them.
fn parameters(limits: &Limits) -> Vec<String> {
    let mut list = vec![
        format!("MIPGap={}", limits.relative_gap),
        format!("MIPGapAbs={}", limits.absolute_gap),
        "Seed=0".to_owned(),
        "NonConvex=2".to_owned(),
    ];
    if limits.bound_alone {
        list.extend(["MIPFocus=3".to_owned(), "Heuristics=0".to_owned()]);
    }
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
