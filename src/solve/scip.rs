//! Drives SCIP's shell: the `scip` program, or the shell inside the library of a Python wheel.
//!
//! LP and MPS files go through shell commands; an NL file through the shell's AMPL mode, which
//! answers by position as the NL format wants. Settings lie in `scip.set`, which both modes read.
//! An interrupted SCIP goes on with its next command, which writes the best point.

use std::fmt::Write as _;

use super::external::Call;
use super::{How, Limits, SolveError, SolveReport};
use crate::sol::log::LogKind;

/// Calls the shell inside a SCIP library; see the file.
const RUNNER: &str = include_str!("runners/scip.py");

pub(super) fn run(mut call: Call<'_, '_>) -> Result<SolveReport, SolveError> {
    let (kind, limits) = (call.solver.kind, &call.request.limits);
    let work = call.workspace()?;
    work.write("scip.set", &settings(limits))?;
    let (mut args, out) = if work.model.ends_with(".nl") {
        (vec![work.model.clone(), "-AMPL".to_owned()], "model.sol")
    } else {
        // The heuristics of SCIP 10.0 (PySCIPOpt 6.3) for nonlinear programs abort on some large ones
        // (free(): invalid pointer), and a bound needs none.
        let quiet = if limits.bound_alone { "set heuristics emphasis off " } else { "" };
        let mut commands = format!("{quiet}read {} ", work.model);
        if let Some(start) = &work.start {
            let _ = write!(commands, "read {start} ");
        }
        commands.push_str("optimize write solution out.sol quit");
        (vec!["-c".to_owned(), commands], "out.sol")
    };
    let program = match &call.solver.how {
        How::Program { path, .. } => path.clone(),
        How::Library { python, library } => {
            let runner = ["-c".to_owned(), RUNNER.to_owned(), library.display().to_string()];
            args.splice(0..0, runner);
            python.clone()
        }
        How::Embedded | How::Linked { .. } | How::Package { .. } => {
            return Err(call.cannot("scip", "neither a program nor a library"));
        }
    };
    let run = call.follow(&work, LogKind::Scip, (program, args, Vec::new()))?;
    let mut file = run.solution(kind, &work.file(out))?;
    if let Some(solution) = &mut file {
        // An AMPL answer has no objective value of its own; the log has it.
        if solution.has_point() {
            solution.objective = solution.objective.or(run.summary.primal);
        }
    }
    Ok(run.report(call.solver, file, Vec::new()))
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
