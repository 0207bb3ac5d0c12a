//! Drives SCIP's shell: the `scip` program, or the shell inside the library of a Python wheel.
//!
//! LP and MPS files go through shell commands; an NL file through the shell's AMPL mode, which
//! answers by position as the NL format wants. Settings lie in `scip.set`, which both modes read.
//! An interrupted SCIP goes on with its next command, which writes the best point.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use super::external::{Workspace, follow};
use super::process::Job;
use super::{FoundSolver, How, Limits, Progress, SolveError, SolveReport, SolveRequest};
use crate::sol::log::LogKind;

/// Calls the shell inside a SCIP library; see the file.
const RUNNER: &str = include_str!("runners/scip.py");

pub(super) fn run(
    solver: &FoundSolver,
    request: &SolveRequest<'_>,
    progress: &mut dyn FnMut(Progress),
    cancel: &AtomicBool,
) -> Result<SolveReport, SolveError> {
    let kind = solver.kind;
    let work = Workspace::new(kind, request)?;
    work.write("scip.set", &settings(&request.limits))?;
    let (mut args, out) = if work.model.ends_with(".nl") {
        (vec![work.model.clone(), "-AMPL".to_owned()], "model.sol")
    } else {
        let mut commands = format!("read {} ", work.model);
        if let Some(start) = &work.start {
            let _ = write!(commands, "read {start} ");
        }
        commands.push_str("optimize write solution out.sol quit");
        (vec!["-c".to_owned(), commands], "out.sol")
    };
    let program = match &solver.how {
        How::Program { path, .. } => path.clone(),
        How::Library { python, library } => {
            let runner = ["-c".to_owned(), RUNNER.to_owned(), library.display().to_string()];
            args.splice(0..0, runner);
            python.clone()
        }
        How::Embedded | How::Linked { .. } | How::Package { .. } => {
            return Err(SolveError::Start {
                solver: kind,
                program: "scip".to_owned(),
                message: "neither a program nor a library".to_owned(),
            });
        }
    };
    let job = Job { program, args, env: Vec::new(), dir: work.path().to_owned() };
    let run = follow(solver, &job, LogKind::Scip, &request.limits, progress, cancel)?;
    run.check(kind)?;
    let mut file = run.solution(kind, &work.file(out))?;
    if let Some(solution) = &mut file {
        // An AMPL answer has no objective value of its own; the log has it.
        if solution.has_point() {
            solution.objective = solution.objective.or(run.summary.primal);
        }
    }
    Ok(run.report(solver, file, Vec::new()))
}

fn settings(limits: &Limits) -> String {
    let mut text = String::new();
    let mut set = |name: &str, value: String| {
        let _ = writeln!(text, "{name} = {value}");
    };
    // Wall-clock time, and no random shift.
    set("timing/clocktype", "2".to_owned());
    set("randomization/randomseedshift", "0".to_owned());
    set("limits/gap", limits.relative_gap.to_string());
    set("limits/absgap", limits.absolute_gap.to_string());
    if let Some(seconds) = limits.seconds {
        set("limits/time", seconds.to_string());
    }
    if let Some(tolerance) = limits.feasibility {
        set("numerics/feastol", tolerance.to_string());
    }
    text
}
